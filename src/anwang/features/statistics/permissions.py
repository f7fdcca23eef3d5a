"""Who may open which page of this feature."""

from anwang.domain.base import Role, gettext_noop

LEADERS = frozenset({Role.LEADER, Role.OFFICE})
PAGES = {"leader_table": LEADERS, "leader_rows": LEADERS, "leader_table_export": LEADERS}
MENU = [
    {"order": 30, "url": "leader_table", "label": gettext_noop("履职统计"), "icon": "table", "also": ("leader_rows",)},
]
