"""How an end spreads: one completes for all, the last completes what was handed down, what is taken back ends below."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.tasks.extension import Asked
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import OPEN, Mode, State
from anwang.features.duties import actions as duties

from ..models import Extension, Receipt, Task
from .trace import is_late, move, tell

ROLLED = gettext_noop("下级已全部办结。")
TAKEN_BACK = gettext_noop("任务收回")


def close_group(task: Task, receipt: Receipt, by: Actor, now: datetime) -> None:
    """After a receipt is done: what that means for its fellows, for the level above, for the task.

    One-must: the first takes it for all (compare-and-set), the others are covered; a second is refused task_settled.
    """
    parent = _parent(receipt)
    mode = Mode(parent.mode if parent else task.mode)
    if mode is Mode.ANY:
        _settle_for_all(task, parent, receipt)
        fellows = _group(task, parent).filter(state__in=OPEN).exclude(id=receipt.id)
        end_below(list(fellows), State.COVERED, by, now)
    settle_group(task, parent, by, now)


def settle_group(task: Task, parent: Receipt | None, by: Actor, now: datetime) -> None:
    """When nobody of a group has anything left: the level above is done, or has it in hand again if all was taken
    back; the task is finished when the first group is."""
    group = _group(task, parent)
    if group.filter(state__in=OPEN).exists():
        return
    done = group.filter(state=State.DONE).exists()
    if parent is None:
        if done and Task.objects.filter(id=task.id, state=Stage.ISSUED).update(state=Stage.FINISHED, finished_at=now):
            tell(by, now, "finished", None, task=task)
        return
    if parent.state != State.HANDED:
        return
    if done:
        move(parent, State.DONE, ended_at=now, late=is_late(task, parent, now), result=ROLLED)
        drop_requests([parent.id], now)
        tell(by, now, "rolled", parent, task=task)
        close_group(task, parent, by, now)
    else:
        move(parent, State.RECEIVED, handed_at=None)


def end_below(rows: Iterable[Receipt], to: State, by: Actor, now: datetime) -> int:
    """End receipts and everything that was handed down from them; returns how many. What they owe is waived."""
    count, level = 0, [row.id for row in rows]
    while level:
        found = Receipt.objects.filter(id__in=level, state__in=OPEN)
        firms = list(found.filter(firms__gt=0).values_list("task_firms__enterprise", "task_id"))
        below = list(Receipt.objects.filter(parent_id__in=level, state__in=OPEN).values_list("id", flat=True))
        count += found.update(state=to, ended_at=now)
        drop_requests(level, now)
        _release(firms, by, now)
        level = below
    return count


def _release(firms: list[tuple[Any, Any]], by: Actor, now: datetime) -> None:
    if firms:
        keys = [firm for firm, _task in firms if firm is not None]
        duties.close_task_duties(by=by, now=now, number=firms[0][1], reason=TAKEN_BACK, enterprises=keys)


def drop_requests(receipts: list[int], now: datetime) -> None:
    """A request for more time ends with its receipt."""
    rows = Extension.objects.filter(receipt_id__in=receipts, state=Asked.WAITING)
    rows.update(state=Asked.DROPPED, decided_at=now)


def _parent(receipt: Receipt) -> Receipt | None:
    """Read anew: an end may have changed it."""
    return Receipt.objects.get(id=receipt.parent_id) if receipt.parent_id else None


def _group(task: Task, parent: Receipt | None) -> Any:
    """Those to whom the same sender handed the same task."""
    return Receipt.objects.filter(task_id=task.id, parent=parent)


def _settle_for_all(task: Task, parent: Receipt | None, receipt: Receipt) -> None:
    rows: Any = Receipt.objects.filter(id=parent.id) if parent else Task.objects.filter(id=task.id)
    if not rows.filter(settled_by=None).update(settled_by=receipt.id):
        raise Refusal("task_settled", gettext_noop("这项任务已由其他承办人办结，您不用再办。"))
