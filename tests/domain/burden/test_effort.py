"""Minutes are reckoned from the forms: a small case by hand, and what may not matter."""

from datetime import date

import pytest

from anwang.domain.base import Interval
from anwang.domain.burden.effort import Ask, Duty, EffortRules, Kind, changed, estimate, minutes_a_week

SECONDS = {Kind.OPENING: 20, Kind.YES_NO: 3, Kind.CHOICE: 4, Kind.DATE: 5, Kind.COUNT: 6, Kind.TEXT: 20,
           Kind.LONG_TEXT: 45}  # fmt: skip
RULES = EffortRules("三.3", SECONDS, {}, 6, {Kind.LONG_TEXT: 1}, Interval(date(2020, 3, 5)))
CALL = Duty("N7.2", 24, True, (Ask("reached", Kind.YES_NO), Ask("with_whom", Kind.CHOICE)))
MEETING = Duty("N7.3", 4, False, (Ask("topic", Kind.TEXT), Ask("present", Kind.YES_NO)))
TALK = Duty("N7.4", 4, False, (Ask("held", Kind.YES_NO), Ask("present", Kind.YES_NO)))
DRILL = Duty("N7.7", 1, False, (Ask("scenario", Kind.TEXT),))


def test_a_call_takes_its_opening_and_its_two_answers():
    found = estimate([CALL], RULES)
    assert (found.records, found.seconds) == (24, 24 * (20 + 3 + 4))


def test_what_may_share_a_record_shares_one_and_is_asked_once():
    found = estimate([MEETING, TALK], RULES)
    assert found.records == 4
    assert found.seconds == 4 * (20 + 20 + 3 + 3)
    assert found.by_duty == {"N7.3": 4 * (10 + 23), "N7.4": 4 * (10 + 3)}


def test_the_rare_one_falls_on_one_of_the_records_of_the_frequent():
    found = estimate([MEETING, DRILL], RULES)
    assert found.records == 4
    assert found.seconds == 4 * (20 + 23) + 20


def test_minutes_a_week_grow_with_enterprises_and_tasks_and_nothing_else():
    one = estimate([CALL], RULES)
    assert minutes_a_week(one, 0, 0) == 0
    assert minutes_a_week(one, 2, 0) == pytest.approx(2 * minutes_a_week(one, 1, 0))
    assert minutes_a_week(one, 0, 1) == pytest.approx((20 + 45) / 60 / (365 / 7))


def test_what_came_and_went_between_versions_is_named():
    longer = Duty("N7.3", 4, False, (*MEETING.asks, Ask("minutes", Kind.LONG_TEXT)))
    found = changed([MEETING, DRILL], [longer])
    assert (found.added, found.dropped) == ((("N7.3", "minutes"),), (("N7.7", "scenario"),))
