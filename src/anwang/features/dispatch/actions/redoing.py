"""Taking a "done" back, by the doer or by a sender: the work, the ledger, the fellows and the levels above follow.

No deadline moves and nothing is forgotten: what was told stays in the trace, how often it happened on the receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.redoing import may_redo, may_retract, restored
from anwang.domain.tasks.states import State
from anwang.features.duties import actions as duties
from anwang.features.policies import queries as policies

from .. import permissions
from ..models import Receipt, Task
from ..queries.redoing import own_records, standing_of
from ..queries.visible import chain_of
from .notifying import tell_redo, tell_retracted
from .trace import move_back, seen, tell, written

MISTAKE = gettext_noop("误报办结，撤销。")


@transaction.atomic
def retract(*, by: Actor, now: datetime, receipt_id: int, firms: Sequence[int] | None = None) -> Receipt:
    """撤销办结 by the one who has it. `firms`: at which enterprises it is not done, None for all recorded here.

    Refusals: not_found, not_yours, those of `domain.tasks.redoing.may_retract`, records_elsewhere.
    """
    row = seen(receipt_id, by)
    insist(permissions.must_hold(by, row))
    assert row is not None
    day = local_day(now)
    insist(may_retract(standing_of(row), day, policies.current().budget(day).retract_days))
    _void(by, now, row, firms, MISTAKE)
    open_again(row, by, now, "retracted", row.result)
    tell_retracted(by, now, row)
    return row


@transaction.atomic
def redo(
    *, by: Actor, now: datetime, receipt_id: int, reason: str, firms: Sequence[int] | None = None
) -> Receipt:  # fmt: skip
    """退回重办 by whoever handed it down, a level above that, or the issuer. What a higher level accepted that level
    reopens. Refusals: not_found, not_sender, reason_missing, those of `may_redo`, records_elsewhere."""
    row = seen(receipt_id, by)
    below = permissions.levels_below(by, row) if row else None
    if row is None or below is None:
        insist(permissions.must_hand(by, row))
        raise Refusal("not_found", permissions.NOT_FOUND)
    reason = written(reason, "reason_missing", gettext_noop("请写明退回重办的原因。"), 200)
    insist(may_redo(standing_of(row, chain_of(row)[below:])))
    _void(by, now, row, firms, reason)
    open_again(row, by, now, "redo", reason, reason=reason)
    tell_redo(by, now, row, reason)
    return row


def open_again(row: Receipt, by: Actor, now: datetime, kind: str, text: str, reason: str = "") -> None:
    """The receipt is in hand again, its fellows too where it had done it for all; so are the levels above."""
    ended, told = row.ended_at, row.result
    move_back(row, State.WORKING, since=State.DONE, late=False, result="", redone=row.redone + 1, redo_reason=reason)
    tell(by, now, kind, row, text, was_ended=ended, was_late=row.late, said=told[:200])
    _wake(row, ended, by, now)


def _wake(row: Receipt, ended: Any, by: Actor, now: datetime) -> None:
    """What had ended with this receipt goes on."""
    _uncover(row, ended, by, now)
    parent = Receipt.objects.select_related("task").get(id=row.parent_id) if row.parent_id else None
    if parent is None:
        Task.objects.filter(id=row.task_id, state=Stage.FINISHED).update(state=Stage.ISSUED, finished_at=None)
    elif parent.state == State.DONE:
        before = parent.ended_at
        move_back(parent, State.HANDED, since=State.DONE, late=False, result="")
        tell(by, now, "reopened", parent)
        _wake(parent, before, by, now)


def _uncover(row: Receipt, ended: Any, by: Actor, now: datetime) -> None:
    """One-must: nobody has done it for all any more; whom it had covered has it again."""
    above: Any = Receipt.objects.filter(id=row.parent_id) if row.parent_id else Task.objects.filter(id=row.task_id)
    if above.filter(settled_by=row.id).update(settled_by=None):
        covered = Receipt.objects.filter(task_id=row.task_id, state=State.COVERED, ended_at=ended)
        for each in covered.select_related("task").exclude(id=row.id):
            to = restored(received=bool(each.received_at), handed=bool(each.handed_at), returned=bool(each.back_reason))
            move_back(each, to, since=State.COVERED)
            tell(by, now, "uncovered", each)


def _void(by: Actor, now: datetime, row: Receipt, firms: Sequence[int] | None, reason: str) -> None:
    """Withdraw the records by which enterprises were done: they owe it again, on the day they always did."""
    if not row.firms:
        return
    records = own_records(row)
    chosen = _chosen(records.values(), firms)
    if not chosen:
        text = gettext_noop("所涉企业是随其他督导记录完成的，请撤回那条督导记录，任务随之恢复办理。")
        raise Refusal("records_elsewhere", text)
    for each in chosen:
        duties.void_contact(by=by, now=now, contact_id=each.contact, reason=reason)


def _chosen(records: Iterable[Any], firms: Sequence[int] | None) -> list[Any]:
    own = [each for each in records if each.alone]
    return own if firms is None else [each for each in own if each.enterprise in set(firms)]
