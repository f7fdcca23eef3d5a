"""Who may open which page, and who may record what."""

from __future__ import annotations

from datetime import date

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse
from anwang.features.assignments import queries as assignments

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
PAGES: dict[str, frozenset[Role] | str] = {}


def may_record(actor: Actor, person: int, enterprise: int, visible: bool, on: date) -> Decision:
    """The supervisors of the enterprise record what they did; an office or leader may enter a paper record for them."""
    if not visible:
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    if not assignments.is_bound(person, enterprise, on=on) and not actor.has(Role.OFFICE, Role.LEADER):
        return refuse("not_yours", gettext_noop("这家企业不由您包保，不能登记。如有变动，请联系本级网格长。"))
    if actor.person_id != person and not actor.has(Role.OFFICE, Role.LEADER):
        return refuse("not_yours", gettext_noop("只能登记本人的履职；代录请由办公室或网格长进行。"))
    return ALLOWED
