"""Long work on tasks."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from anwang.adapters.xlsx.kept import kept_table
from anwang.domain.base import Refusal, Report, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.grid import actions as grid_actions
from anwang.features.grid import queries as grid

from . import actions, queries
from .permissions import NOT_FOUND
from .queries.sheet import plan_tasks


def issue(report: Report, work: Any, *, task_id: int) -> dict[str, Any]:
    """Send a task out to very many."""
    now = timezone.now()
    return dict(actions.issue(by=grid.starter(work, now=now), now=now, task_id=task_id, report=report))


def export(report: Report, work: Any, *, task_id: int, state: str) -> dict[str, Any]:
    """The receipts of a task as a table to fetch."""
    now = timezone.now()
    by, today = grid.starter(work, now=now), local_day(now)
    task = queries.find_task(task_id, by=by)
    if task is None:
        raise Refusal("not_found", NOT_FOUND)
    name = f"{queries.export_title(task)}-{today:%Y%m%d}.xlsx"
    write = partial(queries.write_receipts, task=task, by=by, state=state, on=today, report=report)
    return kept_table(name, write)


def issue_sheet(report: Report, work: Any, *, upload_id: int) -> dict[str, Any]:
    """Issue the sound rows of an uploaded sheet, once: the upload is taken. Cut off halfway it is uploaded again;
    what was issued is known then."""
    now = timezone.now()
    by = grid.starter(work, now=now)
    kept = grid_actions.take_upload(by=by, now=now, upload_id=upload_id)
    if kept is None:
        raise Refusal("upload_gone", gettext_noop("上传的表格已经处理或过期，请重新上传。"))
    plan = plan_tasks(kept[1], by=by, on=local_day(now), own=True)
    counts = actions.issue_sheet(by=by, now=now, plan=plan, sheet=work.id, report=report)
    return {**counts, "sheet": str(work.id)}
