"""How wide the columns and how high the rows of a written table are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anwang.domain.roster.spec import Kind

_NARROW, _LINE, _PADDING = 6.0, 15, 4
_TITLE_SCALE = 1.7


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `group` joins neighbours under one merged title; `width` in characters, else by content."""

    title: str
    kind: Kind = Kind.TEXT
    group: str = ""
    width: float | None = None
    choices: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False


def text_width(text: str) -> int:
    """Character places that the text takes: two for a Chinese character."""
    return len(text) if text.isascii() else sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def column_widths(
    columns: Sequence[Column], sample: Sequence[Sequence[Any]], title: str = "", stamp: str = ""
) -> list[float]:
    """Wide enough for the content seen and for title and stamp above, narrow enough to print many columns on A4."""
    most = 24 if len(columns) > 10 else 40
    found = []
    for number, column in enumerate(columns):
        content = max((_shown(row[number]) for row in sample), default=0)
        heading = max(math.ceil(text_width(column.title) / 3), min(text_width(column.title), 8))
        cap = 14 if column.kind is Kind.PHONE else most
        found.append(column.width or float(min(max(content, heading) + 2, max(cap, heading + 2))))
    needed = max(text_width(title) * _TITLE_SCALE, text_width(stamp) + 4)
    missing = max(needed - sum(found), 0) / max(len(found), 1)
    return [max(width + missing, _NARROW) for width in found]


def _shown(value: Any) -> int:
    if value is None:
        return 0
    return 10 if isinstance(value, date) else max((text_width(line) for line in str(value).split("\n")), default=0)


def row_height(row: Sequence[Any], widths: Sequence[float], most: int = 12) -> int:
    """The height in points that shows every text of the row, wrapped in its column."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if type(value) is str and len(value) * 2 > width - 1:
            parts = value.split("\n")
            lines = max(lines, sum(max(math.ceil(text_width(part) / (width - 1)), 1) for part in parts))
    return _LINE * min(lines, most) + _PADDING
