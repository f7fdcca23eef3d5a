"""How a receipt (回执) stands: one hop of a task at one person, from its arrival to its end."""

from __future__ import annotations

from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse


class State(StrEnum):
    """Where a receipt is. Done late is done: `late` stands beside it."""

    ISSUED = "issued"
    RECEIVED = "received"
    WORKING = "working"
    HANDED = "handed"
    RETURNED = "returned"
    DONE = "done"
    COVERED = "covered"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.ISSUED: gettext_noop("待签收"),
    State.RECEIVED: gettext_noop("已签收"),
    State.WORKING: gettext_noop("办理中"),
    State.HANDED: gettext_noop("已转办下级"),
    State.RETURNED: gettext_noop("已退回"),
    State.DONE: gettext_noop("已办结"),
    State.COVERED: gettext_noop("他人已办结"),
    State.REPLACED: gettext_noop("已改派"),
    State.WITHDRAWN: gettext_noop("已收回"),
}
_ENDS = frozenset({State.DONE, State.COVERED, State.WITHDRAWN})
# From → to by working on. A task handed down comes back to hand when everything handed down was taken back.
_ONWARD: dict[State, frozenset[State]] = {
    State.ISSUED: frozenset({State.RECEIVED, State.WORKING, State.HANDED, State.RETURNED}) | _ENDS,
    State.RECEIVED: frozenset({State.WORKING, State.HANDED, State.RETURNED}) | _ENDS,
    State.WORKING: frozenset({State.HANDED, State.RETURNED}) | _ENDS,
    State.HANDED: frozenset({State.RECEIVED}) | _ENDS,
    State.RETURNED: frozenset({State.ISSUED, State.REPLACED, State.COVERED, State.WITHDRAWN}),
    State.DONE: frozenset(),
    State.COVERED: frozenset(),
    State.REPLACED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
# From → to only by taking an end back (`redoing`): whoever works on never comes this way.
_BACK = {
    State.DONE: frozenset({State.WORKING, State.HANDED}),
    State.COVERED: frozenset({State.ISSUED, State.RECEIVED, State.HANDED, State.RETURNED}),
}
TRANSITIONS = {state: targets | _BACK.get(state, frozenset()) for state, targets in _ONWARD.items()}
#: Still somebody's to act on: with the person it was handed to, or with the sender to whom it came back.
OPEN = (State.ISSUED, State.RECEIVED, State.WORKING, State.HANDED, State.RETURNED)
#: In the hands of the person it was handed to.
IN_HAND = (State.ISSUED, State.RECEIVED, State.WORKING)
#: No part of the task any more: replaced by another receipt, or taken back.
GONE = (State.REPLACED, State.WITHDRAWN)


class Mode(StrEnum):
    """Whether each of those that a task was handed to completes it, or one for all."""

    ALL = "all"
    ANY = "any"

    @property
    def label(self) -> str:
        return MODE_LABELS[self]


MODE_LABELS = {Mode.ALL: gettext_noop("每个承办人都要完成"), Mode.ANY: gettext_noop("任一承办人完成即可")}


def sources(to: State) -> tuple[State, ...]:
    """The states that may go over into one by working on: the condition of a compare-and-set."""
    return tuple(state for state, targets in _ONWARD.items() if to in targets)


def may_become(state: State, to: State) -> Decision:
    """Whether a receipt may go over into another state by working on."""
    if to in _ONWARD[state]:
        return ALLOWED
    text = gettext_noop("这份回执现在是“%(state)s”，不能改为“%(to)s”，请刷新页面看最新情况。")
    return refuse("task_moved_on", text, clause="附件4.8", state=state.label, to=to.label)
