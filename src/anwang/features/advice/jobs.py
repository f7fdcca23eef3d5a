"""Long work on notices."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from anwang.adapters.xlsx.kept import kept_table
from anwang.domain.base import Refusal, Report, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid

from . import actions, queries
from .queries.export import write_receipts


def issue(report: Report, work: Any, *, notice: int) -> dict[str, Any]:
    """Issue a notice to many enterprises, in the post worn when it was started."""
    now = timezone.now()
    row = actions.issue_notice(by=grid.starter(work, now=now), now=now, notice_id=notice, report=report)
    return {"notice": row.id, "targets": row.targets}


def export(report: Report, work: Any, *, notice: int, name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The receipts of a notice as a table to fetch; the trail keeps who took it."""
    now = timezone.now()
    by = grid.starter(work, now=now)
    row = queries.notice(notice, by=by)
    if row is None:
        raise Refusal("not_found", gettext_noop("没有找到这份通知。"))
    made = kept_table(name, partial(write_receipts, row=row, by=by, on=local_day(now), report=report, **asked))
    actions.note_export(by=by, now=now, notice_id=notice, rows=made["rows"])
    return made
