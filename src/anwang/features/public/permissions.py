"""Who may open which page of this feature, and who publishes."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

OFFICE = frozenset({Role.OFFICE})
PAGES: dict[str, frozenset[Role] | str] = {
    "public_home": "anyone",
    "public_search": "anyone",
    "public_notice": "anyone",
    "public_paper_list": "anyone",
    "public_paper_file": "anyone",
    "public_roster_list": "anyone",
    "public_roster": "anyone",
    "robots": "anyone",
    "publication_list": OFFICE,
    "publication_new": OFFICE,
    "publication_withdraw": OFFICE,
    "publication_restore": OFFICE,
}
MENU = [
    {"order": 36, "url": "publication_list", "label": gettext_noop("信息公开"), "icon": "speakerphone",
     "also": ("publication_new",)},
]  # fmt: skip


def may_publish(actor: Actor, unit: int | None) -> Decision:
    """The office of a place publishes for it. `unit` None: not to be seen."""
    if unit is None or not actor.territory.covers(unit):
        return refuse("not_found", gettext_noop("没有找到，或它不在您的网格内。"))
    if not actor.has(Role.OFFICE):
        return refuse("not_office", gettext_noop("由办公室公开，请与本级办公室联系。"), clause="公开")
    return ALLOWED
