"""Who may open which page of the grid, and who may change whom: asked by buttons and by actions."""

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse
from anwang.domain.grid.offices import ADMINISTRATOR_KINDS

WORKING = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE, Role.DEPARTMENT})
KEEPERS = frozenset({Role.OFFICE, Role.SYSTEM_ADMIN})
READERS = KEEPERS | {Role.LEADER, Role.SECURITY_ADMIN}
SIGN_IN_KEEPERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})

PAGES = {
    "switch_post": "signed_in",
    "demo_roles": "anyone",
    "demo_enter": "anyone",
    "grid_tree": WORKING,
    "grid_export": frozenset({Role.OFFICE, Role.LEADER}),
    "grid_below": WORKING,
    "unit": WORKING,
    "unit_phone": frozenset({Role.OFFICE}),
    "unit_lead": frozenset({Role.OFFICE}),
    "unit_sponsor": frozenset({Role.OFFICE}),
    "leader_end": frozenset({Role.OFFICE}),
    "sponsor_end": frozenset({Role.OFFICE}),
    "measure_list": WORKING,
    "measure_new": frozenset({Role.LEADER, Role.OFFICE}),
    "measure_end": frozenset({Role.LEADER, Role.OFFICE}),
    "person_list": READERS,
    "person_export": frozenset({Role.OFFICE, Role.LEADER}),
    "person_template": KEEPERS,
    "person_import": frozenset({Role.OFFICE}),
    "person_import_preview": frozenset({Role.OFFICE}),
    "person_import_apply": frozenset({Role.OFFICE}),
    "person_import_errors": frozenset({Role.OFFICE}),
    "person_export_full": frozenset({Role.OFFICE}),
    "person_add": KEEPERS,
    "person": READERS,
    "person_edit": KEEPERS,
    "person_phone": READERS,
    "post_add": KEEPERS,
    "post_edit": KEEPERS,
    "post_end": KEEPERS,
    "sign_in_list": SIGN_IN_KEEPERS,
    "sign_in_give": frozenset({Role.SYSTEM_ADMIN}),
    "sign_in_reset": frozenset({Role.SECURITY_ADMIN}),
    "sign_in_lock": frozenset({Role.SECURITY_ADMIN}),
    "sign_in_unlock": frozenset({Role.SECURITY_ADMIN}),
    "sign_in_factor": frozenset({Role.SECURITY_ADMIN}),
}

MENU = [
    {
        "order": 60,
        "url": "grid_tree",
        "label": gettext_noop("网格体系"),
        "icon": "sitemap",
        "also": ("unit", "unit_phone", "unit_lead", "unit_sponsor", "leader_end", "sponsor_end"),
        "roles": frozenset({Role.LEADER, Role.OFFICE, Role.DEPARTMENT}),
    },
    {
        "order": 61,
        "url": "person_list",
        "label": gettext_noop("人员"),
        "icon": "users",
        "also": ("person", "person_add", "person_edit", "post_add", "post_edit", "post_end", "person_import"),
        "roles": READERS,
    },
    {
        "order": 64,
        "url": "measure_list",
        "label": gettext_noop("远程督导措施"),
        "icon": "video",
        "also": ("measure_new", "measure_end"),
        "roles": frozenset({Role.LEADER, Role.OFFICE}),
    },
    {
        "order": 90,
        "url": "sign_in_list",
        "label": gettext_noop("登录账号"),
        "icon": "key",
        "also": ("sign_in_give", "sign_in_lock"),
    },
]


def may_keep_unit(by: Actor, unit: int) -> Decision:
    """Only the office of a territory changes leaders, sponsors and phones in it."""
    if by.has(Role.OFFICE) and by.territory.covers(unit):
        return ALLOWED
    return refuse("not_your_unit", gettext_noop("只有本级或上级办公室可以修改这个网格。"))


def may_keep_post(by: Actor, kind: str, unit: int) -> Decision:
    """The office keeps the posts of its territory; only the system administrator gives administrators' posts."""
    if by.has(Role.SYSTEM_ADMIN):
        return ALLOWED
    if kind in ADMINISTRATOR_KINDS:
        return refuse("administrator_posts", gettext_noop("管理员任职只能由系统管理员设立或终止。"))
    if by.has(Role.OFFICE) and by.territory.covers(unit):
        return ALLOWED
    return refuse("not_your_unit", gettext_noop("只有本级或上级办公室可以修改这个网格的任职。"))


def may_order_remote(by: Actor, unit: int) -> Decision:
    """A leader or office turns on-site duties of its own territory into remote ones (四.4)."""
    if by.has(Role.LEADER, Role.OFFICE) and by.territory.covers(unit):
        return ALLOWED
    text = gettext_noop("只有本级或上级网格长、办公室可以设定这个网格的远程督导。")
    return refuse("not_your_unit", text, clause="四.4")
