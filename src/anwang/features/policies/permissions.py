"""Who may open which page of this feature: the notice is published (信息公开形式：主动公开), so anyone."""

from anwang.domain.base import Role, gettext_noop

PAGES = {"policy_page": "anyone", "policy_clause": "anyone"}
MENU = [
    {"order": 90, "url": "policy_page", "label": gettext_noop("方案条款"), "icon": "book", "roles": frozenset(Role)},
]
