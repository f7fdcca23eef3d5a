"""The receipts of a task as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anwang.adapters.xlsx.layout import Column
from anwang.adapters.xlsx.writer import Stamp, Target, told, write_table
from anwang.domain.base import Actor, Level, Report
from anwang.domain.calendar import local_day
from anwang.domain.roster.spec import Kind

from ..models import Receipt, Task
from .mine import line
from .progress import STATES, receipts_of
from .visible import names_of


def export_rows(task: Task, *, by: Actor, state: str, on: date) -> QuerySet[Receipt]:
    """The receipts of a table, narrowed as the page is; all of them for an unknown state."""
    return receipts_of(task, by=by, state=state if state in STATES else "all", day=on)


def export_title(task: Task) -> str:
    return _("任务回执：%(title)s") % {"title": task.title}


def write_receipts(
    target: Target, *, task: Task, by: Actor, state: str, on: date, report: Report = lambda *_: None
) -> int:
    """Write the receipts that the actor may see; rows are read as they are written. Returns how many."""
    columns = [
        Column(_("级别")), Column(_("网格")), Column(_("承办人")), Column(_("交办人")), Column(_("收到"), Kind.DATE),
        Column(_("总期限"), Kind.DATE), Column(_("完成期限"), Kind.DATE), Column(_("状态")),
        Column(_("转办"), Kind.DATE), Column(_("留用超时（天）"), Kind.COUNT), Column(_("延期次数"), Kind.COUNT),
        Column(_("重办次数"), Kind.COUNT), Column(_("办结"), Kind.DATE), Column(_("核收"), Kind.DATE),
        Column(_("涉及企业"), Kind.COUNT), Column(_("完成情况")),
    ]  # fmt: skip
    rows = export_rows(task, by=by, state=state, on=on)
    units = names_of(rows, task)
    stamp = Stamp(units.get(task.unit, ""), by.name, on)
    values = told(_values(task, rows, units, on), rows.count(), report)
    return write_table(target, title=export_title(task), columns=columns, rows=values, stamp=stamp)


def _values(task: Task, rows: QuerySet[Receipt], units: dict[int, str], on: date) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=2000):
        yield [
            _(Level(row.level).label), units.get(row.unit, ""), row.person.name, row.from_name,
            local_day(row.arrived_at), task.due, row.due, _(line(row, on).label), _day(row.handed_at),
            row.kept_over or None, row.extended or None, row.redone or None, _day(row.ended_at),
            _day(row.accepted_at), row.firms or None, row.result or row.back_reason,
        ]  # fmt: skip


def _day(value: Any) -> date | None:
    return local_day(value) if value else None
