"""How a policy notice stands (附件4.1 及时传达): written, issued to a frozen list of enterprises, recalled."""

from __future__ import annotations

from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse


class NoticeState(StrEnum):
    """A notice is written, goes out once, and may be recalled; what was received stays on record."""

    DRAFT = "draft"
    ISSUED = "issued"
    RECALLED = "recalled"

    @property
    def label(self) -> str:
        return NOTICE_LABELS[self]


NOTICE_LABELS = {
    NoticeState.DRAFT: gettext_noop("草稿"),
    NoticeState.ISSUED: gettext_noop("已发布"),
    NoticeState.RECALLED: gettext_noop("已收回"),
}

TRANSITIONS: dict[NoticeState, frozenset[NoticeState]] = {
    NoticeState.DRAFT: frozenset({NoticeState.ISSUED}),
    NoticeState.ISSUED: frozenset({NoticeState.RECALLED}),
    NoticeState.RECALLED: frozenset(),
}


class How(StrEnum):
    """How a notice was relayed, or an answer told."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    MESSAGE = "message"
    PAGE = "page"

    @property
    def label(self) -> str:
        return HOW_LABELS[self]


HOW_LABELS = {
    How.PHONE: gettext_noop("电话"),
    How.IN_PERSON: gettext_noop("当面"),
    How.MESSAGE: gettext_noop("短信、微信"),
    How.PAGE: gettext_noop("企业页面"),
}
#: What a supervisor may say; the enterprise's own confirmation is the fourth.
BY_SUPERVISOR = (How.PHONE, How.IN_PERSON, How.MESSAGE)


def may_become(state: NoticeState, to: NoticeState) -> Decision:
    """Whether a notice in a state may go over into another (`TRANSITIONS`)."""
    if to in TRANSITIONS[state]:
        return ALLOWED
    text = gettext_noop("这份通知现在是“%(state)s”，不能这样办理，请刷新后查看。")
    return refuse("notice_state", text, clause="附件4.1", state=state.label)
