"""督导记录表 as a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import render_pdf
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.documents.records import record_sheets
from anwang.features.audit import actions as audit

from ..queries.sheets import sheets_of

FORMATS = ("pdf", "docx")


def print_sheets(
    *, by: Actor, now: datetime, day: date, person: int, only: Iterable[int] | None = None, form: str = "pdf"
) -> bytes:
    """The record sheets of a person's enterprises, to be filled in by hand. Refuses `no_sheets`, `format_unknown`."""
    if form not in FORMATS:
        raise Refusal("format_unknown", gettext_noop("只能生成 PDF 或 DOCX。"))
    sheets = sheets_of(person, day=day, only=only)
    if not sheets:
        raise Refusal("no_sheets", gettext_noop("没有包保的企业，不需要打印记录表。"))
    document = record_sheets(sheets)
    made = render_pdf(document, made_at=now) if form == "pdf" else render_docx(document, made_at=now)
    audit.record(by=by, now=now, action="sheet.print", target=f"person:{person}", sheets=len(sheets), form=form)
    return made
