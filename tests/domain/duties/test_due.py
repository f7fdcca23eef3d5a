"""The three days of an obligation, and the newcomer's grace."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.duties.due import Deadlines, deadlines, period_kind
from anwang.domain.duties.rules import Cadence
from tests.domain.duties.samples import CALL

FEW = settings(max_examples=40, deadline=None)

NOVEMBER_B = Period.parse("2026-11B")


def test_a_duty_is_due_on_the_last_day_of_its_period_and_missed_after_the_window() -> None:
    assert deadlines(CALL, NOVEMBER_B) == Deadlines(date(2026, 11, 16), date(2026, 11, 30), date(2026, 12, 4))


def test_without_a_window_it_is_missed_the_day_after() -> None:
    assert deadlines(replace(CALL, late_window_days=0), NOVEMBER_B).miss == date(2026, 12, 1)


def test_a_deadline_on_a_sunday_stays_there() -> None:
    assert deadlines(CALL, Period.parse("2026-11A")).due == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("assigned_on", "start", "due", "grace"),
    [
        (date(2025, 1, 1), date(2026, 11, 16), date(2026, 11, 30), False),
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 30), False),
        (date(2026, 11, 26), date(2026, 11, 26), date(2026, 11, 30), False),
        (date(2026, 11, 27), date(2026, 11, 27), date(2026, 12, 1), True),
        (date(2026, 11, 30), date(2026, 11, 30), date(2026, 12, 4), True),
    ],
)
def test_a_newcomer_has_at_least_the_days_of_grace(assigned_on: date, start: date, due: date, grace: bool) -> None:
    found = deadlines(CALL, NOVEMBER_B, assigned_on)
    assert (found.start, found.due, found.grace) == (start, due, grace)


def test_without_grace_a_newcomer_has_what_is_left() -> None:
    assert deadlines(replace(CALL, grace_days=0), NOVEMBER_B, date(2026, 11, 30)).due == date(2026, 11, 30)


@FEW
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 40), st.integers(0, 400))
def test_nobody_has_less_than_the_period_leaves_or_less_than_the_grace(day: date, grace: int, back: int) -> None:
    rule = replace(CALL, grace_days=grace)
    period = Period.containing(PeriodKind.HALF_MONTH, day)
    found = deadlines(rule, period, day)
    assert found.start == day
    assert found.due >= period.last
    assert (found.due - found.start).days + 1 >= grace
    assert found.miss > found.due


def test_every_cadence_but_on_demand_has_its_kind_of_period() -> None:
    kinds = {cadence: period_kind(replace(CALL, cadence=cadence)) for cadence in Cadence}
    assert kinds.pop(Cadence.ON_DEMAND) is None
    assert set(kinds.values()) == set(PeriodKind)
