"""From a hint to its end: the person first, then the leader, and never a penalty."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse


class HintState(StrEnum):
    """How a hint stands."""

    SHOWN = "shown"
    EXPLAINED = "explained"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


class Outcome(StrEnum):
    """What the leader found; neither changes a record, a count or an assessment."""

    ACCEPTED = "accepted"
    TALKED = "talked"

    @property
    def label(self) -> str:
        return OUTCOME_LABELS[self]


STATE_LABELS = {
    HintState.SHOWN: gettext_noop("待说明"),
    HintState.EXPLAINED: gettext_noop("已说明"),
    HintState.SETTLED: gettext_noop("已了结"),
}
OUTCOME_LABELS = {
    Outcome.ACCEPTED: gettext_noop("说明成立"),
    Outcome.TALKED: gettext_noop("已当面沟通"),
}

# From → to. A hint that was settled by mistake goes back to where it came from.
TRANSITIONS: dict[HintState, frozenset[HintState]] = {
    HintState.SHOWN: frozenset({HintState.EXPLAINED, HintState.SETTLED}),
    HintState.EXPLAINED: frozenset({HintState.SETTLED}),
    HintState.SETTLED: frozenset({HintState.SHOWN, HintState.EXPLAINED}),
}


def leader_sees(state: HintState, leader_from: date, day: date) -> bool:
    """The leader sees what was explained, and what was not when its days have passed."""
    return state is not HintState.SHOWN or day >= leader_from


def may_explain(state: HintState) -> Decision:
    """The person explains, and may say it better, until it is settled."""
    if state is HintState.SETTLED:
        return refuse("hint_settled", gettext_noop("这条提示已经了结，不需要再说明。"))
    return ALLOWED


def may_settle(state: HintState, leader_from: date, day: date) -> Decision:
    """The leader settles what the leader sees."""
    if state is HintState.SETTLED:
        return refuse("hint_settled", gettext_noop("这条提示已经了结，请刷新后查看。"))
    if not leader_sees(state, leader_from, day):
        return refuse("hint_early", gettext_noop("这条提示还在等待本人说明，%(day)s 起再看。"), day=leader_from)
    return ALLOWED
