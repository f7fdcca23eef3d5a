"""A paper's content as the bytes of a file: PDF (one, or volumes in a ZIP), DOCX, XLSX."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import forget, render_pdf
from anwang.adapters.xlsx.layout import Column
from anwang.adapters.xlsx.writer import Stamp, write_table
from anwang.domain.base import Refusal, Report, gettext_noop
from anwang.domain.documents.tree import Column as TableColumn
from anwang.domain.documents.tree import Kind
from anwang.domain.roster.spec import Kind as CellKind

from ..queries.papers import Content

FORMS = ("pdf", "docx", "xlsx")
#: A Word table of more rows takes minutes and no person pages through it; PDF and XLSX do.
MOST_ROWS_IN_DOCX = 3000
#: Widths of a sheet in characters: of a millimetre on paper, and at least of what must stand in one line.
CHARACTERS_A_MM = 0.62
LEAST = {CellKind.CREDIT_CODE: 20.0, CellKind.PHONE: 13.5, CellKind.DATE: 11.5}
_CELL = {Kind.TEXT: CellKind.TEXT, Kind.NUMBER: CellKind.COUNT, Kind.DATE: CellKind.DATE}


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes, the title that stands on the paper, and the ending of the file's name (.pdf, .zip …)."""

    title: str
    data: bytes
    suffix: str


def render(found: Content, form: str, stamp: Stamp, now: datetime, report: Report) -> Rendered:
    """The content in a format of `FORMS`. Refusals: no_table, paper_too_long, and the typesetter's."""
    if form == "pdf":
        return _pdf(found, now, report)
    report(0, 1, gettext_noop("生成文书"))
    return _docx(found, now) if form == "docx" else _xlsx(found, stamp)


def _pdf(found: Content, now: datetime, report: Report) -> Rendered:
    """One file, or a ZIP of volumes: a volume at a time is in memory."""
    count, words = found.volume_count, gettext_noop("生成文书")
    target, title, data = io.BytesIO(), "", b""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bundle:
        for number, document in enumerate(found.volumes(), 1):
            report(number - 1, count, words)
            title, data = document.title, render_pdf(document, made_at=now, replace_missing=True)
            if count > 1:
                bundle.writestr(f"{title}-{number:02d}.pdf", data)
                forget()
    return Rendered(title, data, ".pdf") if count == 1 else Rendered(title, target.getvalue(), ".zip")


def _docx(found: Content, now: datetime) -> Rendered:
    if found.rows > MOST_ROWS_IN_DOCX:
        text = gettext_noop("有 %(rows)d 行，Word 文档放不下；请选 PDF 或 XLSX，或分乡镇生成。")
        raise Refusal("paper_too_long", text, rows=found.rows)
    document = found.whole()
    return Rendered(document.title, render_docx(document, made_at=now), ".docx")


def _xlsx(found: Content, stamp: Stamp) -> Rendered:
    document = found.whole()
    if not document.tables:
        raise Refusal("no_table", gettext_noop("这份文书没有表格，请选 PDF 或 DOCX。"))
    table, target = document.tables[0], io.BytesIO()
    write_table(
        target, title=document.title, columns=[_column(each) for each in table.columns], rows=table.rows, stamp=stamp
    )
    return Rendered(document.title, target.getvalue(), ".xlsx")


def _column(each: TableColumn) -> Column:
    """As wide as on paper, so that the sheet prints alike; codes, numbers and dates are never broken."""
    code = CellKind.PHONE if "电话" in each.header else CellKind.CREDIT_CODE
    kind = _CELL.get(each.kind, code)
    return Column(each.header, kind, each.group, width=max(each.width * CHARACTERS_A_MM, LEAST.get(kind, 0)))
