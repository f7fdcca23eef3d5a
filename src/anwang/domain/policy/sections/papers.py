"""documents.yaml: the fixed texts of the attachments and of the notice sheet."""

from __future__ import annotations

import re

from anwang.domain.base import gettext_noop
from anwang.domain.policy.fields import DOCUMENT, Fields
from anwang.domain.policy.model import Column, ColumnKind, DocumentText, Seat

PLACES = frozenset(
    {"enterprise", "supervisor", "unit", "duty", "phone", "hotline", "leader", "grid", "number", "date", "year"}
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
        columns=_columns(fields),
        seats=fields.each("seats", _read_seat, required=False),
        interval=interval,
    )


def _paragraphs(fields: Fields, key: str) -> tuple[str, ...]:
    lines = fields.texts(key)
    for name in {name for line in lines for name in re.findall(r"\{(\w*)\}", line)} - PLACES:
        text = gettext_noop("空位应为这些之一：%(places)s")
        fields.wrong(key, "place", text, places="、".join(sorted(PLACES)), found=f"{{{name}}}")
    return lines


def _columns(fields: Fields) -> tuple[Column, ...]:
    columns = fields.each("columns", _read_column, required=False)
    keys = [column.key for column in columns]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        fields.wrong("columns", "repeated", gettext_noop("列的 key 不得重复"), found=f"“{key}”")
    return columns


def _read_column(fields: Fields) -> Column:
    return Column(
        fields.text("key", pattern=r"[a-z][a-z0-9_]*", shape="credit_code"),
        fields.text("title"),
        fields.one_of("kind", ColumnKind, ColumnKind.TEXT),
    )


def _read_seat(fields: Fields) -> Seat:
    return Seat(fields.text("role"), fields.text("rank"), fields.texts("names", required=True))
