"""How a problem stands on its way: from the report to its leader up or down the ladder until it is closed (三.4)."""

from __future__ import annotations

from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse


class State(StrEnum):
    """Where a problem is. Reported, escalated and reopened ones wait for a leader to accept them."""

    REPORTED = "reported"
    ESCALATED = "escalated"
    REOPENED = "reopened"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    HANDED = "handed"
    RECTIFYING = "rectifying"
    RECTIFIED = "rectified"
    VERIFIED = "verified"
    RISK = "risk"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.REPORTED: gettext_noop("待受理"),
    State.ESCALATED: gettext_noop("已上报上级待受理"),
    State.REOPENED: gettext_noop("重新打开待受理"),
    State.RETURNED: gettext_noop("退回补充"),
    State.ACCEPTED: gettext_noop("已受理"),
    State.HANDED: gettext_noop("已转科室单位"),
    State.RECTIFYING: gettext_noop("企业整改中"),
    State.RECTIFIED: gettext_noop("已整改待核实"),
    State.VERIFIED: gettext_noop("已核实待销号"),
    State.RISK: gettext_noop("限期接受风险"),
    State.CLOSED: gettext_noop("已销号"),
    State.WITHDRAWN: gettext_noop("已撤回"),
}
_UP = frozenset({State.ESCALATED})
# From → to. Up the ladder from every state that a leader answers for; down again to one that has accepted it.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.REPORTED: frozenset({State.ACCEPTED, State.RETURNED, State.WITHDRAWN}) | _UP,
    State.ESCALATED: frozenset({State.ACCEPTED, State.RETURNED}) | _UP,
    State.REOPENED: frozenset({State.ACCEPTED, State.RETURNED}) | _UP,
    State.RETURNED: frozenset({State.REPORTED, State.ACCEPTED, State.WITHDRAWN}) | _UP,
    State.ACCEPTED: frozenset({State.ACCEPTED, State.HANDED, State.RECTIFYING, State.RECTIFIED, State.RISK}) | _UP,
    State.HANDED: frozenset({State.ACCEPTED, State.RECTIFYING}) | _UP,
    State.RECTIFYING: frozenset({State.RECTIFIED}) | _UP,
    State.RECTIFIED: frozenset({State.VERIFIED, State.RECTIFYING, State.ACCEPTED}) | _UP,
    State.VERIFIED: frozenset({State.CLOSED, State.RECTIFYING, State.ACCEPTED}) | _UP,
    State.RISK: frozenset({State.REOPENED}),
    State.CLOSED: frozenset({State.REOPENED}),
    State.WITHDRAWN: frozenset(),
}
#: Waiting for a leader to accept it.
WAITING = (State.REPORTED, State.ESCALATED, State.REOPENED)
#: Over; everything else is open and has a next actor with a date.
ENDED = (State.CLOSED, State.WITHDRAWN)
OPEN = tuple(state for state in State if state not in ENDED)


def may_become(state: State, to: State) -> Decision:
    """Whether a problem may go over into another state (`TRANSITIONS`)."""
    if to in TRANSITIONS[state]:
        return ALLOWED
    text = gettext_noop("这个问题现在是“%(state)s”，不能这样办理，请刷新页面看最新情况。")
    return refuse("problem_moved_on", text, clause="三.4", state=state.label)
