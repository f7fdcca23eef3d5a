"""One answer to how an obligation stands, to the second of the edge in Shanghai."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.calendar import SHANGHAI
from anwang.domain.duties.status import (
    TRANSITIONS,
    Light,
    ObligationView,
    Status,
    due_soon,
    label,
    light,
    may_become,
    overdue,
    status,
    status_on,
)

FEW = settings(max_examples=40, deadline=None)

VIEW = ObligationView(date(2026, 11, 16), date(2026, 11, 30), date(2026, 12, 4))


@pytest.mark.parametrize(
    ("now", "state", "late"),
    [
        (datetime(2026, 11, 15, 23, 59, 59, tzinfo=SHANGHAI), Status.UPCOMING, False),
        (datetime(2026, 11, 16, 0, 0, 0, tzinfo=SHANGHAI), Status.OPEN, False),
        (datetime(2026, 11, 30, 23, 59, 59, tzinfo=SHANGHAI), Status.OPEN, False),
        (datetime(2026, 12, 1, 0, 0, 0, tzinfo=SHANGHAI), Status.OPEN, True),
        (datetime(2026, 12, 3, 23, 59, 59, tzinfo=SHANGHAI), Status.OPEN, True),
        (datetime(2026, 12, 4, 0, 0, 0, tzinfo=SHANGHAI), Status.MISSED, True),
    ],
)
def test_the_states_change_at_midnight_in_shanghai(now: datetime, state: Status, late: bool) -> None:
    assert status(VIEW, now) is status(VIEW, now.astimezone(UTC)) is state
    assert overdue(state, VIEW.due, now.date()) is late


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"fulfilled": True}, Status.DONE),
        ({"fulfilled": True, "late": True}, Status.DONE_LATE),
        ({"waived": True}, Status.WAIVED),
        ({"transferred": True}, Status.TRANSFERRED),
        ({"transferred": True, "fulfilled": True}, Status.TRANSFERRED),
    ],
)
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 11, 20), date(2027, 1, 1)])
def test_what_happened_outweighs_the_calendar(facts: dict[str, bool], state: Status, day: date) -> None:
    view = ObligationView(VIEW.start, VIEW.due, VIEW.miss, **facts)
    assert status(view, datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)) is state


@pytest.mark.parametrize(
    ("state", "day", "colour", "words"),
    [
        (Status.DONE, 20, Light.GREEN, "已完成"),
        (Status.DONE_LATE, 20, Light.YELLOW, "逾期完成"),
        (Status.OPEN, 27, Light.GREY, "待完成"),
        (Status.OPEN, 28, Light.YELLOW, "即将到期"),
        (Status.OPEN, 30, Light.YELLOW, "即将到期"),
        (Status.OPEN, 31, Light.RED, "已逾期"),
        (Status.MISSED, 40, Light.RED, "未完成"),
        (Status.UPCOMING, 1, Light.GREY, "未开始"),
        (Status.WAIVED, 40, Light.GREY, "已免除"),
        (Status.TRANSFERRED, 40, Light.GREY, "已移交"),
    ],
)
def test_each_state_has_its_light_and_its_words(state: Status, day: int, colour: Light, words: str) -> None:
    today = date(2026, 11, 1) + timedelta(days=day - 1)
    assert light(state, VIEW.due, today, 3) is colour
    assert label(state, VIEW.due, today, 3) == words


@FEW
@given(st.dates(date(2026, 10, 1), date(2027, 1, 1)), st.integers(0, 20))
def test_an_open_duty_is_never_due_soon_and_overdue_at_once(day: date, soon: int) -> None:
    state = status_on(day, VIEW.start, VIEW.miss, False, False, False)
    assert not (due_soon(state, VIEW.due, day, soon) and overdue(state, VIEW.due, day))


def test_from_day_to_day_time_alone_moves_only_along_the_transitions() -> None:
    days = [date(2026, 11, 1) + timedelta(days=n) for n in range(60)]
    states = [status_on(day, VIEW.start, VIEW.miss, False, False, False) for day in days]
    assert all(after is before or after in TRANSITIONS[before] for before, after in pairwise(states))
    assert list(dict.fromkeys(states)) == [Status.UPCOMING, Status.OPEN, Status.MISSED]


def test_a_waived_duty_cannot_be_done_and_the_refusal_says_so() -> None:
    assert may_become(Status.OPEN, Status.DONE)
    assert str(may_become(Status.WAIVED, Status.DONE).reasons[0]) == "这项职责现在是“已免除”，不能改为“已完成”"


def test_what_is_handed_over_or_done_is_never_missed_or_waived_afterwards() -> None:
    assert not TRANSITIONS[Status.TRANSFERRED]
    for state, to in product((Status.DONE, Status.DONE_LATE), (Status.WAIVED, Status.TRANSFERRED)):
        assert not may_become(state, to)


def test_every_state_can_be_left_or_is_final_by_intent_and_all_can_be_reached() -> None:
    reached = set().union(*TRANSITIONS.values())
    assert set(TRANSITIONS) == set(Status) == reached
