"""Making a paper in a format, keeping the file, handing it out (N5, N18)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from anwang.adapters import media
from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import render_pdf
from anwang.adapters.xlsx.layout import Column
from anwang.adapters.xlsx.writer import Stamp, write_table
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.documents.tree import Document, Kind
from anwang.domain.roster.spec import Kind as CellKind
from anwang.features.audit import actions as audit
from anwang.features.grid import queries as grid

from ..models import Paper
from ..queries.papers import content, paper_kind

FORMS = ("pdf", "docx", "xlsx")
#: A Word table of more rows takes minutes and no person pages through it; PDF and XLSX do.
MOST_ROWS_IN_DOCX = 3000
Report = Callable[[int, int, str], None]
_CELL = {Kind.TEXT: CellKind.TEXT, Kind.CODE: CellKind.PHONE, Kind.NUMBER: CellKind.COUNT, Kind.DATE: CellKind.DATE}


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A made paper: its row and its bytes."""

    row: Paper
    data: bytes


def make_paper(
    *, by: Actor, now: datetime, kind: str, unit: int, form: str, on: date | None = None,
    report: Report = lambda *_: None,
) -> PaperFile:  # fmt: skip
    """Make a paper of a unit as pdf, docx or xlsx and keep it. The trail has who, what and how many enterprises.

    Refusals: not_found outside the territory, no_such_paper, bad_format, no_table,
    paper_too_long, and the typesetter's.
    """
    if not by.territory.covers(unit):
        raise Refusal("not_found", gettext_noop("没有找到这个网格，或它不在您的范围内。"))
    if form not in FORMS:
        raise Refusal("bad_format", gettext_noop("格式只有 pdf、docx、xlsx。"))
    chosen = paper_kind(kind, unit)
    day = on or local_day(now)
    report(0, 3, gettext_noop("汇总数据"))
    document, rows = content(chosen, unit, on=day)
    report(1, 3, gettext_noop("生成文书"))
    data = _rendered(document, form, rows, by, unit, now)
    report(2, 3, gettext_noop("保存"))
    with transaction.atomic():
        row = Paper.objects.create(
            kind=kind, unit=unit, on=day, form=form, rows=rows, title=document.title,
            path=media.keep(data, folder="papers", suffix=f".{form}"), sha256=hashlib.sha256(data).hexdigest(),
            made_at=now, made_by=by.name,
        )  # fmt: skip
        chain = grid.facts_of(unit)[0]
        audit.record(
            by=by, now=now, action="paper.make", target=f"paper:{row.id}", chain=chain, kind=kind, unit=unit, form=form,
            enterprises=rows, on=day,
        )  # fmt: skip
    report(3, 3, "")
    return PaperFile(row, data)


def _rendered(document: Document, form: str, rows: int, by: Actor, unit: int, now: datetime) -> bytes:
    if form == "pdf":
        return render_pdf(document, made_at=now, replace_missing=True)
    if form == "docx":
        if rows > MOST_ROWS_IN_DOCX:
            text = gettext_noop("有 %(rows)d 行，Word 文档放不下；请选 PDF 或 XLSX，或分乡镇生成。")
            raise Refusal("paper_too_long", text, rows=rows)
        return render_docx(document, made_at=now)
    return _workbook(document, by, unit, now)


def _workbook(document: Document, by: Actor, unit: int, now: datetime) -> bytes:
    if not document.tables:
        raise Refusal("no_table", gettext_noop("这份文书没有表格，请选 PDF 或 DOCX。"))
    table = document.tables[0]
    target = io.BytesIO()
    stamp = Stamp(grid.names([unit]).get(unit, ""), by.name, local_day(now))
    columns = [Column(each.header, _CELL[each.kind], each.group or "") for each in table.columns]
    write_table(target, title=document.title, columns=columns, rows=table.rows, stamp=stamp)
    return target.getvalue()


def open_paper(*, by: Actor, now: datetime, paper_id: int) -> PaperFile:
    """Fetch a kept paper; the trail has it. Refuses not_found outside the territory, gone when the file was cleared."""
    row = Paper.objects.filter(id=paper_id).first()
    if row is None or not by.territory.covers(row.unit):
        raise Refusal("not_found", gettext_noop("没有找到这份文书，或它不在您的范围内。"))
    data = media.fetch(row.path)
    if data is None:
        raise Refusal("gone", gettext_noop("文件已清理，请重新生成。"))
    audit.record(by=by, now=now, action="paper.fetch", target=f"paper:{row.id}", chain=grid.facts_of(row.unit)[0])
    return PaperFile(row, data)
