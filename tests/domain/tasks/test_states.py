"""Receipts move along the diagram; an end is only ever taken back."""

from datetime import date

import pytest

from anwang.domain.tasks import extension, life
from anwang.domain.tasks.bars import Leg, bars
from anwang.domain.tasks.budget import Hop
from anwang.domain.tasks.states import GONE, IN_HAND, OPEN, TRANSITIONS, State, may_become, sources


def test_every_state_is_reached_and_has_a_word():
    assert set().union(*TRANSITIONS.values()) | {State.ISSUED} == set(State)
    assert all(state.label for state in State)


@pytest.mark.parametrize("state", [State.DONE, State.COVERED, *GONE])
def test_what_has_ended_is_not_worked_on(state):
    assert not any(state in sources(to) for to in State)
    assert may_become(state, State.RECEIVED).reasons[0].code == "task_moved_on"


def test_the_sources_of_a_state_are_those_that_lead_to_it():
    assert set(sources(State.DONE)) == {State.ISSUED, State.RECEIVED, State.WORKING, State.HANDED}
    assert sources(State.REPLACED) == (State.RETURNED,)


def test_a_receipt_in_hand_is_open_and_may_be_done():
    assert set(IN_HAND) < set(OPEN)
    assert all(may_become(state, State.DONE) for state in IN_HAND)


def test_a_returned_receipt_is_not_done_before_it_was_put_right():
    assert not may_become(State.RETURNED, State.DONE)


def test_a_draft_is_issued_before_it_is_finished():
    assert life.Stage.FINISHED not in life.TRANSITIONS[life.Stage.DRAFT]


DUE, TODAY = date(2026, 11, 30), date(2026, 11, 24)


def test_more_time_is_a_later_day():
    assert extension.may_ask(date(2026, 12, 3), DUE, TODAY)
    assert not extension.may_ask(DUE, DUE, TODAY)
    assert not extension.may_ask(date(2026, 12, 3), DUE, date(2026, 12, 4))


def test_more_time_than_ones_own_is_the_issuers_to_grant():
    assert extension.may_grant(DUE, DUE, is_root_owner=False)
    assert extension.may_grant(date(2026, 12, 9), DUE, is_root_owner=False).reasons[0].code == "extension_beyond"
    assert extension.may_grant(date(2026, 12, 9), DUE, is_root_owner=True)


def test_the_bar_shows_who_kept_it_too_long():
    county = Leg("甲", "county", Hop(date(2026, 11, 1), date(2026, 11, 21), 5), date(2026, 11, 11), True)
    village = Leg("乙", "village", Hop(date(2026, 11, 11), date(2026, 11, 21), 10), None, False)
    (first, second), root = bars([county, village], date(2026, 11, 21), date(2026, 11, 16))
    assert (first.start, first.width, first.over_start, first.over_width) == (0, 250, 250, 250)
    assert (second.start, second.width, second.over_width) == (500, 250, 0)
    assert root == 1000
    assert [leg.over(date(2026, 11, 16)) for leg in (county, village)] == [5, 0]


def test_work_beyond_its_deadline_is_marked_too():
    leg = Leg("乙", "village", Hop(date(2026, 11, 1), date(2026, 11, 11), 10), None, False)
    (bar,), root = bars([leg], date(2026, 11, 11), date(2026, 11, 21))
    assert (bar.width, bar.over_width, root) == (500, 500, 500)
