"""How a question may move, and by when it is answered (附件4.1)."""

from datetime import date

import pytest

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.advice import notice
from anwang.domain.advice.question import OPEN, TRANSITIONS, State, days_left, due_on, may_move, overdue

NEXT = packaged_workdays().next_workday


def test_three_workdays_after_a_friday_end_on_wednesday():
    assert due_on(date(2026, 11, 20), 3, NEXT) == date(2026, 11, 25)


def test_the_national_holiday_does_not_count():
    assert due_on(date(2025, 9, 30), 1, NEXT) == date(2025, 10, 9)


def test_the_last_day_itself_is_not_overdue():
    assert not overdue(State.WAITING, date(2026, 11, 24), date(2026, 11, 24))
    assert overdue(State.WAITING, date(2026, 11, 23), date(2026, 11, 24))


def test_a_reopened_question_is_overdue_by_its_first_date():
    assert overdue(State.REOPENED, date(2026, 11, 23), date(2026, 11, 24))


@pytest.mark.parametrize("state", [State.ANSWERED, State.TOLD, State.WITHDRAWN])
def test_what_is_answered_or_withdrawn_is_never_overdue(state):
    assert not overdue(state, date(2020, 1, 1), date(2026, 11, 24))


def test_no_way_leads_back_to_waiting():
    assert State.WAITING not in set().union(*TRANSITIONS.values())


def test_only_what_waits_can_be_withdrawn():
    assert [state for state in State if may_move(state, State.WITHDRAWN)] == [State.WAITING]


def test_a_refused_move_names_the_state():
    decision = may_move(State.WITHDRAWN, State.TOLD)
    assert decision.reasons[0].code == "question_state"
    assert "已撤回" in str(decision.reasons[0])


def test_every_open_state_can_be_answered():
    assert all({State.ANSWERED, State.TOLD} <= TRANSITIONS[state] for state in OPEN)


def test_days_left_are_negative_when_the_day_is_over():
    assert days_left(date(2026, 11, 20), date(2026, 11, 24)) == -4


def test_a_notice_is_issued_once_and_recalled_once():
    states = notice.NoticeState
    assert notice.may_become(states.DRAFT, states.ISSUED)
    assert not notice.may_become(states.ISSUED, states.ISSUED)
    assert not notice.may_become(states.RECALLED, states.ISSUED)
