"""The leader's table as a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

from anwang.adapters.xlsx.layout import Column
from anwang.adapters.xlsx.writer import Stamp, write_table
from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.roster.spec import Kind
from anwang.web.downloads import workbook
from anwang.web.periods import period_words

from ..queries import Line, TableView

PARTS = ("expected", "done", "in_time", "late", "overdue", "ahead", "waived")
RULE_PARTS = ("expected", "done", "overdue")


@dataclass(frozen=True, slots=True)
class TableSheet:
    """The table, the words of its columns, and the same table of each rule by the words of the rule."""

    view: TableView
    words: Mapping[str, str]
    by_rule: Mapping[str, TableView] = field(default_factory=dict)

    def columns(self) -> list[Column]:
        """Names, the parts, the share; then the parts of each rule under its name."""
        head = [Column(_("包保人")), Column(_("级别"))] if self.view.people else [Column(_("网格"))]
        head += [Column(_(self.words[part]), Kind.COUNT) for part in PARTS] + [
            Column(_("到期完成率（%）"), Kind.NUMBER)
        ]
        return head + [
            Column(_(self.words[part]), Kind.COUNT, group=name) for name in self.by_rule for part in RULE_PARTS
        ]

    def rows(self) -> list[list[Any]]:
        """One line a child (or person), the sum last."""
        found = [self._row(line, line.name) for line in self.view.lines]
        return [*found, self._row(self.view.total, _("合计"), last=True)]

    def _row(self, line: Line, name: str, *, last: bool = False) -> list[Any]:
        share = round(line.share * 100, 2) if line.share is not None else None
        cells: list[Any] = [_(name) if name else "", *([_(line.note) if line.note else ""] if self.view.people else [])]
        cells += [*(getattr(line, part) for part in PARTS), share]
        for table in self.by_rule.values():
            same = table.total if last else _same(table, line)
            cells += [getattr(same, part) for part in RULE_PARTS]
        return cells


def _same(table: TableView, line: Line) -> Line:
    """The line of the same child or person; one without counts where there is none."""
    found = (each for each in table.lines if (each.key, each.level) == (line.key, line.level))
    return next(found, Line(line.key, line.name))


def table_workbook(sheet: TableSheet, *, by: Actor, now: datetime) -> FileResponse:
    """The workbook to download."""
    view, day = sheet.view, local_day(now)
    title = _("%(unit)s履职统计（%(span)s）") % {"unit": view.name, "span": period_words(view.span.period)}
    target = io.BytesIO()
    stamp, wide = Stamp(view.name, by.name, day), bool(sheet.by_rule)
    write_table(target, title=title, columns=sheet.columns(), rows=sheet.rows(), stamp=stamp, a3=wide)
    return workbook(target, f"{title}-{day:%Y%m%d}.xlsx")
