"""催办: at most once a day and receipt, seen by the person on the task itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import IN_HAND, State

from .. import permissions, queries
from ..models import Receipt, TaskEvent
from .notifying import tell_urged
from .trace import locked, seen, tell

ACTIVE = (*IN_HAND, State.HANDED)


@transaction.atomic
def urge(*, by: Actor, now: datetime, receipt_id: int) -> Receipt:
    """Remind one person. Refusals: not_found, not_sender, task_over, urged_today."""
    row = seen(receipt_id, by)
    if row is None or not permissions.owns(by, row.task):
        decision = permissions.must_hand(by, row)
        if row is None or not decision:
            raise Refusal.of(decision)
    if row.state not in ACTIVE:
        raise Refusal("task_over", gettext_noop("这份回执不在承办人手里，不用催办。"))
    day = local_day(now)
    if not Receipt.objects.filter(_not_urged(day), id=row.id).update(urged_on=day):
        raise Refusal("urged_today", gettext_noop("今天已经催办过，同一份回执一天只能催办一次。"))
    tell(by, now, "urged", row)
    tell_urged(by, now, [row])
    return row


@transaction.atomic
def urge_all(*, by: Actor, now: datetime, task_id: int) -> int:
    """Remind everybody who has the task in hand and was not reminded today. Returns how many. Refusals: not_found,
    not_sender, task_over, nobody_to_urge."""
    task = queries.find_task(task_id, by=by)
    if task is None:
        raise Refusal("not_found", permissions.NOT_FOUND)
    if not permissions.owns(by, task):
        raise Refusal("not_sender", gettext_noop("只有下达或转办这项任务的人才能这样做。"))
    task, day = locked(task.id), local_day(now)
    if task.state != Stage.ISSUED:
        raise Refusal("task_over", gettext_noop("任务没有在办理，不用催办。"))
    rows = Receipt.objects.filter(_not_urged(day), task=task, state__in=IN_HAND)
    urged = list(rows.select_related("task"))
    if not urged:
        raise Refusal("nobody_to_urge", gettext_noop("没有可催办的：未办结的今天都已催办过。"))
    Receipt.objects.filter(_not_urged(day), task=task, state__in=IN_HAND).update(urged_on=day)
    tell_urged(by, now, urged)
    events = (TaskEvent(task=task, receipt_id=row.id, kind="urged", at=now, by=by.name[:60]) for row in urged)
    TaskEvent.objects.bulk_create(events, batch_size=1000)
    tell(by, now, "urged", None, task=task, receipts=len(urged))
    return len(urged)


def _not_urged(day: object) -> Q:
    return Q(urged_on=None) | Q(urged_on__lt=day)
