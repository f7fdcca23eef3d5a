"""Each level keeps its share and no more; whoever does the work in the end has the rest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.base import Level
from anwang.domain.calendar import Workdays
from anwang.domain.ladder.rules import BudgetRule
from anwang.domain.tasks.budget import Hop, earliest_due, kept_over, may_give, offered_due

MONDAY = date(2026, 11, 2)
RULE = BudgetRule("附件4.8", {Level.CITY: 20, Level.COUNTY: 25, Level.TOWNSHIP: 30, Level.VILLAGE: 100}, 3, MONDAY)
LINE = (Level.CITY, Level.COUNTY, Level.TOWNSHIP)
DAYS = st.integers(0, 400)


def day(number):
    return MONDAY + timedelta(days=number)


def hop(days, level=Level.CITY, arrived=MONDAY):
    return Hop(arrived, arrived + timedelta(days=days), RULE.may_keep(level, days))


def test_a_city_with_twenty_days_keeps_four():
    assert hop(20).keep == 4
    assert hop(20).keep_until == day(4)


def test_what_is_not_used_before_handing_down_may_be_used_for_gathering():
    assert earliest_due(hop(20), day(0)) == day(16)
    assert earliest_due(hop(20), day(3)) == day(19)


def test_whoever_handed_down_too_late_gives_all_that_is_left():
    assert earliest_due(hop(20), day(7)) == day(20)
    assert kept_over(hop(20), day(7)) == 3


def test_handing_down_inside_the_share_is_not_marked():
    assert kept_over(hop(20), day(4)) == 0


def test_the_deadline_offered_is_a_workday_where_there_is_one():
    assert offered_due(hop(15), MONDAY, Workdays()) == day(14)  # 3 days kept: Saturday the 14th becomes Monday
    assert offered_due(Hop(MONDAY, day(6), 1), MONDAY, Workdays()) == day(5)  # Saturday, and only Sunday after it


def test_the_national_day_week_is_no_deadline():
    given_ = Hop(date(2025, 9, 25), date(2025, 10, 12), 8)
    assert offered_due(given_, date(2025, 9, 25), packaged_workdays()) == date(2025, 10, 9)


@pytest.mark.parametrize(
    ("handed", "due", "code"), [(0, 21, "due_beyond"), (0, 15, "due_keeps_too_much"), (21, 20, "handing_overdue")]
)
def test_a_deadline_outside_the_share_is_refused(handed, due, code):
    assert may_give(hop(20), day(handed), day(due)).reasons[0].code == code


def test_any_day_between_the_share_and_the_own_deadline_may_be_given():
    assert all(may_give(hop(20), MONDAY, day(due)) for due in range(16, 21))


@given(DAYS, st.lists(st.floats(0, 1), min_size=3, max_size=3), st.booleans())
def test_nobodys_deadline_lies_after_the_one_above_and_the_lowest_has_its_share(days, waits, use_workdays):
    table = Workdays() if use_workdays else Workdays(frozenset({2026, 2027, 2028}), extra=frozenset())
    arrived, due, kept = MONDAY, day(days), 0
    for level, wait in zip(LINE, waits, strict=True):
        own = hop((due - arrived).days, level, arrived)
        handed = arrived + timedelta(days=int(wait * own.keep))
        given_due = offered_due(own, handed, table)
        assert may_give(own, handed, given_due)
        assert handed <= given_due <= due
        assert kept_over(own, handed) == 0
        kept += own.keep
        arrived, due = handed, given_due
    assert (due - arrived).days >= days - kept
    assert days - kept >= int(days * 0.8 * 0.75 * 0.7) - 3  # at least one day may be kept where there is more than one


@given(DAYS, DAYS)
def test_a_level_never_takes_more_than_its_share_out_of_the_time_below(days, handed):
    own = hop(days)
    when = day(min(handed, days))
    left_for_others = (earliest_due(own, when) - when).days
    assert left_for_others >= days - max(own.keep, own.used(when))
    assert kept_over(own, when) == max(0, own.used(when) - own.keep)


@given(DAYS)
def test_the_village_that_does_the_work_may_use_all_its_time(days):
    assert hop(days, Level.VILLAGE).keep == days
