"""Workdays: deadlines stay, reminders move to the workday before, unknown years say so."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.calendar import Workdays

FEW = settings(max_examples=40, deadline=None)

TABLE = packaged_workdays()


def test_the_national_day_holiday_is_off_and_its_make_up_saturday_is_worked() -> None:
    assert TABLE.known(2026)
    assert not TABLE.is_workday(date(2026, 10, 1))
    assert TABLE.is_workday(date(2026, 10, 10))
    assert TABLE.previous_workday(date(2026, 10, 7)) == date(2026, 9, 30)
    assert TABLE.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)


def test_a_reminder_of_a_deadline_on_a_sunday_comes_on_friday() -> None:
    assert TABLE.reminder_day(date(2026, 11, 15)) == date(2026, 11, 13)


def test_a_reminder_of_a_deadline_on_a_workday_comes_that_day_or_days_before() -> None:
    assert TABLE.reminder_day(date(2026, 11, 30)) == date(2026, 11, 30)
    assert TABLE.reminder_day(date(2026, 11, 30), days_before=2) == date(2026, 11, 27)


@FEW
@given(st.dates(date(2027, 1, 2), date(9998, 1, 1)))
def test_an_unknown_year_falls_back_to_monday_to_friday_and_says_so(day: date) -> None:
    assert not TABLE.known(day.year)
    assert TABLE.is_workday(day) == (day.weekday() < 5)


@FEW
@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_the_reminder_is_a_workday_not_after_the_deadline_and_none_lies_between(day: date) -> None:
    reminder = TABLE.reminder_day(day)
    assert reminder <= day
    assert TABLE.is_workday(reminder)
    between = [reminder + timedelta(days=n) for n in range(1, (day - reminder).days + 1)]
    assert not any(TABLE.is_workday(each) for each in between)


def test_an_imported_year_is_known_and_replaces_what_was_there() -> None:
    table = TABLE.with_year(2027, off=[date(2027, 1, 1)], extra=[date(2027, 1, 2)])
    assert table.known(2027)
    assert not table.is_workday(date(2027, 1, 1))
    assert table.is_workday(date(2027, 1, 2))
    again = table.with_year(2027, off=[], extra=[])
    assert again.is_workday(date(2027, 1, 1))
    assert not again.is_workday(date(2027, 1, 2))
    assert not again.is_workday(date(2026, 10, 1))


def test_an_imported_year_with_days_of_another_is_refused() -> None:
    with pytest.raises(ValueError, match="another year"):
        Workdays().with_year(2027, off=[date(2026, 1, 1)], extra=[])


def test_a_day_cannot_be_off_and_worked() -> None:
    with pytest.raises(ValueError, match="both"):
        Workdays().with_year(2027, off=[date(2027, 1, 2)], extra=[date(2027, 1, 2)])
