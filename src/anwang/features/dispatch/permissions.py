"""Who may open which page, and who arranges, holds and decides what."""

from __future__ import annotations

from typing import Protocol

from anwang.domain.base import ALLOWED, Actor, Decision, Role, gettext_noop, refuse

from .models import Receipt
from .queries.visible import LINE, chain_of

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE, Role.DEPARTMENT})
PAGES: dict[str, frozenset[Role] | str] = {
    "task_mine": FIELD,
    "task_receipt": FIELD,
    "task_receive": FIELD,
    "task_progress": FIELD,
    "task_done": FIELD,
    "task_retract": FIELD,
    "task_back": FIELD,
    "task_extend": FIELD,
    "task_hand": LINE,
    "task_file": FIELD,
    "task_below": FIELD,
    "task_detail": FIELD,
    "task_export": FIELD,
    "task_issued": LINE,
    "task_new": LINE,
    "task_edit": LINE,
    "task_targets": LINE,
    "task_preview": LINE,
    "task_issue": LINE,
    "task_drop": LINE,
    "task_file_drop": LINE,
    "task_withdraw": LINE,
    "task_urge_all": LINE,
    "task_urge": LINE,
    "task_correct": LINE,
    "task_resend": LINE,
    "task_take_back": LINE,
    "task_sheet": LINE,
    "task_sheet_template": LINE,
    "task_sheet_preview": LINE,
    "task_sheet_confirm": LINE,
    "task_sheet_errors": LINE,
    "task_sheet_withdraw": LINE,
    "task_accept": LINE,
    "task_accept_all": LINE,
    "task_redo": LINE,
    "task_decide": LINE,
}
MENU = [
    {"order": 16, "url": "task_mine", "label": gettext_noop("我的任务"), "icon": "clipboard-list", "roles": FIELD,
     "also": ("task_receipt", "task_hand")},
    {"order": 18, "url": "task_issued", "label": gettext_noop("下达任务"), "icon": "send", "roles": LINE,
     "also": ("task_detail", "task_new", "task_edit", "task_preview", "task_sheet", "task_sheet_preview")},
]  # fmt: skip


class Held(Protocol):
    """What the rules read of a receipt."""

    person_id: int
    as_unit: bool
    unit: int
    from_person_id: int | None
    from_unit: int


class Arranged(Protocol):
    """What the rules read of a task."""

    person_id: int | None
    unit: int


def may_arrange(actor: Actor) -> Decision:
    """Leaders and offices arrange tasks in their territory (四.2)."""
    if actor.has(*LINE):
        return ALLOWED
    return refuse("not_leader", gettext_noop("任务由网格长或办公室下达。"))


def owns(actor: Actor, task: Arranged) -> bool:
    """The one who arranged it, or a leader or office of the same unit."""
    return _same(actor, task.person_id) or _for_unit(actor, task.unit)


def holds(actor: Actor, receipt: Held) -> bool:
    """The one it was handed to; where it was handed to a unit, also its other leaders and its office."""
    return _same(actor, receipt.person_id) or (receipt.as_unit and _for_unit(actor, receipt.unit))


def hands(actor: Actor, receipt: Held) -> bool:
    """The one who handed it down, or a leader or office of the same unit."""
    return _same(actor, receipt.from_person_id) or _for_unit(actor, receipt.from_unit)


def levels_below(actor: Actor, receipt: Receipt) -> int | None:
    """How many levels of a receipt's chain, from itself up, lie below the actor as a sender: all of them for whoever
    arranged the task, None for who is no sender of it."""
    chain = chain_of(receipt)
    if owns(actor, receipt.task):
        return len(chain)
    return max((level for level, row in enumerate(chain, 1) if hands(actor, row)), default=None)


def _same(actor: Actor, person: int | None) -> bool:
    return person is not None and actor.person_id == person


def _for_unit(actor: Actor, unit: int) -> bool:
    return actor.unit == unit and actor.has(*LINE)


def must_hold(actor: Actor, receipt: Held | None) -> Decision:
    """Acts of the person who has it."""
    if receipt is None:
        return refuse("not_found", NOT_FOUND)
    if not holds(actor, receipt):
        return refuse("not_yours", gettext_noop("这项任务不由您承办。"))
    return ALLOWED


def must_hand(actor: Actor, receipt: Held | None) -> Decision:
    """Acts of whoever handed it down."""
    if receipt is None:
        return refuse("not_found", NOT_FOUND)
    if not hands(actor, receipt):
        return refuse("not_sender", gettext_noop("只有下达或转办这项任务的人才能这样做。"))
    return ALLOWED


NOT_FOUND = gettext_noop("没有找到这项任务，或它不在您的网格内。")
