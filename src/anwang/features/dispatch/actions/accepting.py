"""核收: the sender holds what was done for done. Nothing waits for it; from then on the doer takes nothing back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import State

from .. import permissions, queries
from ..models import Receipt, TaskEvent
from .trace import locked, seen, tell

_LATE = gettext_noop("没有可核收的：还没有人办结，或都已核收。")


@transaction.atomic
def accept(*, by: Actor, now: datetime, receipt_id: int) -> Receipt:
    """One receipt, once. Refusals: not_found, not_sender, nothing_to_accept."""
    row = seen(receipt_id, by)
    if row is None or not permissions.owns(by, row.task):
        insist(permissions.must_hand(by, row))
    assert row is not None
    rows = Receipt.objects.filter(id=row.id, state=State.DONE, accepted_at=None)
    if not rows.update(accepted_at=now, accepted_by=by.name[:60]):
        raise Refusal("nothing_to_accept", gettext_noop("这份回执没有办结，或已经核收，请刷新页面看最新情况。"))
    tell(by, now, "accepted", row)
    return row


@transaction.atomic
def accept_all(*, by: Actor, now: datetime, task_id: int) -> int:
    """All that is done of those whom the issuer addressed. Returns how many. Refusals: not_found, not_sender,
    nothing_to_accept."""
    task = queries.find_task(task_id, by=by)
    if task is None:
        raise Refusal("not_found", permissions.NOT_FOUND)
    if not permissions.owns(by, task):
        raise Refusal("not_sender", gettext_noop("只有下达或转办这项任务的人才能这样做。"))
    task = locked(task.id)
    rows = Receipt.objects.filter(task=task, parent=None, state=State.DONE, accepted_at=None)
    keys = list(rows.values_list("id", flat=True)) if task.state in (Stage.ISSUED, Stage.FINISHED) else []
    if not keys:
        raise Refusal("nothing_to_accept", _LATE)
    rows.update(accepted_at=now, accepted_by=by.name[:60])
    events = (TaskEvent(task=task, receipt_id=key, kind="accepted", at=now, by=by.name[:60]) for key in keys)
    TaskEvent.objects.bulk_create(events, batch_size=1000)
    tell(by, now, "accepted", None, task=task, receipts=len(keys))
    return len(keys)
