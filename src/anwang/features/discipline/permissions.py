"""Who may open which page: the enterprise its visits and complaints, the line of command what is sent to it."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

OWN = frozenset({Role.PRINCIPAL})
LINE = frozenset({Role.LEADER, Role.OFFICE})
PAGES: dict[str, frozenset[Role] | str] = {
    "own_visits": OWN,
    "visit_rate": OWN,
    "complaint_list": OWN | LINE,
    "complaint_new": OWN | {Role.OFFICE},
    "complaint": OWN | LINE,
    "complaint_take": LINE,
    "complaint_answer": LINE,
    "complaint_settle": OWN,
    "complaint_raise": OWN,
    "complaint_withdraw": OWN,
    "visits_often": LINE,
    "visits_often_export": LINE,
    "visit_opinions": LINE,
}
MENU = [
    {"order": 16, "url": "own_visits", "label": gettext_noop("来访与评价"), "icon": "calendar-event",
     "also": ("visit_rate",)},
    {"order": 17, "url": "complaint_list", "label": gettext_noop("投诉"), "icon": "message",
     "also": ("complaint", "complaint_new")},
    {"order": 58, "url": "visits_often", "label": gettext_noop("督导纪律"), "icon": "scale", "roles": LINE,
     "also": ("visit_opinions",)},
]  # fmt: skip


def may_file(by: Actor, visible: bool, subjects: frozenset[int]) -> Decision:
    """The enterprise complains; an office writes down what it is told by telephone, unless it is itself meant."""
    if not visible:
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    if by.has(Role.PRINCIPAL):
        return ALLOWED
    if not by.has(Role.OFFICE):
        return refuse("not_office", gettext_noop("投诉由企业提出，或由办公室接听电话后登记。"))
    if by.person_id in subjects:
        text = gettext_noop("这件投诉涉及您本人，不能由您登记，请告知企业向上一级办公室反映。")
        return refuse("complaint_own", text, clause="四.4")
    return ALLOWED


def may_handle(handles: bool) -> Decision:
    """Only whoever the complaint was sent to; to all others it does not exist."""
    return ALLOWED if handles else refuse("not_found", gettext_noop("没有这件投诉，或它不由您受理。"))
