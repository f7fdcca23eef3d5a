"""A report on its way: the clerk's words, the handlers above those complained of, the reporter's "not solved" (三.4).

Times are days: an hour could tell who was on shift.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, Level, gettext_noop, refuse
from anwang.domain.reports.rules import ReportTerms

CLAUSE = "三.4"
#: The sealed record and the photos are deleted so long after the end, and not before the last of the questions: what
#: reporters are told and the register of personal data says, so no policy prolongs it.
KEPT_DAYS = 730


class Kind(StrEnum):
    """What a report is about."""

    HAZARD = "hazard"
    VIOLATION = "violation"
    SUPERVISOR = "supervisor"
    OTHER = "other"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.HAZARD: gettext_noop("事故隐患"),
    Kind.VIOLATION: gettext_noop("安全生产违法违规行为"),
    Kind.SUPERVISOR: gettext_noop("包保人员不履职或违纪"),
    Kind.OTHER: gettext_noop("其他安全问题"),
}
#: Up to which level people of the grid are complained of, beside the supervisors, who never see a report.
LINE_LABELS = {
    Level.VILLAGE: gettext_noop("村居人员"),
    Level.TOWNSHIP: gettext_noop("乡镇（街道）人员"),
    Level.COUNTY: gettext_noop("县区人员"),
}


class State(StrEnum):
    """Where a report is."""

    RECEIVED = "received"
    SENT = "sent"
    ACCEPTED = "accepted"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.RECEIVED: gettext_noop("待改写"),
    State.SENT: gettext_noop("待受理"),
    State.ACCEPTED: gettext_noop("办理中"),
    State.ASKED: gettext_noop("待举报人补充"),
    State.ANSWERED: gettext_noop("已答复"),
    State.CLOSED: gettext_noop("已办结"),
    State.REOPENED: gettext_noop("举报人反映未解决"),
}
#: The same as acts, for the history.
STEP_LABELS = {
    State.RECEIVED: gettext_noop("收到"),
    State.SENT: gettext_noop("改写后转办"),
    State.ACCEPTED: gettext_noop("受理"),
    State.ASKED: gettext_noop("向举报人提问"),
    State.ANSWERED: gettext_noop("答复"),
    State.CLOSED: gettext_noop("办结"),
    State.REOPENED: gettext_noop("举报人反映没有解决"),
}
#: The same for the reporter.
PLAIN = {
    State.RECEIVED: gettext_noop("已收到。工作人员正在改写内容，改写后才转给办理人，办理人看不到您的原话和身份。"),
    State.SENT: gettext_noop("已转给办理人，正等待受理。"),
    State.ACCEPTED: gettext_noop("已受理，正在核实办理。"),
    State.ASKED: gettext_noop("办理人有问题请您补充，请看下面的提问。"),
    State.ANSWERED: gettext_noop("已答复，请看下面的答复；没有解决的，请点“还没有解决”。"),
    State.CLOSED: gettext_noop("已办结，请看下面的结果；没有解决的，请点“还没有解决”。"),
    State.REOPENED: gettext_noop("您反映没有解决，已重新转给办理人。"),
}

# From → to. Nobody handles what a clerk has not put into other words; what the reporter calls unsolved begins again.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.SENT}),
    State.SENT: frozenset({State.ACCEPTED}),
    State.ACCEPTED: frozenset({State.ASKED, State.ANSWERED, State.CLOSED}),
    State.ASKED: frozenset({State.ACCEPTED, State.ANSWERED, State.CLOSED}),
    State.ANSWERED: frozenset({State.ASKED, State.CLOSED, State.REOPENED}),
    State.CLOSED: frozenset({State.REOPENED}),
    State.REOPENED: frozenset({State.ACCEPTED}),
}
#: The handlers owe something.
WAITING = (State.SENT, State.ACCEPTED, State.REOPENED)


def may_become(state: State, to: State) -> Decision:
    """Whether a report may go over into a state (`TRANSITIONS`)."""
    if to in TRANSITIONS[state]:
        return ALLOWED
    text = gettext_noop("这件举报现在是“%(state)s”，不能这样办理，请刷新后查看。")
    return refuse("report_state", text, clause=CLAUSE, state=state.label)


def due_of(state: State, on: date, terms: ReportTerms) -> date | None:
    """The last day for the handlers' next act when a report came into a state on a day; None when they owe nothing.

    `terms` are those under which the report came.
    """
    if state in (State.SENT, State.REOPENED):
        return on + timedelta(days=terms.accept_days)
    return on + timedelta(days=terms.answer_days) if state is State.ACCEPTED else None


class Word(StrEnum):
    """Which of the reporter's words a clerk has to put into others."""

    FIRST = "first"
    MORE = "more"
    UNSOLVED = "unsolved"
    RETALIATION = "retaliation"

    @property
    def label(self) -> str:
        return WORD_LABELS[self]


WORD_LABELS = {
    Word.FIRST: gettext_noop("举报内容"),
    Word.MORE: gettext_noop("补充"),
    Word.UNSOLVED: gettext_noop("反映没有解决"),
    Word.RETALIATION: gettext_noop("反映遭到打击报复"),
}


class Unsealing(StrEnum):
    """A request to unseal who reported: asked by one, approved by another, shown once."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    SHOWN = "shown"

    @property
    def label(self) -> str:
        return UNSEALING_LABELS[self]


UNSEALING_LABELS = {
    Unsealing.ASKED: gettext_noop("待第二人审批"),
    Unsealing.APPROVED: gettext_noop("已同意，待申请人查看一次"),
    Unsealing.REFUSED: gettext_noop("未同意"),
    Unsealing.SHOWN: gettext_noop("已查看，不能再次查看"),
}


def may_unseal(asker: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> Decision:
    """Two named persons in two posts: (person, post) of each."""
    if None in (*asker, *other) or asker[0] == other[0] or asker[1] == other[1]:
        return refuse("unseal_same", gettext_noop("解封须由另一人、另一职务审批。"), clause=CLAUSE)
    return ALLOWED
