"""Taking a "done" back: by the doer for a while and until it is accepted, by the sender as long as the task runs."""

from dataclasses import replace
from datetime import date

import pytest

from anwang.domain.tasks.redoing import Standing, may_redo, may_retract, restored
from anwang.domain.tasks.states import OPEN, TRANSITIONS, State, may_become, sources

ENDED = date(2026, 11, 24)
DONE = Standing(State.DONE, ENDED)


def code(decision):
    return decision.reasons[0].code if decision.reasons else ""


@pytest.mark.parametrize(("today", "found"), [(24, ""), (27, ""), (28, "retract_late")])
def test_the_doer_has_three_days(today, found):
    assert code(may_retract(DONE, date(2026, 11, today), 3)) == found


def test_what_was_accepted_only_the_sender_sends_back():
    accepted = replace(DONE, accepted="示例县长")
    assert code(may_retract(accepted, ENDED, 3)) == "task_accepted"
    assert may_redo(replace(DONE, ended=date(2025, 1, 1)))


@pytest.mark.parametrize("rule", [may_redo, lambda standing: may_retract(standing, ENDED, 3)])
def test_nothing_is_taken_back_that_is_not_done_or_has_no_task_left(rule):
    assert code(rule(replace(DONE, state=State.WORKING))) == "task_moved_on"
    assert code(rule(replace(DONE, over=True))) == "task_over"
    assert code(rule(replace(DONE, below=True))) == "done_below"


def test_an_end_is_taken_back_and_never_worked_on():
    assert TRANSITIONS[State.DONE] == {State.WORKING, State.HANDED}
    assert not any(may_become(State.DONE, state) for state in State)
    assert State.DONE not in sources(State.WORKING)


@pytest.mark.parametrize(
    ("been", "state"),
    [
        ({"received": False, "handed": False, "returned": False}, State.ISSUED),
        ({"received": True, "handed": False, "returned": False}, State.RECEIVED),
        ({"received": True, "handed": True, "returned": False}, State.HANDED),
        ({"received": True, "handed": False, "returned": True}, State.RETURNED),
    ],
)
def test_who_was_covered_stands_where_he_stood(been, state):
    assert restored(**been) is state
    assert state in OPEN
    assert state in TRANSITIONS[State.COVERED]
