"""documents.yaml: the fixed texts of the attachments and of the notice sheet."""

from __future__ import annotations

import re

from anwang.domain.base import gettext_noop
from anwang.domain.policy.fields import DOCUMENT, Fields
from anwang.domain.policy.model import Column, ColumnKind, DocumentText, Seat

PLACES = frozenset(
    {"enterprise", "supervisor", "unit", "post", "phone", "hotline", "leader", "grid", "number", "date", "year"}
)
"""What a paragraph may leave open, as {enterprise}."""


def read_document(fields: Fields) -> DocumentText:
    """The text of one document."""
    code, interval = fields.text("code", pattern=r"[a-z][a-z0-9_]*", shape="attachment3"), fields.interval()
    fields.reading.declare_version(DOCUMENT, code, interval, *fields.place("code"))
    return DocumentText(
        code=code,
        attachment=fields.text("attachment", ""),
        title=fields.text("title"),
        clause=fields.clause(),
        public=fields.flag("public"),
        copies=fields.integer("copies", 1, 9, 1),
        opening=_paragraphs(fields, "opening"),
        items=_paragraphs(fields, "items"),
        closing=_paragraphs(fields, "closing"),
        signatures=_paragraphs(fields, "signatures"),
        columns=fields.each("columns", lambda column: _read_column(column, fields), required=False),
        seats=fields.each("seats", _read_seat, required=False),
        interval=interval,
    )


def _paragraphs(fields: Fields, key: str) -> tuple[str, ...]:
    for line in fields.scalars(key):
        for name in set(re.findall(r"\{(\w*)\}", line.text)) - PLACES:
            text, where = gettext_noop("空位应为这些之一：%(places)s"), fields.place(key)[1]
            places = "、".join(sorted(PLACES))
            fields.reading.fault(line.mark, where, "place", text, found=f"{{{name}}}", places=places)
    return fields.texts(key)


def _read_column(fields: Fields, document: Fields) -> Column:
    fields.unique("key", document)
    return Column(
        fields.text("key", pattern=r"[a-z][a-z0-9_]*", shape="credit_code"),
        fields.text("title"),
        fields.one_of("kind", ColumnKind, ColumnKind.TEXT),
    )


def _read_seat(fields: Fields) -> Seat:
    return Seat(fields.text("role"), fields.text("rank"), fields.texts("names", required=True))
