"""Who may open which page of this feature."""

from anwang.domain.base import ALLOWED, Actor, Decision, Level, Role, gettext_noop, refuse

LEADERS = frozenset({Role.LEADER, Role.OFFICE})
#: Papers carry phones and names in full: for those who answer for a township, county or the city.
ABOVE_VILLAGES = {Level.CITY, Level.COUNTY, Level.TOWNSHIP}
PAGES = (
    dict.fromkeys(
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
    | {
        "enterprise_file": frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE, Role.DEPARTMENT}),
    }
    | dict.fromkeys(
        (
            "evaluation_add",
            "evaluation_withdraw",
            "evaluation_restore",
            "evaluation_import",
            "evaluation_preview",
            "evaluation_apply",
            "evaluation_discard",
            "evaluation_undo",
            "evaluation_errors",
            "evaluation_template",
        ),
        frozenset({Role.OFFICE}),
    )
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
    {
        "order": 42,
        "url": "evaluation_import",
        "label": gettext_noop("全要素评价"),
        "icon": "clipboard-check",
        "also": ("evaluation_preview",),
    },
]


def may_import(actor: Actor) -> Decision:
    """An office takes over sheets of evaluations, of the enterprises of its own territory."""
    if actor.has(Role.OFFICE):
        return ALLOWED
    return refuse("not_office", gettext_noop("评价结果由办公室登记，请与本级办公室联系。"))


def may_evaluate(actor: Actor, place: int | None) -> Decision:
    """The office of a place keeps the results of evaluations. `place` None: the enterprise is not to be seen."""
    if place is None or not actor.territory.covers(place):
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    return may_import(actor)
