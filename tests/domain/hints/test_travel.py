"""Nobody is in two towns at once; several factories in one minute; nothing follows from what was not said."""

from datetime import datetime, timedelta, timezone

import pytest

from anwang.domain.hints.travel import Leap, Made, Point, apart, batches, kilometres, leaps

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=8)))
LANSHAN, YISHUI = (35.05, 118.35), (35.79, 118.63)


def at(record, minutes, place=LANSHAN, slack=0.5):
    return Point(record, NINE + timedelta(minutes=minutes), *place, slack)


def test_from_lanshan_to_yishui_it_is_as_far_as_on_the_map():
    assert 84 < kilometres(at(1, 0), at(2, 0, YISHUI)) < 88


def test_two_towns_within_ten_minutes_is_not_travelled():
    (found,) = leaps([at(2, 10, YISHUI), at(1, 0)], kmh=120, at_least_km=10)
    assert found == Leap(2, 1, found.km, 10)
    assert 83 < found.km < 87


def test_two_towns_in_a_morning_is():
    assert leaps([at(1, 0), at(2, 50, YISHUI)], kmh=120, at_least_km=10) == []


def test_what_lies_near_is_never_told():
    near = (LANSHAN[0] + 0.08, LANSHAN[1])
    assert leaps([at(1, 0), at(2, 0, near)], kmh=120, at_least_km=10) == []


def test_two_photos_of_one_record_are_one_record():
    assert leaps([at(1, 0), at(1, 1, YISHUI)], kmh=120, at_least_km=10) == []


def test_nothing_said_is_nothing_told():
    assert leaps([], kmh=120, at_least_km=10) == []
    assert leaps([at(1, 0)], kmh=120, at_least_km=10) == []
    assert batches([], least=3, seconds=60) == []


def made(record, seconds, enterprise=None):
    return Made(record, enterprise or record, NINE + timedelta(seconds=seconds))


def test_three_factories_in_one_minute_are_a_batch():
    assert batches([made(1, 0), made(2, 30), made(3, 60)], least=3, seconds=60) == [(1, 2, 3)]


@pytest.mark.parametrize("rows", [[made(1, 0), made(2, 30)], [made(1, 0), made(2, 30), made(3, 61)]])
def test_two_of_them_or_a_second_more_are_none(rows):
    assert batches(rows, least=3, seconds=60) == []


def test_three_records_of_one_factory_are_no_batch():
    assert batches([made(n, n, enterprise=7) for n in range(1, 5)], least=3, seconds=60) == []


def test_a_record_belongs_to_one_batch():
    rows = [made(n, 20 * n) for n in range(1, 9)]
    found = batches(rows, least=3, seconds=60)
    assert found == [(1, 2, 3, 4), (5, 6, 7, 8)]


@pytest.mark.parametrize(
    ("days", "reason", "told"),
    [(11, "", 11), (10, "", None), (40, "山里没有信号", None), (40, "  ", 40), (-3, "", None)],
)
def test_long_on_the_way_without_a_reason_is_told(days, reason, told):
    assert apart(NINE, NINE + timedelta(days=days), days=10, reason=reason) == told
