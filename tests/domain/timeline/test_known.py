"""Two times: what was true on a day, and what was known of it when the day was over."""

from datetime import UTC, date, datetime

import pytest

from anwang.domain.timeline.handing import may_begin, planned
from anwang.domain.timeline.known import Event, Freed, Met, Span, end_of, holder, seen_on

D = date(2026, 11, 10)


def at(day, hour=4):
    """An instant of November, by default at noon in Shanghai."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_a_day_is_over_at_midnight_in_shanghai():
    assert end_of(D) == datetime(2026, 11, 10, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "then", "now"),
    [
        (Span(date(2026, 11, 1), None, at(1)), True, True),
        (Span(date(2026, 11, 11), None, at(1)), False, False),
        # Recorded only afterwards.
        (Span(date(2026, 11, 1), None, at(12)), False, True),
        # Ended before the day; the end was recorded in time, or only afterwards.
        (Span(date(2026, 11, 1), date(2026, 11, 9), at(1), at(9)), False, False),
        (Span(date(2026, 11, 1), date(2026, 11, 9), at(1), at(12)), True, False),
        # The last day itself is not in it.
        (Span(date(2026, 11, 1), D, at(1), at(2)), False, False),
        (Span(date(2026, 11, 1), date(2026, 11, 11), at(1), at(2)), True, True),
        # When nobody wrote down when the end was recorded, it was on its day.
        (Span(date(2026, 11, 1), date(2026, 11, 9), at(1)), False, False),
    ],
)
def test_what_holds_on_the_day(span, then, now):
    assert (span.holds(D, then=True), span.holds(D, then=False)) == (then, now)


def test_what_was_recorded_afterwards_is_marked():
    assert Span(date(2026, 11, 1), None, at(12)).late(D)
    assert not Span(date(2026, 11, 1), None, at(10)).late(D)
    assert not Span(date(2026, 11, 11), None, at(12)).late(D)


@pytest.mark.parametrize(
    ("met", "then", "now"),
    [
        (Met(D, at(10), None, False, 1), True, True),
        (Met(D, at(12), None, False, 1), False, True),
        (Met(D, at(10), at(12), False, 1), True, False),
        (Met(D, at(9), at(10), False, 1), False, False),
        (Met(date(2026, 11, 11), at(11), None, False, 1), False, False),
    ],
)
def test_whether_a_duty_was_met(met, then, now):
    assert (met.stands(D, then=True), met.stands(D, then=False)) == (then, now)


def test_a_waiver_holds_until_it_is_taken_back():
    assert Freed(at(9), None).stands(D)
    assert Freed(at(9), at(11)).stands(D)
    assert not Freed(at(9), at(10)).stands(D)
    assert not Freed(at(11), None).stands(D)


@pytest.mark.parametrize(("day", "who"), [(8, "甲"), (9, "乙"), (11, "乙"), (12, "丙"), (20, "丙")])
def test_who_answered_is_found_by_walking_the_moves(day, who):
    moves = [(at(12), "乙", "丙"), (at(9), "甲", "乙")]
    assert holder("丙", moves, date(2026, 11, day)) == who


def test_events_are_the_days_own_the_latest_first_and_corrections_do_not_erase():
    early = Event(date(2026, 11, 3), at(3), "contact", "电话", taken_back=at(12), why="记错")
    late = Event(date(2026, 11, 5), at(13), "contact", "补录")
    ahead = Event(date(2026, 11, 11), at(11), "contact", "以后")
    assert seen_on([early, late, ahead], D, then=False) == [late, early]
    assert seen_on([early, late, ahead], D, then=True) == [early]
    assert (early.void(D, then=True), early.void(D, then=False)) == (False, True)
    assert (late.late(D), late.behind) == (True, 8)


@pytest.mark.parametrize(
    ("kind", "on", "until", "code"),
    [
        ("retire", date(2026, 11, 10), None, ""),
        ("retire", date(2026, 10, 31), None, "handover_before"),
        ("retire", date(2027, 2, 9), None, "handover_ahead"),
        ("leave", D, None, "leave_end"),
        ("leave", D, D, "leave_end"),
        ("leave", date(2026, 11, 2), D, "leave_end"),
        ("leave", D, date(2026, 11, 11), ""),
        ("leave", D, date(2027, 11, 12), "leave_long"),
    ],
)
def test_when_a_person_may_be_handed_over(kind, on, until, code):
    decision = may_begin(kind, on, until, date(2026, 11, 1), D)
    assert (decision.reasons[0].code if decision.reasons else "") == code


def test_only_days_to_come_are_planned_and_leaves_are_dated():
    assert planned("retire", date(2026, 11, 11), D)
    assert not planned("retire", D, D)
    assert not planned("leave", date(2026, 11, 20), D)
