"""Receipts as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from anwang.adapters.xlsx.layout import Column
from anwang.adapters.xlsx.writer import Stamp, write_table
from anwang.domain.base import Actor, Level
from anwang.domain.calendar import local_day
from anwang.domain.roster.spec import Kind

from .. import queries
from ..models import Receipt, Task


def receipts_workbook(task: Task, rows: QuerySet[Receipt], *, by: Actor, today: date) -> FileResponse:
    """The workbook to download; rows are read as they are written."""
    title = _("任务回执：%(title)s") % {"title": task.title}
    columns = [
        Column(_("级别")), Column(_("网格")), Column(_("承办人")), Column(_("交办人")), Column(_("收到"), Kind.DATE),
        Column(_("总期限"), Kind.DATE), Column(_("完成期限"), Kind.DATE), Column(_("状态")),
        Column(_("转办"), Kind.DATE),
        Column(_("留用超时（天）"), Kind.COUNT), Column(_("延期次数"), Kind.COUNT), Column(_("办结"), Kind.DATE),
        Column(_("涉及企业"), Kind.COUNT), Column(_("完成情况")),
    ]  # fmt: skip
    target = io.BytesIO()
    units = queries.names_of(rows, task)
    stamp = Stamp(units.get(task.unit, ""), by.name, today)
    write_table(target, title=title, columns=columns, rows=_rows(task, rows, units, today), stamp=stamp)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{title}-{today:%Y%m%d}.xlsx")


def _rows(task: Task, rows: QuerySet[Receipt], units: dict[int, str], today: date) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=2000):
        line = queries.line(row, today)
        yield [
            _(Level(row.level).label), units.get(row.unit, ""), row.person.name, row.from_name,
            local_day(row.arrived_at), task.due, row.due, _(line.label),
            local_day(row.handed_at) if row.handed_at else None, row.kept_over or None, row.extended or None,
            local_day(row.ended_at) if row.ended_at else None, row.firms or None, row.result or row.back_reason,
        ]  # fmt: skip
