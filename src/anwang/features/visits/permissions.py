"""Who may open which page of this feature, and who plans, announces, moves, merges what."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
LINE = frozenset({Role.LEADER, Role.OFFICE})
PRINCIPAL = frozenset({Role.PRINCIPAL})
PAGES: dict[str, frozenset[Role] | str] = {
    "visit_plan": FIELD,
    "visit_propose": FIELD,
    "visit_adopt": FIELD,
    "visit_adopt_undo": FIELD,
    "visit_day": FIELD,
    "visit_sheet": FIELD,
    "visit_new": FIELD,
    "visit_check": FIELD,
    "visit_detail": FIELD | PRINCIPAL,
    "visit_announce": FIELD,
    "visit_move": FIELD,
    "visit_cancel": FIELD,
    "visit_restore": FIELD,
    "visit_merge": FIELD,
    "visit_unmerge": FIELD,
    "visit_unit": LINE,
    "visit_unit_plan": LINE,
    "visit_firm": PRINCIPAL,
    "wish_list": FIELD,
    "wish_new": FIELD | PRINCIPAL,
    "wish_withdraw": FIELD | PRINCIPAL,
}
MENU = [
    {"order": 11, "url": "visit_plan", "label": gettext_noop("督导计划"), "icon": "calendar-event", "roles": FIELD,
     "also": ("visit_propose", "visit_day", "visit_new", "visit_detail", "wish_list")},
    {"order": 14, "url": "visit_unit", "label": gettext_noop("督导安排"), "icon": "calendar-stats", "roles": LINE},
    {"order": 11, "url": "visit_firm", "label": gettext_noop("来访安排"), "icon": "calendar-event", "roles": PRINCIPAL},
]  # fmt: skip


def may_plan(actor: Actor, person: int | None, visible: bool) -> Decision:
    """Whoever works plans the own days; the office or a leader plans for people of its unit."""
    if person is not None and person == actor.person_id:
        return ALLOWED
    if visible and actor.has(*LINE):
        return ALLOWED
    return refuse("not_yours", gettext_noop("只能编排本人的督导计划；代为编排请由办公室或网格长进行。"))


def may_change(actor: Actor, person: int | None) -> Decision:
    """Who has a visit planned changes it, or the office or leader of the place. `person` None: not to be seen."""
    if person is None:
        return refuse("not_found", gettext_noop("没有找到这次安排，或它不在您的范围内。"))
    if actor.person_id != person and not actor.has(*LINE):
        return refuse("not_yours", gettext_noop("这次安排属于他人，不能代为更改；请与其商量或请网格长决定。"))
    return ALLOWED


def may_arrange(actor: Actor, bound: bool, visible: bool) -> Decision:
    """Who is bound to an enterprise, or leads or keeps the office of its place, arranges a visit to it."""
    if not visible:
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    if not bound and not actor.has(*LINE):
        return refuse("not_yours", gettext_noop("这家企业不由您包保；需要联合督导的，请与主包保人或网格长商量。"))
    return ALLOWED


def may_wish(actor: Actor, enterprise: int, bound: bool, visible: bool) -> Decision:
    """The principal says when it suits; a supervisor or the office writes down what the enterprise said."""
    if actor.has(Role.PRINCIPAL) and enterprise in actor.territory.enterprises:
        return ALLOWED
    return may_arrange(actor, bound, visible)
