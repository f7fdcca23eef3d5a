"""Who may open which page of this feature."""

from anwang.domain.base import Level, Role, gettext_noop

CITY_OFFICE = frozenset({Role.OFFICE})

PAGES: dict[str, frozenset[Role] | str] = {
    "home": frozenset(Role),
    "regrid": CITY_OFFICE,
    "regrid_preview": CITY_OFFICE,
    "regrid_apply": CITY_OFFICE,
    "feedback": "anyone",
    "feedback_list": CITY_OFFICE,
    "feedback_answer": CITY_OFFICE,
    "my_enterprises": frozenset({Role.SUPERVISOR}),
}
MENU = [
    {"order": 1, "url": "home", "label": gettext_noop("首页"), "icon": "home", "roles": frozenset(Role)},
    {"order": 11, "url": "my_enterprises", "label": gettext_noop("我的企业"), "icon": "building-factory-2"},
    {
        "order": 95,
        "url": "feedback_list",
        "label": gettext_noop("意见建议处理"),
        "icon": "message-circle",
        "levels": {Level.CITY},
    },
]
