"""Who may open which page of this feature."""

from anwang.domain.base import Role, gettext_noop

PAGES: dict[str, frozenset[Role] | str] = {
    "home": frozenset(Role),
    "my_enterprises": frozenset({Role.SUPERVISOR}),
}
MENU = [
    {"order": 1, "url": "home", "label": gettext_noop("首页"), "icon": "home", "roles": frozenset(Role)},
    {"order": 11, "url": "my_enterprises", "label": gettext_noop("我的企业"), "icon": "building-factory-2"},
]
