"""What an enterprise says about itself: proposed by it, taken over or returned by those who know the place (二.1)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse


class Topic(StrEnum):
    """What a declaration is about; each is decided by itself."""

    FACTS = "facts"
    STATUS = "status"
    POINT = "point"
    POINT_NEW = "point_new"
    POINT_GONE = "point_gone"

    @property
    def label(self) -> str:
        return TOPIC_LABELS[self]


TOPIC_LABELS = {
    Topic.FACTS: gettext_noop("基本情况"),
    Topic.STATUS: gettext_noop("经营状态"),
    Topic.POINT: gettext_noop("风险点情况"),
    Topic.POINT_NEW: gettext_noop("新增风险点"),
    Topic.POINT_GONE: gettext_noop("取消风险点"),
}


class State(StrEnum):
    """Where a declaration is."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.WAITING: gettext_noop("待核对"),
    State.ACCEPTED: gettext_noop("已采纳"),
    State.RETURNED: gettext_noop("已退回"),
    State.WITHDRAWN: gettext_noop("企业已撤回"),
}
TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.ACCEPTED, State.RETURNED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset(),
    State.RETURNED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
#: Words for what may be declared; the order is that of the pages.
FIELD_LABELS = {
    "headcount": gettext_noop("从业人数"),
    "principal": gettext_noop("企业主要负责人"),
    "principal_phone": gettext_noop("主要负责人电话"),
    "safety_officer": gettext_noop("安全负责人"),
    "safety_phone": gettext_noop("安全负责人电话"),
    "address": gettext_noop("生产经营地址"),
    "status": gettext_noop("经营状态"),
    "on": gettext_noop("自何日起"),
    "reason": gettext_noop("原因"),
    "name": gettext_noop("风险点名称"),
    "location": gettext_noop("位置"),
    "major_hazard": gettext_noop("涉及重大危险源"),
    "hazards": gettext_noop("危险因素"),
    "persons": gettext_noop("同一作业时间作业人数"),
    "serious": gettext_noop("发生过死亡、重伤或重大财产损失事故"),
    "minor": gettext_noop("轻伤、一般财产损失事故次数"),
    "persists": gettext_noop("发生事故的条件依然存在"),
}


def may_become(state: State, to: State) -> Decision:
    """Whether a declaration may go over into a state."""
    if to in TRANSITIONS[state]:
        return ALLOWED
    text = gettext_noop("这项申报现在是“%(state)s”，不能再改为“%(to)s”，请刷新后查看。")
    return refuse("declaration_state", text, clause="二.1", state=state.label, to=to.label)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """(before, after) of every field that says something else now; nothing else is sent."""
    return {name: (before.get(name), value) for name, value in after.items() if value != before.get(name)}
