"""Who may open which page of the roster, and who may change whom: asked by buttons and by actions."""

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

READERS = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE, Role.DEPARTMENT})
KEEPERS = frozenset({Role.OFFICE, Role.LEADER})

PAGES = {
    "enterprise_list": READERS,
    "enterprise_export": KEEPERS,
    "enterprise_add": KEEPERS,
    "enterprise_bulk": KEEPERS,
    "enterprise": READERS | {Role.PRINCIPAL},
    "enterprise_edit": KEEPERS,
    "enterprise_status": KEEPERS,
    "enterprise_move": KEEPERS,
    "enterprise_phone": READERS | {Role.PRINCIPAL},
    "enterprise_grade": KEEPERS,
    "enterprise_grade_end": KEEPERS,
    "risk_point_add": KEEPERS,
    "risk_point_edit": KEEPERS,
    "risk_point_remove": KEEPERS,
    "change_list": KEEPERS,
    "change_undo": KEEPERS,
    "roster_import": KEEPERS,
    "roster_preview": KEEPERS,
    "roster_apply": KEEPERS,
    "roster_discard": KEEPERS,
    "roster_errors": KEEPERS,
    "roster_template": KEEPERS,
    "place_todo": KEEPERS,
    "place_assign": KEEPERS,
    "industry_rules": READERS,
    "industry_assign": KEEPERS,
}

MENU = [
    {
        "order": 40,
        "url": "enterprise_list",
        "label": gettext_noop("企业名册"),
        "icon": "building-factory-2",
        "roles": READERS,
        "also": tuple(name for name in PAGES if name != "enterprise_list"),
    },
]


def may_keep(by: Actor, place: int) -> Decision:
    """The office and the leaders of a territory keep the roster in it (二.1, 二.2)."""
    if by.has(*KEEPERS) and by.territory.covers(place):
        return ALLOWED
    return refuse("not_your_enterprise", gettext_noop("只有所在网格本级或上级的办公室、网格长可以修改企业名册。"))


def may_see_phone(by: Actor, enterprise_id: int, place: int) -> Decision:
    """Whoever supervises, leads or keeps the enterprise, and its own principal."""
    if by.territory.covers(place) and by.has(*READERS):
        return ALLOWED
    if by.has(Role.PRINCIPAL) and enterprise_id in by.territory.enterprises:
        return ALLOWED
    return may_keep(by, place)


def may_import(by: Actor, unit: int) -> Decision:
    """An import needs a keeper whose territory has the unit that takes rows without a place."""
    if by.has(*KEEPERS) and by.territory.covers(unit):
        return ALLOWED
    return refuse("not_your_unit", gettext_noop("只有办公室、网格长可以导入名册，且只能导入本辖区。"))
