"""Who may open which page, and who may plan, adopt, sign, record: asked by buttons and by actions."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Right, Role, gettext_noop, refuse

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
LINE = frozenset({Role.LEADER, Role.OFFICE})

PAGES: dict[str, frozenset[Role] | str] = {
    "assign_plan": LINE,
    "assign_propose": LINE,
    "plan": LINE,
    "plan_resolve": LINE,
    "plan_adopt": LINE,
    "plan_undo": LINE,
    "plan_pair": LINE,
    "pair_end": LINE,
    "coverage": LINE,
    "coverage_names": LINE,
    "assignment_history": FIELD | {Role.PRINCIPAL},
    "assignment_change": LINE,
    "commitment_list": FIELD,
    "commitment": FIELD | {Role.PRINCIPAL},
    "commitment_sign": FIELD,
    "commitment_paper": FIELD,
    "commitment_record": FIELD,
    "commitment_withdraw": FIELD,
    "commitment_file": FIELD | {Role.PRINCIPAL},
    "commitment_batch": FIELD,
    "posting_list": FIELD,
    "posting": FIELD | {Role.PRINCIPAL},
    "posting_confirm": FIELD | {Role.PRINCIPAL},
    "posting_withdraw": FIELD | {Role.PRINCIPAL},
    "posting_file": FIELD | {Role.PRINCIPAL},
    "posting_photo": FIELD | {Role.PRINCIPAL},
    "posting_batch": FIELD,
    "papers_file": FIELD,
}
MENU = [
    {"order": 20, "url": "assign_plan", "label": gettext_noop("包保分配"), "icon": "git-fork", "roles": LINE,
     "also": ("plan", "plan_pair", "assignment_history", "assignment_change")},
    {"order": 25, "url": "commitment_list", "label": gettext_noop("承诺书与公示"), "icon": "signature", "roles": FIELD,
     "also": ("commitment", "posting_list", "posting")},
    {"order": 28, "url": "coverage", "label": gettext_noop("覆盖"), "icon": "circle-check", "roles": LINE,
     "also": ("coverage_names",)},
]  # fmt: skip


def may_plan(by: Actor, unit: int) -> Decision:
    """The office or the leader of a unit divides the work of this unit and of those below (二.2)."""
    if by.has(*LINE) and by.territory.covers(unit):
        return ALLOWED
    return refuse("not_your_unit", gettext_noop("只有本级或上级的办公室、网格长可以分配这个网格的包保工作。"))


def may_sign(by: Actor, person: int) -> Decision:
    """A commitment is signed by the person who makes it and by nobody else (三.2)."""
    if by.person_id is not None and by.person_id == person:
        return ALLOWED
    return refuse("not_yours", gettext_noop("承诺书只能由承诺人本人签署；纸质签署请由办公室登记。"))


def may_record_paper(by: Actor, person: int, place: int) -> Decision:
    """A signature on paper is recorded by the person or by the office or leader of the place."""
    if by.person_id == person or (by.has(*LINE) and by.territory.covers(place)):
        return ALLOWED
    return refuse("not_yours", gettext_noop("纸质签署由承诺人本人或所在网格的办公室、网格长登记。"))


def may_confirm_posting(by: Actor, person: int, enterprise: int, place: int) -> Decision:
    """That a notice sheet hangs is confirmed by its supervisor, the enterprise's principal, the office or leader."""
    own = by.has(Role.PRINCIPAL) and by.given(Right.NOTICES) and enterprise in by.territory.enterprises
    if own or by.person_id == person or (by.has(*LINE) and by.territory.covers(place)):
        return ALLOWED
    return refuse("not_yours", gettext_noop("公示由包保人、企业或所在网格的办公室、网格长确认。"))
