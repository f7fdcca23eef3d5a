"""Who may open which page, and who may hand over whom: asked by buttons and by actions."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
LINE = frozenset({Role.LEADER, Role.OFFICE})

PAGES: dict[str, frozenset[Role] | str] = {
    "handover_list": LINE,
    "handover_new": LINE,
    "handover_make": LINE,
    "handover": FIELD,
    "handover_undo": LINE,
    "handover_return": LINE,
    "handover_file": FIELD,
    "handover_received": FIELD,
    "enterprise_timeline": FIELD,
    "person_timeline": LINE,
    "my_timeline": FIELD,
    "review_pack_make": LINE,
    "review_pack": LINE,
}
MENU = [
    {"order": 13, "url": "my_timeline", "label": gettext_noop("我的履职档案"), "icon": "history",
     "roles": frozenset({Role.SUPERVISOR}), "also": ("handover_received",)},
    {"order": 29, "url": "handover_list", "label": gettext_noop("交接"), "icon": "arrows-exchange", "roles": LINE,
     "also": ("handover_new", "handover")},
]  # fmt: skip


def may_hand_over(by: Actor, unit: int | None) -> Decision:
    """The leader or office of a unit hands over the enterprises of its posts and of those below (二.2)."""
    if unit is None:
        return refuse("not_found", gettext_noop("没有找到这项任职，或它不在您的网格内。"))
    if by.has(*LINE) and by.territory.covers(unit):
        return ALLOWED
    return refuse("not_your_unit", gettext_noop("交接由本级或上级的网格长、办公室办理。"))


def ends_posts(by: Actor, unit: int) -> bool:
    """The office ends posts; a leader without it hands over the enterprises only."""
    return by.has(Role.OFFICE, Role.SYSTEM_ADMIN) and by.territory.covers(unit)


def may_review(by: Actor) -> Decision:
    """Only leaders and offices take a review pack."""
    if by.has(*LINE):
        return ALLOWED
    return refuse("not_leader", gettext_noop("事故倒查材料由网格长或办公室调取。"))
