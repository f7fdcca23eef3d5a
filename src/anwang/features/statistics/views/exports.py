"""The leader's table as a workbook."""

from __future__ import annotations

import io
from datetime import datetime

from django.http import FileResponse
from django.utils.translation import gettext as _

from anwang.adapters.xlsx.layout import Column
from anwang.adapters.xlsx.writer import Stamp, write_table
from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.roster.spec import Kind

from ..queries import TableView

PARTS = ("expected", "done", "in_time", "late", "overdue", "ahead", "waived")


def table_workbook(view: TableView, *, columns: dict[str, str], by: Actor, now: datetime) -> FileResponse:
    """One line a child (or person), the sum last; the share as a number with two places."""
    head = [Column(_("包保人") if view.people else _("网格"))]
    head += [Column(_(columns[part]), Kind.COUNT) for part in PARTS] + [Column(_("到期完成率（%）"), Kind.NUMBER)]
    lines = [*view.lines, view.total]
    names = [*(line.name for line in view.lines), _("合计")]
    rows = [
        [name, *(getattr(line, part) for part in PARTS), round(line.share * 100, 2) if line.share is not None else None]
        for name, line in zip(names, lines, strict=True)
    ]
    title = _("%(unit)s履职统计（%(span)s）") % {"unit": view.name, "span": view.span.period.long_label}
    target = io.BytesIO()
    write_table(target, title=title, columns=head, rows=rows, stamp=Stamp(view.name, by.name, local_day(now)))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{title}-{local_day(now):%Y%m%d}.xlsx")
