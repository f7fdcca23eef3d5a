"""Who may open which page: anybody reports, desks above handle, the offices of city and county unseal by two."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

LINE, OFFICE = frozenset({Role.LEADER, Role.OFFICE}), frozenset({Role.OFFICE})
PAGES: dict[str, frozenset[Role] | str] = {
    "report_start": "anyone",
    "report_new": "anyone",
    "report_follow": "anyone",
    "report_list": LINE,
    "report_words": OFFICE,
    "report_words_of": OFFICE,
    "report_call": OFFICE,
    "report_photo": LINE,
    "report": LINE,
    "report_accept": LINE,
    "report_ask": LINE,
    "report_answer": LINE,
    "report_close": LINE,
    "report_problem": LINE,
    "report_followed": LINE,
    "report_unsealings": OFFICE,
    "report_unsealing": OFFICE,
    "report_unsealing_show": OFFICE,
}
MENU = [
    {"order": 57, "url": "report_list", "label": gettext_noop("举报"), "icon": "shield-lock",
     "also": ("report", "report_words", "report_words_of", "report_call", "report_unsealings", "report_unsealing")},
]  # fmt: skip


def may_record(by: Actor) -> Decision:
    """An office takes calls down."""
    if by.has(Role.OFFICE) and by.person_id:
        return ALLOWED
    return refuse("not_office", gettext_noop("电话举报由办公室登记。"))


def may_handle(handles: bool) -> Decision:
    """Only whoever it was sent to; to all others it does not exist."""
    return ALLOWED if handles else refuse("not_found", gettext_noop("没有这件举报，或它不由您办理。"))
