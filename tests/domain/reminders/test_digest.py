"""Each duty is mentioned once when it is near and once when it is overdue, however the scheduler ran."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.calendar import SHANGHAI, PeriodKind, Workdays
from anwang.domain.reminders.digest import Stage, Window, is_digest_time, next_digest, soon_day, stage_to_mention
from anwang.domain.reminders.rules import QuietRule, ReminderRule, SendingRule

DAYS = packaged_workdays()
RULE = ReminderRule(
    clause="三.3",
    digest_at=time(8),
    lead_days={PeriodKind.HALF_MONTH: 3, PeriodKind.QUARTER: 15},
    task_days=3,
    most_lines=20,
    immediate=(),
    quiet=QuietRule(time(20), time(8), True),
    sending=SendingRule(10, 600, 8, 2, 240, 180),
    valid_from=date(2020, 3, 5),
)


def at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def test_a_near_deadline_is_told_on_the_workday_before_when_its_day_is_off() -> None:
    # 2026-10-07 is a holiday, as all days since the first; the deadline itself stays.
    assert soon_day(RULE, PeriodKind.HALF_MONTH, date(2026, 9, 25), date(2026, 10, 10), DAYS) == date(2026, 9, 30)


def test_what_is_no_longer_than_its_lead_is_not_announced() -> None:
    assert soon_day(RULE, PeriodKind.QUARTER, date(2026, 12, 20), date(2026, 12, 31), DAYS) is None
    assert soon_day(RULE, PeriodKind.YEAR, date(2026, 1, 1), date(2026, 12, 31), DAYS) is None


def test_nothing_is_announced_before_it_begins() -> None:
    start = date(2026, 10, 5)
    assert soon_day(RULE, PeriodKind.HALF_MONTH, start, date(2026, 10, 9), DAYS) == start


def test_a_digest_is_owed_on_workdays_from_its_hour_on_and_once() -> None:
    tuesday = date(2026, 11, 24)
    assert not is_digest_time(RULE, at(tuesday, 7), None, DAYS)
    assert is_digest_time(RULE, at(tuesday, 8), None, DAYS)
    assert is_digest_time(RULE, at(tuesday, 15), at(date(2026, 11, 23)), DAYS)
    assert not is_digest_time(RULE, at(tuesday, 15), at(tuesday), DAYS)
    assert not is_digest_time(RULE, at(date(2026, 11, 28), 9), None, DAYS)
    assert is_digest_time(RULE, at(date(2026, 10, 10), 9), None, DAYS)  # a Saturday that is worked


def test_in_an_unknown_year_the_digest_comes_on_monday_to_friday() -> None:
    assert is_digest_time(RULE, at(date(2031, 10, 1), 9), None, Workdays())
    assert not is_digest_time(RULE, at(date(2031, 10, 4), 9), None, Workdays())


def test_the_next_digest_is_this_mornings_while_it_has_not_gone() -> None:
    friday = date(2026, 11, 27)
    assert next_digest(RULE, at(friday, 6), None, DAYS) == at(friday)
    assert next_digest(RULE, at(friday, 9), at(friday), DAYS) == at(date(2026, 11, 30))
    assert next_digest(RULE, at(date(2026, 11, 28), 9), None, DAYS) == at(date(2026, 11, 30))


def test_a_duty_handed_over_late_is_told_to_its_new_person() -> None:
    due, near = date(2026, 11, 30), date(2026, 11, 27)
    window = Window(at(date(2026, 11, 27)), at(date(2026, 11, 30)))
    assert stage_to_mention(due, near, at(date(2026, 11, 1)), window) is None
    assert stage_to_mention(due, near, at(date(2026, 11, 28)), window) is Stage.SOON


START, DUE = date(2026, 11, 16), date(2026, 11, 30)


@pytest.mark.slow
@given(st.sets(st.integers(1, 24 * 40), max_size=40), st.integers(0, 24 * 30))
def test_each_stage_is_mentioned_at_most_once_and_overdue_always(hours: set[int], known: int) -> None:
    known_at = at(START, 0) + timedelta(hours=known)
    near = soon_day(RULE, PeriodKind.HALF_MONTH, START, DUE, DAYS)
    said, since = [], None
    for hour in sorted(hours | {24 * 45}):
        now = at(START, 0) + timedelta(hours=hour)
        if now < known_at:
            since = now
            continue
        said.append(stage_to_mention(DUE, near, known_at, Window(since, now)))
        since = now
    assert said.count(Stage.OVERDUE) == 1
    assert said.count(Stage.SOON) <= 1
    assert Stage.SOON not in said[said.index(Stage.OVERDUE) :]
