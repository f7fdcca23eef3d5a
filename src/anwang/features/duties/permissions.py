"""Who may open which page, and who may record, withdraw, waive what."""

from __future__ import annotations

from datetime import date

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse
from anwang.domain.duties.timing import LONGEST_OFFLINE
from anwang.features.assignments import queries as assignments

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
LINE = frozenset({Role.LEADER, Role.OFFICE})
READERS = FIELD | {Role.PRINCIPAL}
PAGES: dict[str, frozenset[Role] | str] = {
    "duty_home": FIELD,
    "duty_list": FIELD,
    "obligation_detail": READERS,
    "obligation_waive": LINE,
    "obligation_unwaive": LINE,
    "obligation_unable": FIELD,
    "obligation_able": FIELD,
    "contact_new": FIELD,
    "contact_duties": FIELD,
    "contact_list": READERS,
    "contact_detail": READERS,
    "contact_void": FIELD,
    "contact_undo": FIELD,
    "contact_photos": FIELD,
    "contact_photo": READERS,
    "contact_photo_small": READERS,
    "contact_photo_drop": FIELD,
    "contact_photo_add": FIELD,
    "record_import": FIELD,
    "record_preview": FIELD,
    "record_confirm": FIELD,
    "record_template": FIELD,
    "record_unsent": FIELD,
    "record_errors": FIELD,
}
MENU = [
    {"order": 10, "url": "duty_home", "label": gettext_noop("我的履职"), "icon": "checklist",
     "roles": frozenset({Role.SUPERVISOR}), "also": ("obligation_detail",)},
    {"order": 12, "url": "contact_list", "label": gettext_noop("督导记录"), "icon": "notes",
     "also": ("contact_detail", "contact_new", "record_import", "record_preview")},
    {"order": 14, "url": "duty_list", "label": gettext_noop("应尽职责"), "icon": "list-details", "roles": LINE},
]  # fmt: skip


def may_record(actor: Actor, person: int, enterprise: int, visible: bool, on: date) -> Decision:
    """The supervisors of the enterprise record what they did; an office or leader may enter a paper record for them."""
    if not visible:
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    if not assignments.is_bound(person, enterprise, on=on) and not actor.has(Role.OFFICE, Role.LEADER):
        return refuse("not_yours", gettext_noop("这家企业不由您包保，不能登记。如有变动，请联系本级网格长。"))
    if actor.person_id != person and not actor.has(Role.OFFICE, Role.LEADER):
        return refuse("not_yours", gettext_noop("只能登记本人的履职；代录请由办公室或网格长进行。"))
    return ALLOWED


def day_to_judge(person: int, enterprise: int, occurred_on: date, today: date) -> date:
    """The day on which a person must be bound: today, or that of the work when its record had to wait for a network."""
    if today - LONGEST_OFFLINE <= occurred_on < today and not assignments.is_bound(person, enterprise, on=today):
        return occurred_on
    return today


def may_void(actor: Actor, person: int | None) -> Decision:
    """Who made a record withdraws it, or the office or leader of the place. `person` None: not to be seen."""
    if person is None:
        return refuse("not_found", gettext_noop("没有找到这条记录，或它不在您的网格内。"))
    if actor.person_id != person and not actor.has(Role.OFFICE, Role.LEADER):
        return refuse("not_yours", gettext_noop("只能撤回本人的记录；其他人的请由办公室或网格长撤回。"))
    return ALLOWED


def may_add_photo(actor: Actor, person: int | None) -> Decision:
    """Who made a record adds and withdraws its photos, or the office or leader of the place."""
    if person is None:
        return refuse("not_found", gettext_noop("没有找到这条记录，或它不在您的网格内。"))
    if actor.person_id != person and not actor.has(Role.OFFICE, Role.LEADER):
        return refuse("not_yours", gettext_noop("只能为本人的记录增减照片。"))
    return ALLOWED


def may_waive(actor: Actor, visible: bool) -> Decision:
    """A leader or office frees a person of a duty, never the person alone."""
    if not visible:
        return refuse("not_found", gettext_noop("没有找到这项职责，或它不在您的网格内。"))
    if not actor.has(Role.OFFICE, Role.LEADER):
        return refuse("not_leader", gettext_noop("免除职责由本级网格长或办公室决定，请向其说明情况。"))
    return ALLOWED


def may_explain(actor: Actor, person: int | None) -> Decision:
    """The responsible person says 暂无法完成, or the office or leader for them."""
    if person is None:
        return refuse("not_found", gettext_noop("没有找到这项职责，或它不在您的网格内。"))
    if actor.person_id != person and not actor.has(Role.OFFICE, Role.LEADER):
        return refuse("not_yours", gettext_noop("这项职责由他人负责，不能代为说明。"))
    return ALLOWED
