"""The board as a workbook to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anwang.adapters.xlsx.layout import Column
from anwang.adapters.xlsx.writer import Stamp, Target, told, write_table
from anwang.domain.base import Actor, Level, Report
from anwang.domain.calendar import local_day
from anwang.domain.roster.spec import Kind
from anwang.features.grid import queries as grid

from .boards import Filters, board, in_portions


def write_board(
    target: Target, *, by: Actor, asked: Filters, on: date, title: str, report: Report = lambda *_: None
) -> int:
    """Write the problems of a board, narrowed as the page is, as they are read; returns how many."""
    columns = [
        Column(_("编号"), Kind.COUNT), Column(_("企业")), Column(_("类型")), Column(_("问题内容")), Column(_("部位")),
        Column(_("来源")), Column(_("发现日期"), Kind.DATE), Column(_("上报日期"), Kind.DATE), Column(_("状态")),
        Column(_("现在层级")), Column(_("现在网格")), Column(_("下一步办理")), Column(_("办理期限"), Kind.DATE),
        Column(_("已历天数"), Kind.COUNT), Column(_("上报次数"), Kind.COUNT), Column(_("延期次数"), Kind.COUNT),
        Column(_("重新打开次数"), Kind.COUNT), Column(_("跟踪人")), Column(_("结束日期"), Kind.DATE),
    ]  # fmt: skip
    stamp = Stamp(grid.names([by.unit or 0]).get(by.unit or 0, ""), by.name, on)
    found = board(by, asked, on)
    return write_table(
        target, title=title, columns=columns, rows=told(_cells(found, on), found.count(), report), stamp=stamp
    )


def _cells(found: Any, on: date) -> Iterator[list[Any]]:
    for line in in_portions(found, on):
        row = line.row
        yield [
            row.id, row.enterprise.name, _(row.get_kind_display()), row.title, row.spot, _(row.get_source_display()),
            row.found_on, local_day(row.reported_at), _(line.label), _(Level(row.level).label), line.unit, line.next,
            row.due, line.age, row.hops or None, row.extended or None, row.reopened or None,
            row.tracker.name if row.tracker else "", local_day(row.closed_at) if row.closed_at else None,
        ]  # fmt: skip
