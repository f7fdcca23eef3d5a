"""Who may open which page of this feature."""

from anwang.domain.base import Role, gettext_noop

CITY_OFFICE = frozenset({Role.OFFICE})

PAGES: dict[str, frozenset[Role] | str] = {
    "home": frozenset(Role),
    "regrid": CITY_OFFICE,
    "regrid_preview": CITY_OFFICE,
    "regrid_apply": CITY_OFFICE,
    "my_enterprises": frozenset({Role.SUPERVISOR}),
}
MENU = [
    {"order": 1, "url": "home", "label": gettext_noop("首页"), "icon": "home", "roles": frozenset(Role)},
    {"order": 11, "url": "my_enterprises", "label": gettext_noop("我的企业"), "icon": "building-factory-2"},
]
