"""Periods: every day in exactly one of each kind, keys that come back, words that read."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.calendar import Period, PeriodKind, day_begins, local_day, periods_between

FEW = settings(max_examples=40, deadline=None)

KINDS = st.sampled_from(PeriodKind)
DAYS = st.dates(date(1900, 1, 1), date(9000, 12, 31))
PERIODS = st.builds(Period.containing, KINDS, DAYS)


@pytest.mark.parametrize(
    ("key", "first", "last", "label", "long_label"),
    [
        ("2026-11A", date(2026, 11, 1), date(2026, 11, 15), "11月上半月", "2026年11月上半月"),
        ("2026-11B", date(2026, 11, 16), date(2026, 11, 30), "11月下半月", "2026年11月下半月"),
        ("2026-12B", date(2026, 12, 16), date(2026, 12, 31), "12月下半月", "2026年12月下半月"),
        ("2026-02B", date(2026, 2, 16), date(2026, 2, 28), "2月下半月", "2026年2月下半月"),
        ("2028-02B", date(2028, 2, 16), date(2028, 2, 29), "2月下半月", "2028年2月下半月"),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "11月", "2026年11月"),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "第一季度", "2026年第一季度"),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "第四季度", "2026年第四季度"),
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30), "上半年", "2026年上半年"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "下半年", "2026年下半年"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年", "2026年"),
    ],
)
def test_a_key_names_its_days_and_its_words(key: str, first: date, last: date, label: str, long_label: str) -> None:
    period = Period.parse(key)
    assert (period.first, period.last, period.end) == (first, last, last + timedelta(days=1))
    assert (period.label, period.long_label, period.key, str(period)) == (label, long_label, key, key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "26-11",
        "2026-13",
        "2026-00A",
        "2026-11C",
        "2026Q5",
        "2026Q0",
        "2026H3",
        "2026-1",
        "2026 ",
        "２０２６",
        "0000",
    ],
)
def test_what_is_not_a_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="period"):
        Period.parse(key)


@pytest.mark.parametrize(("kind", "number"), [(PeriodKind.QUARTER, 0), (PeriodKind.QUARTER, 5), (PeriodKind.YEAR, 2)])
def test_a_number_outside_its_year_is_no_period(kind: PeriodKind, number: int) -> None:
    with pytest.raises(ValueError, match="no such period"):
        Period(kind, 2026, number)


@FEW
@given(PERIODS)
def test_parsing_a_key_gives_its_period_back(period: Period) -> None:
    assert Period.parse(period.key) == period


@FEW
@given(KINDS, DAYS)
def test_a_day_lies_in_the_period_that_contains_it_and_not_in_its_neighbours(kind: PeriodKind, day: date) -> None:
    period = Period.containing(kind, day)
    assert day in period
    assert day not in period.next
    assert day not in period.previous


@FEW
@given(st.integers(1900, 9000), KINDS)
def test_the_periods_of_a_kind_make_up_the_year_without_gap_or_overlap(year: int, kind: PeriodKind) -> None:
    parts = Period(PeriodKind.YEAR, year, 1).children(kind)
    assert len(parts) == {"half_month": 24, "month": 12, "quarter": 4, "half_year": 2, "year": 1}[kind]
    assert parts[0].first == date(year, 1, 1)
    assert parts[-1].end == date(year + 1, 1, 1)
    assert all(before.end == after.first for before, after in pairwise(parts))


@FEW
@given(PERIODS, st.integers(-500, 500))
def test_steps_forth_and_back_meet(period: Period, steps: int) -> None:
    assert period.shifted(steps).shifted(-steps) == period
    assert period.next.first == period.end
    assert period.previous.end == period.first


@FEW
@given(PERIODS, KINDS)
def test_children_have_their_parent_and_cover_it(period: Period, kind: PeriodKind) -> None:
    if kind.per_year < period.kind.per_year:
        with pytest.raises(ValueError, match="longer"):
            period.children(kind)
        return
    parts = period.children(kind)
    assert {part.parent(period.kind) for part in parts} == {period}
    assert sum(part.days for part in parts) == period.days


def test_a_half_month_knows_the_longer_periods_that_hold_it() -> None:
    assert [parent.key for parent in Period.parse("2026-11B").parents] == ["2026-11", "2026Q4", "2026H2", "2026"]


def test_a_shorter_kind_holds_no_longer_period() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Period.parse("2026").parent(PeriodKind.MONTH)


@FEW
@given(PERIODS, PERIODS)
def test_periods_sort_by_day_and_the_shorter_one_first(one: Period, other: Period) -> None:
    assert (one < other) == ((one.first, one.last) < (other.first, other.last))
    assert (one <= other) or (other < one)


def test_days_left_count_today_and_end_at_nothing() -> None:
    period = Period.parse("2026-11B")
    assert [period.days_left(date(2026, 11, day)) for day in (1, 16, 24, 30)] == [15, 15, 7, 1]
    assert period.days_left(date(2026, 12, 1)) == 0


def test_periods_between_are_those_that_touch_the_half_open_interval() -> None:
    keys = [p.key for p in periods_between(PeriodKind.HALF_MONTH, date(2026, 2, 15), date(2026, 3, 16))]
    assert keys == ["2026-02A", "2026-02B", "2026-03A"]
    assert not list(periods_between(PeriodKind.YEAR, date(2026, 2, 15), date(2026, 2, 15)))


def test_the_29th_of_february_lies_in_its_half_month() -> None:
    assert Period.containing(PeriodKind.HALF_MONTH, date(2028, 2, 29)).key == "2028-02B"


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 15, 15, 59, 59, 999999, UTC), date(2026, 11, 15)),
        (datetime(2026, 11, 15, 16, 0, 0, 0, UTC), date(2026, 11, 16)),
        (datetime(2026, 12, 31, 16, 0, 0, 0, UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 16, 0, 0, 0, UTC), date(2028, 2, 29)),
    ],
)
def test_a_day_ends_at_midnight_in_shanghai_not_in_utc(utc: datetime, day: date) -> None:
    assert local_day(utc) == day


@FEW
@given(st.dates(date(1992, 1, 1), date(9000, 1, 1)))
def test_a_day_begins_with_its_own_first_instant(day: date) -> None:
    assert local_day(day_begins(day)) == day
    assert local_day(day_begins(day) - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_a_naive_instant_has_no_day() -> None:
    with pytest.raises(ValueError, match="aware"):
        local_day(datetime(2026, 11, 15))  # noqa: DTZ001
