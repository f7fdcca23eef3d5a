"""Who may open which page of this feature."""

from anwang.domain.base import Level, Role, gettext_noop

LEADERS = frozenset({Role.LEADER, Role.OFFICE})
#: Papers carry phones and names in full: for those who answer for a township, county or the city.
ABOVE_VILLAGES = {Level.CITY, Level.COUNTY, Level.TOWNSHIP}
PAGES = dict.fromkeys(
    (
        "leader_table",
        "leader_rows",
        "leader_table_export",
        "paper_list",
        "paper_make",
        "paper_download",
        "attachment5",
    ),
    LEADERS,
)
MENU = [
    {"order": 30, "url": "leader_table", "label": gettext_noop("履职统计"), "icon": "table", "also": ("leader_rows",)},
    {
        "order": 35,
        "url": "paper_list",
        "label": gettext_noop("文书"),
        "icon": "files",
        "also": ("attachment5",),
        "levels": ABOVE_VILLAGES,
    },
]
