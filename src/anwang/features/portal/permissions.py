"""Who may open which page of this feature, and who may invite, declare, judge what."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
LINE = frozenset({Role.LEADER, Role.OFFICE})
OWN = frozenset({Role.PRINCIPAL})
PAGES: dict[str, frozenset[Role] | str] = {
    "portal_join": "anyone",
    "portal_account": "anyone",
    "portal_invite": FIELD,
    "portal_revoke": FIELD,
    "portal_access": LINE,
}
MENU = [
    {"order": 42, "url": "portal_access", "label": gettext_noop("企业登录"), "icon": "user-plus", "roles": LINE,
     "also": ("portal_invite",)},
]  # fmt: skip


def may_send(by: Actor, *, visible: bool, bound: bool) -> Decision:
    """The enterprise's supervisors, and leaders and offices of its place, invite its principal."""
    if not visible:
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    if bound or by.has(*LINE):
        return ALLOWED
    return refuse("not_yours", gettext_noop("这家企业不由您包保；邀请由包保人、办公室或网格长发出。"))
