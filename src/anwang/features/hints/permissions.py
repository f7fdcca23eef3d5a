"""Who may open which page, explain, settle."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
LINE = frozenset({Role.LEADER, Role.OFFICE})
PAGES: dict[str, frozenset[Role] | str] = {
    "hint_own": FIELD,
    "hint_unit": LINE,
    "hint": FIELD,
    "hint_explain": FIELD,
    "hint_settle": LINE,
    "hint_reopen": LINE,
}
MENU = [
    {"order": 58, "url": "hint_own", "label": gettext_noop("请说明的提示"), "icon": "message-question",
     "roles": frozenset({Role.SUPERVISOR}), "also": ("hint",)},
    {"order": 59, "url": "hint_unit", "label": gettext_noop("真实性提示"), "icon": "message-check", "roles": LINE},
]  # fmt: skip
NOT_FOUND = gettext_noop("没有找到这条提示，或它不在您的网格内。")


def leads(actor: Actor) -> bool:
    """Whether a person sees the hints of others."""
    return actor.has(*LINE)


def may_explain(actor: Actor, person: int | None) -> Decision:
    """Only the person whose record it is."""
    if person is None:
        return refuse("not_found", NOT_FOUND)
    if actor.person_id != person:
        return refuse("not_yours", gettext_noop("请由本人说明。"))
    return ALLOWED


def may_settle(actor: Actor, person: int | None) -> Decision:
    """A leader or office above, never the person."""
    if person is None:
        return refuse("not_found", NOT_FOUND)
    if actor.person_id == person:
        return refuse("own_hint", gettext_noop("本人的提示由上级了结。"))
    if not leads(actor):
        return refuse("not_leader", gettext_noop("提示由本级网格长或办公室了结。"))
    return ALLOWED
