"""Issuing a sheet of tasks: each sound row as a task, once however often the sheet is sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.domain.base import Actor, Reason, Refusal, Report, gettext_noop
from anwang.domain.roster.rows import CellFault
from anwang.features.audit import actions as audit

from .. import queries
from ..models import Task
from ..queries.sheet import TaskPlan, TaskSheet
from .drafting import TaskData, draft
from .handing import withdraw
from .issuing import issue


def issue_sheet(
    *, by: Actor, now: datetime, plan: TaskSheet, sheet: UUID | None = None, report: Report = lambda *_: None
) -> dict[str, int]:
    """Issue the sound rows. Returns rows, issued, unchanged, errors, receipts. A row that is refused becomes an error
    with its reason; each row is a transaction of its own. `sheet` names them for `withdraw_sheet`."""
    rows = [row for row in plan.rows if row.do == "issued"]
    receipts = 0
    for number, row in enumerate(rows):
        report(number, len(rows), row.row.text("title"))
        try:
            receipts += _issue(row, now, sheet)
        except Refusal as refusal:
            reason = Reason(refusal.code, refusal.text, refusal.params)
            row.row.faults.append(CellFault("title", plan.sheet.header.column("title"), reason))
    counts = {**plan.counts, "receipts": receipts}
    audit.record(by=by, now=now, action="task.sheet", counts=counts)
    report(len(rows), len(rows), "")
    return counts


@transaction.atomic
def _issue(plan: TaskPlan, now: datetime, sheet: UUID | None) -> int:
    row, by = plan.row, plan.by
    if by is None:
        raise ValueError("a row without a unit is not issued")
    data = TaskData(
        title=row.text("title"), requirement=row.text("requirement"), due=row["due"], targets=plan.targets,
        mode=plan.mode, due_time=plan.due_time,
    )  # fmt: skip
    task = draft(by=by, now=now, data=data)
    Task.objects.filter(id=task.id).update(sheet=sheet)
    return issue(by=by, now=now, task_id=task.id)["receipts"]


@transaction.atomic
def withdraw_sheet(*, by: Actor, now: datetime, sheet: UUID, reason: str) -> int:
    """撤回 all tasks of a sheet that still run, as if one by one. Returns how many. Refusals: sheet_over, those of
    `withdraw`."""
    tasks = list(queries.running_of_sheet(by, sheet))
    if not tasks:
        raise Refusal("sheet_over", gettext_noop("这张表下达的任务没有在办理的，不用撤回。"))
    for task in tasks:
        withdraw(by=by, now=now, task_id=task.id, reason=reason)
    return len(tasks)
