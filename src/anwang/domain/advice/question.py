"""How a question stands: it belongs to the first asked until the asker has the answer (附件4.1 首问负责)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse


class State(StrEnum):
    """Waiting, answered and not yet known to the asker, told, said not to be answered, taken back."""

    WAITING = "waiting"
    ANSWERED = "answered"
    TOLD = "told"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.WAITING: gettext_noop("待答复"),
    State.ANSWERED: gettext_noop("已答复待告知"),
    State.TOLD: gettext_noop("已告知"),
    State.REOPENED: gettext_noop("未解答待再答"),
    State.WITHDRAWN: gettext_noop("已撤回"),
}

# From → to. A reopened question keeps its first date: no way leads back to waiting.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.ANSWERED, State.TOLD, State.WITHDRAWN}),
    State.ANSWERED: frozenset({State.TOLD, State.REOPENED}),
    State.TOLD: frozenset({State.REOPENED}),
    State.REOPENED: frozenset({State.ANSWERED, State.TOLD}),
    State.WITHDRAWN: frozenset(),
}
#: Somebody still owes an answer.
OPEN = frozenset({State.WAITING, State.REOPENED})


class Asked(StrEnum):
    """How a question came."""

    PAGE = "page"
    PHONE = "phone"
    IN_PERSON = "in_person"
    MESSAGE = "message"

    @property
    def label(self) -> str:
        return ASKED_LABELS[self]


ASKED_LABELS = {
    Asked.PAGE: gettext_noop("企业页面"),
    Asked.PHONE: gettext_noop("电话"),
    Asked.IN_PERSON: gettext_noop("当面"),
    Asked.MESSAGE: gettext_noop("短信、微信"),
}


def may_move(state: State, to: State) -> Decision:
    """Whether a question in a state may go over into another (`TRANSITIONS`)."""
    if to in TRANSITIONS[state]:
        return ALLOWED
    text = gettext_noop("这个问题现在是“%(state)s”，不能这样办理，请刷新后查看。")
    return refuse("question_state", text, clause="附件4.1", state=state.label)


def due_on(start: date, workdays: int, next_workday: Callable[[date], date]) -> date:
    """The last day: so many workdays after the day of asking or issuing, which itself does not count."""
    day = start
    for _ in range(workdays):
        day = next_workday(day)
    return day


def overdue(state: State, due: date, day: date) -> bool:
    """Nobody has answered and the last day is over. Passing on and reopening never move the last day."""
    return state in OPEN and day > due


def days_left(due: date, day: date) -> int:
    """Calendar days to the last day; negative when it is over."""
    return (due - day) // timedelta(days=1)
