"""What goes with an enterprise when its lead changes, and what stays a matter of the former one."""

from dataclasses import replace
from datetime import date

import pytest

from anwang.domain.duties.handover import Held, Transfer, hand_over
from anwang.domain.duties.status import ObligationView
from tests.domain.duties.samples import CALL

VIEW = ObligationView(date(2026, 11, 16), date(2026, 11, 30), date(2026, 12, 4))
HELD = Held(1, 10, CALL, date(2026, 11, 30), VIEW)


def test_an_open_duty_goes_over_and_keeps_its_deadline() -> None:
    found = hand_over([HELD], leaving=10, taking=20, on=date(2026, 11, 20))
    assert found.transfers == (Transfer(1, 10, 20, VIEW.due, VIEW.miss, False),)
    assert found.stays == found.waiting == ()


def test_an_upcoming_duty_goes_over_too() -> None:
    assert len(hand_over([HELD], 10, 20, date(2026, 11, 10)).transfers) == 1


def test_a_successor_of_the_last_day_gets_the_grace() -> None:
    (found,) = hand_over([HELD], 10, 20, date(2026, 11, 30)).transfers
    assert (found.due, found.miss, found.grace) == (date(2026, 12, 4), date(2026, 12, 8), True)


def test_handing_over_again_after_the_period_moves_the_deadline_no_further() -> None:
    graced = HELD._replace(view=replace(VIEW, due=date(2026, 12, 4), miss=date(2026, 12, 8)))
    (found,) = hand_over([graced], 10, 30, date(2026, 12, 3)).transfers
    assert (found.due, found.miss, found.grace) == (date(2026, 12, 4), date(2026, 12, 8), True)


@pytest.mark.parametrize("facts", [{"fulfilled": True}, {"waived": True}])
def test_what_is_done_or_waived_stays(facts: dict[str, bool]) -> None:
    found = hand_over([HELD._replace(view=replace(VIEW, **facts))], 10, 20, date(2026, 11, 20))
    assert (found.transfers, found.stays) == ((), (1,))


def test_what_was_overdue_on_the_day_of_change_stays_with_the_one_who_let_it_pass() -> None:
    assert hand_over([HELD], 10, 20, date(2026, 12, 1)).stays == (1,)


def test_without_a_successor_open_duties_wait_and_are_named() -> None:
    found = hand_over([HELD], 10, None, date(2026, 11, 20))
    assert (found.transfers, found.waiting) == ((), (1,))


def test_duties_of_other_persons_are_not_touched() -> None:
    found = hand_over([HELD], 11, 20, date(2026, 11, 20))
    assert (found.transfers, found.waiting, found.stays) == ((), (), ())
