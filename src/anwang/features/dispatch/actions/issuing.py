"""Issuing a task: tens of thousands of receipts in a few statements, and what it owes at enterprises in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from anwang.adapters.bulk import insert_many
from anwang.domain.base import Actor, Refusal, Report, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import Mode, State
from anwang.features.duties import actions as duties
from anwang.features.grid import queries as grid

from .. import queries
from ..models import Receipt, Task, TaskFirm
from ..permissions import NOT_FOUND, owns
from ..queries.reach import Addressee, reach
from .trace import hop, locked, tell

COLUMNS = [field.attname for field in Receipt._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def issue(*, by: Actor, now: datetime, task_id: int, report: Report = lambda *_: None) -> dict[str, int]:
    """Send a draft out, once. Returns receipts, firms, missed.

    Refusals: not_found, task_issued, due_past, nobody_reached.
    """
    task = queries.find_task(task_id, by=by)
    if task is None or not owns(by, task):
        raise Refusal("not_found", NOT_FOUND)
    task, day = locked(task.id), local_day(now)
    if task.given_due < day:
        raise Refusal("due_past", gettext_noop("完成期限 %(due)s 已经过去。"), due=task.given_due)
    if not Task.objects.filter(id=task.id, state=Stage.DRAFT).update(state=Stage.ISSUED, issued_at=now):
        raise Refusal("task_issued", gettext_noop("任务已经下达，不能再改；可以撤回后重新下达。"))
    report(0, 3, gettext_noop("确定承办人"))
    found = reach(task.targets, by=by, on=day)
    if not found.to:
        raise Refusal("nobody_reached", gettext_noop("按现在的选择没有人会收到任务，请重新选择承办人。"))
    report(1, 3, gettext_noop("生成回执"))
    send(task, None, found.to, by=by, now=now, due=task.given_due)
    report(2, 3, gettext_noop("记入应尽职责"))
    firms = _bind_firms(task, found.to, by, now)
    text = "；".join(str(reason) for reason in found.missed)
    tell(by, now, "issued", None, text, task=task, receipts=len(found.to), firms=firms, due=task.due)
    report(3, 3, "")
    return {"receipts": len(found.to), "firms": firms, "missed": len(found.missed)}


def send(
    task: Task, parent: Receipt | None, to: Sequence[Addressee], *, by: Actor, now: datetime, due: Any, note: str = ""
) -> int:
    """Write a receipt for each of them, inside the act's transaction; returns how many."""
    common = {
        "task_id": task.id, "parent_id": parent.id if parent else None, "from_person_id": by.person_id,
        "from_unit": parent.unit if parent else task.unit, "from_name": by.name[:60], "note": note, "arrived_at": now,
        "due": due, "mode": Mode.ALL.value, "state": State.ISSUED.value, "kept_over": 0, "late": False, "result": "",
        "back_reason": "", "extended": 0, "accepted_by": "", "redone": 0, "redo_reason": "",
    }  # fmt: skip
    last = {level: hop(level, now, due).keep_until for level in {each.level for each in to}}
    return insert_many(Receipt, COLUMNS, (_values(common, each, last[each.level]) for each in to))


def _values(common: dict[str, Any], each: Addressee, keep_until: Any) -> list[Any]:
    county, township = grid.facts_of(each.unit)
    row = common | {
        "person_id": each.person, "post_id": each.post, "as_unit": each.as_unit, "unit": each.unit,
        "level": each.level, "county": county, "township": township, "keep_until": keep_until,
        "firms": len(each.firms),
    }  # fmt: skip
    return [row.get(name) for name in COLUMNS]


def _bind_firms(task: Task, to: Iterable[Addressee], by: Actor, now: datetime) -> int:
    """Which enterprise stands on whose receipt, and what is owed there (N7.8)."""
    wanted = [each for each in to if each.firms]
    if not wanted:
        return 0
    keys = {(person, unit): key for key, person, unit in task.receipts.values_list("id", "person_id", "unit")}
    rows = [(task.id, keys[each.person, each.unit], firm) for each in wanted for firm in each.firms]
    insert_many(TaskFirm, ("task_id", "receipt_id", "enterprise_id"), rows)
    owed = (duties.TaskDuty(firm, each.person, each.post) for each in wanted for firm in each.firms)
    return duties.open_task_duties(by=by, now=now, number=task.id, due=task.given_due, rows=owed)
