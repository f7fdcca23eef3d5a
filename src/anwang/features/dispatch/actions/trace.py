"""What every act on a task shares: the lock, the change of state by compare-and-set, the trace."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from anwang.domain.base import Actor, Level, Refusal, gettext_noop
from anwang.domain.calendar import SHANGHAI, local_day
from anwang.domain.tasks.budget import Hop
from anwang.domain.tasks.states import State, may_become, sources
from anwang.features.audit import actions as audit
from anwang.features.policies import queries as policies

from .. import queries
from ..models import Receipt, Task, TaskEvent

#: What happened, in words; the kinds of events.
KINDS = {
    "issued": gettext_noop("下达"),
    "received": gettext_noop("签收"),
    "progress": gettext_noop("办理情况"),
    "handed": gettext_noop("转办下级"),
    "returned": gettext_noop("退回"),
    "corrected": gettext_noop("更正后重新下达"),
    "resent": gettext_noop("改派"),
    "withdrawn": gettext_noop("收回"),
    "asked": gettext_noop("申请延期"),
    "approved": gettext_noop("批准延期"),
    "refused": gettext_noop("未批准延期"),
    "lifted": gettext_noop("完成期限随下级延期顺延"),
    "done": gettext_noop("办结"),
    "rolled": gettext_noop("下级全部办结"),
    "covered": gettext_noop("他人已办结"),
    "accepted": gettext_noop("核收"),
    "retracted": gettext_noop("撤销办结"),
    "redo": gettext_noop("退回重办"),
    "reopened": gettext_noop("下级重办，恢复办理"),
    "uncovered": gettext_noop("他人撤销办结，恢复办理"),
    "owed": gettext_noop("督导记录已撤回，恢复办理"),
    "urged": gettext_noop("催办"),
    "followed": gettext_noop("随包保关系移交"),
    "finished": gettext_noop("任务全部办结"),
}


def locked(task_id: int) -> Task:
    """The task's row, held to the end of the transaction: of two acts on one task the second sees the first."""
    return Task.objects.select_for_update().get(id=task_id)


def seen(receipt_id: int, by: Actor) -> Receipt | None:
    """A receipt that the actor may see, read under the lock of its task."""
    found = queries.find_receipt(receipt_id, by=by)
    if found is None:
        return None
    locked(found.task_id)
    return queries.find_receipt(receipt_id, by=by)


def move(receipt: Receipt, to: State, **columns: Any) -> None:
    """Compare and set: only from a state that leads there by working on. Refuses task_moved_on."""
    rows = Receipt.objects.filter(id=receipt.id, state__in=[state.value for state in sources(to)])
    _set(receipt, rows, to, columns)


def move_back(receipt: Receipt, to: State, *, since: State, **columns: Any) -> None:
    """Compare and set: an end is taken back as it was seen, accepted or not. Refuses task_moved_on."""
    rows = Receipt.objects.filter(id=receipt.id, state=since, accepted_at=receipt.accepted_at)
    _set(receipt, rows, to, {"ended_at": None, "accepted_at": None, "accepted_by": "", **columns})


def _set(receipt: Receipt, rows: Any, to: State, columns: dict[str, Any]) -> None:
    if not rows.update(state=to, **columns):
        now = Receipt.objects.values_list("state", flat=True).get(id=receipt.id)
        raise Refusal.of(may_become(State(now), to))
    receipt.state = to
    for name, value in columns.items():
        setattr(receipt, name, value)


def tell(
    by: Actor, now: datetime, kind: str, receipt: Receipt | None, text: str = "", *, task: Task | None = None,
    **data: Any,
) -> None:  # fmt: skip
    """Add an event to the task's trace and to the audit trail."""
    task = task or (receipt.task if receipt else None)
    if task is None:
        raise ValueError("an event belongs to a task")
    TaskEvent.objects.create(task=task, receipt=receipt, kind=kind, at=now, by=by.name[:60], text=text[:500])
    target = f"receipt:{receipt.id}" if receipt else f"task:{task.id}"
    audit.record(by=by, now=now, action=f"task.{kind}", target=target, chain=task.county, task=task.id, **data)


def written(text: str, code: str, sentence: str, most: int) -> str:
    """A text that must be there and fit; never cut."""
    text = text.strip()
    if not text:
        raise Refusal(code, sentence)
    if len(text) > most:
        raise Refusal("text_long", gettext_noop("内容超过 %(most)s 字，请精简。"), most=most)
    return text


def hop(level: str, arrived: datetime, due: date) -> Hop:
    """The time of one level, with the share that the policy in force on the arrival lets it keep."""
    day = local_day(arrived)
    days = max(0, (due - day).days)
    return Hop(day, due, policies.current().budget(day).may_keep(Level(level), days))


def is_late(task: Task, receipt: Receipt, now: datetime) -> bool:
    """After the last day; on the last day of all after its hour, where one is set."""
    day = local_day(now)
    if day != receipt.due or task.due_time is None or receipt.due != task.due:
        return day > receipt.due
    return now.astimezone(SHANGHAI).time() > task.due_time
