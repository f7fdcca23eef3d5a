"""四.4: where and on which days visits are done remotely."""

from datetime import date, timedelta

import pytest

from anwang.domain.grid.measures import RemoteMeasure, may_cut_short, may_measure, measure_for

LANSHAN, VILLAGE, NEIGHBOUR = 371302000000, 371302101201, 371311001001
FIRST, END = date(2026, 11, 10), date(2026, 11, 24)
HERE = RemoteMeasure(1, LANSHAN, FIRST, END, "疫情防控")
DAY = timedelta(days=1)


@pytest.mark.parametrize(("day", "holds"), [(FIRST - DAY, False), (FIRST, True), (END - DAY, True), (END, False)])
def test_a_measure_holds_from_its_first_day_to_before_its_end(day, holds):
    assert HERE.covers(VILLAGE, day) is holds


@pytest.mark.parametrize(
    ("place", "holds"),
    [(LANSHAN, True), (VILLAGE, True), (371302999999, True), (371303000000, False), (NEIGHBOUR, False),
     (371301999999, False), (371300000000, False)],
)  # fmt: skip
def test_a_measure_holds_in_its_unit_and_below_and_nowhere_else(place, holds):
    assert HERE.covers(place, FIRST) is holds


def test_of_several_measures_the_first_to_begin_is_named():
    later = RemoteMeasure(0, 371302101000, FIRST + DAY, END + DAY, "镇里")
    assert measure_for([later, HERE], VILLAGE, FIRST + DAY) is HERE
    assert measure_for([later, HERE], VILLAGE, END) is later
    assert measure_for([later, HERE], NEIGHBOUR, FIRST) is None


def test_a_measure_cut_short_on_its_first_day_never_held():
    assert not HERE._replace(end=FIRST).covers(VILLAGE, FIRST)


@pytest.mark.parametrize(
    ("first", "end", "code"),
    [
        (END, END, "measure_dates"),
        (END - 15 * DAY, END + DAY, "measure_past"),
        (END - 14 * DAY, END, "measure_past"),
        (END - 14 * DAY, END + DAY, ""),
        (END, END + 92 * DAY, ""),
        (END, END + 93 * DAY, "measure_long"),
    ],
)
def test_a_measure_is_neither_empty_nor_over_nor_too_long(first, end, code):
    decision = may_measure(first, end, today=END, longest=92, entry=14)
    assert (decision.reasons[0].code if decision.reasons else "") == code


@pytest.mark.parametrize(
    ("on", "may"), [(FIRST + DAY, False), (FIRST + 2 * DAY, True), (END - DAY, True), (END, False)]
)
def test_a_measure_ends_early_only_from_today_on(on, may):
    assert bool(may_cut_short(FIRST, END, on, today=FIRST + 2 * DAY)) is may


def test_a_measure_still_to_come_may_be_ended_on_its_first_day():
    assert may_cut_short(FIRST, END, FIRST, today=FIRST - 5 * DAY)
    assert not may_cut_short(FIRST, END, FIRST - DAY, today=FIRST - 5 * DAY)
