"""Who may open which page of this feature, and who may invite, declare, judge what."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, NOT_GIVEN, Actor, Decision, Right, Role, gettext_noop, given, refuse

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
LINE = frozenset({Role.LEADER, Role.OFFICE})
OWN = frozenset({Role.PRINCIPAL})
PAGES: dict[str, frozenset[Role] | str] = {
    "portal_join": "anyone",
    "portal_account": "anyone",
    "portal_invite": FIELD,
    "portal_revoke": FIELD,
    "portal_access": LINE,
    "own_profile": OWN,
    "own_facts": OWN,
    "own_status": OWN,
    "own_point_new": OWN,
    "own_point": OWN,
    "own_point_gone": OWN,
    "own_affirm": OWN,
    "own_papers": OWN,
    "own_staff": OWN,
    "own_staff_new": OWN,
    "own_staff_member": OWN,
    "own_staff_end": OWN,
    "own_staff_revoke": OWN,
    "declaration_list": FIELD,
    "declaration": FIELD | OWN,
    "declaration_accept": FIELD,
    "declaration_return": FIELD,
    "declaration_withdraw": OWN,
}
MENU = [
    {"order": 42, "url": "portal_access", "label": gettext_noop("企业登录"), "icon": "user-plus", "roles": LINE,
     "also": ("portal_invite",)},
    {"order": 43, "url": "declaration_list", "label": gettext_noop("企业申报"), "icon": "clipboard-check",
     "roles": FIELD, "also": ("declaration",)},
    {"order": 41, "url": "own_profile", "label": gettext_noop("企业资料"), "icon": "building-factory-2", "roles": OWN,
     "also": ("own_facts", "own_status", "own_point_new", "own_point", "own_point_gone", "declaration")},
    {"order": 42, "url": "own_papers", "label": gettext_noop("本企业文书"), "icon": "files", "roles": OWN},
    {"order": 44, "url": "own_staff", "label": gettext_noop("人员权限"), "icon": "users", "roles": OWN,
     "also": ("own_staff_new", "own_staff_member")},
]  # fmt: skip


def may_keep_staff(by: Actor, enterprise_id: int) -> Decision:
    """The principal gives and takes back access to the own enterprise; staff never gives on. 0: there is none."""
    if not by.has(*OWN) or enterprise_id not in by.territory.enterprises:
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    return ALLOWED if by.rights is None else refuse("not_given", NOT_GIVEN)


def may_send(by: Actor, *, visible: bool, bound: bool) -> Decision:
    """The enterprise's supervisors, and leaders and offices of its place, invite its principal."""
    if not visible:
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    if bound or by.has(*LINE):
        return ALLOWED
    return refuse("not_yours", gettext_noop("这家企业不由您包保；邀请由包保人、办公室或网格长发出。"))


def may_declare(by: Actor, enterprise_id: int) -> Decision:
    """The enterprise speaks about itself. 0: there is none."""
    if by.has(*OWN) and enterprise_id in by.territory.enterprises:
        return given(by, Right.DECLARE)
    return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))


def may_judge(by: Actor, *, visible: bool, leads: bool) -> Decision:
    """The lead supervisor who knows the place, and leaders and offices of it; never the enterprise."""
    if not visible or by.territory.enterprises:
        return refuse("not_found", gettext_noop("没有找到这项申报，或它不在您的范围内。"))
    if leads or by.has(*LINE):
        return ALLOWED
    text = gettext_noop("申报由主包保人或所在网格的办公室、网格长核对，您可以查看，不能代为决定。")
    return refuse("not_yours", text, clause="二.1")
