"""What a sheet may contain: fields with their titles, synonyms and kinds. Each feature declares its own sheets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from anwang.domain.base import gettext_noop
from anwang.domain.roster import cells, phones
from anwang.domain.roster.cells import NOTHING, Parsed, clean, fault, is_empty
from anwang.domain.roster.codes import NUMERIC, CodeKind, CodeStatus, check_credit_code, is_valid_credit_code


class Kind(StrEnum):
    """How a cell is read, and how it is written in exports and templates."""

    TEXT = "text"
    CREDIT_CODE = "credit_code"
    UNIT_CODE = "unit_code"
    CLASS_CODE = "class_code"
    PHONE = "phone"
    DATE = "date"
    COUNT = "count"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Field:
    """One column.

    `label` is its title in templates and exports; `synonyms` are other titles. `follows` names the field beside which
    the bare titles `bare` (联系电话, 职务 …) mean this one. `words` maps what people write to values of a choice; the
    first word of each value is the one that templates offer. `place` marks columns whose merged cells run down.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    synonyms: tuple[str, ...] = ()
    required: bool = False
    words: tuple[tuple[str, Any], ...] = ()
    follows: str = ""
    bare: tuple[str, ...] = ()
    max_length: int = 200
    hint: str = ""
    example: Any = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of a drop-down: one for each value, 是 and 否 for a yes/no."""
        if self.kind is Kind.YES_NO:
            return (gettext_noop("是"), gettext_noop("否"))
        return tuple({value: word for word, value in reversed(self.words)}.values())[::-1]

    def say(self, value: Any) -> Any:
        """The value as an export writes it; the inverse of reading."""
        if value is None:
            return None
        if self.kind is Kind.YES_NO:
            return "是" if value else "否"
        if self.kind is Kind.CHOICE:
            return next((word for word, known in self.words if known == value), value)
        if self.kind is Kind.CHOICES:
            return "、".join(next((word for word, known in self.words if known == v), str(v)) for v in value)
        return value


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A kind of sheet. `key` is the natural key; a header must show at least one of `anchors`."""

    name: str
    title: str
    fields: tuple[Field, ...]
    anchors: tuple[str, ...]
    key: str = ""
    guide: tuple[str, ...] = ()
    by_name: dict[str, Field] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name.update({each.name: each for each in self.fields})

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]


def reader_of(spec: Field) -> Callable[[object], Parsed]:
    """The parser of a field's cells."""
    match spec.kind:
        case Kind.TEXT:
            return lambda cell: cells.parse_text(cell, spec.max_length)
        case Kind.CHOICE:
            return _choice_reader(spec)
        case Kind.CHOICES:
            return _choices_reader(spec)
        case _:
            return _READERS[spec.kind]


def _credit_code(cell: object) -> Parsed:
    """A valid code, or with a warning an old number of 15 or 9 characters (the caller tells them by their length)."""
    if isinstance(cell, str):
        if is_valid_credit_code(cell):
            return Parsed(cell)
        if is_empty(clean(cell)):
            return NOTHING
    checked = check_credit_code(cell)
    if checked.ok or checked.status is CodeStatus.EMPTY:
        return Parsed(checked.text or None)
    old = checked.kind in (CodeKind.REGISTRATION, CodeKind.ORGANISATION)
    return Parsed(checked.text or None, checked.reason, not old)


def _unit_code(cell: object) -> Parsed:
    """Digits as text; the grid judges them. A number is whole up to 15 digits, so a 12-digit code survives it."""
    text = clean(cell).replace(" ", "")
    if is_empty(text):
        return NOTHING
    if not text.isdecimal() or len(text) not in (4, 6, 9, 12):
        return fault("unit_code_form", gettext_noop("网格编码“%(text)s”不是 6、9 或 12 位数字。"), text=text)
    return Parsed(text)


def _class_code(cell: object) -> Parsed:
    """A code or a name of GB/T 4754. A number under 1000 has lost a zero in front: refused."""
    text = clean(cell)
    if is_empty(text):
        return NOTHING
    if isinstance(cell, int | float) and not isinstance(cell, bool) and not 1000 <= cell <= 9999:
        return fault("class_code_numeric", NUMERIC)
    return Parsed(text) if len(text) <= 100 else fault("text_long", gettext_noop("内容过长。"))


def _choice_reader(spec: Field) -> Callable[[object], Parsed]:
    known = {word.casefold(): value for word, value in spec.words}
    for ending in ("风险", "级", "类"):
        known |= {w + ending: v for w, v in list(known.items()) if not w.endswith(ending)}
    choices = "、".join(spec.choices)

    def read(cell: object) -> Parsed:
        text = clean(cell)
        word = text.replace(" ", "").casefold()
        if word in known:
            return Parsed(known[word])
        if is_empty(text):
            return NOTHING
        return fault("choice_unknown", gettext_noop("“%(text)s”应为：%(choices)s。"), text=text, choices=choices)

    return read


def _choices_reader(spec: Field) -> Callable[[object], Parsed]:
    one = _choice_reader(spec)

    def read(cell: object) -> Parsed:
        text = clean(cell)
        if is_empty(text):
            return NOTHING
        parts = [one(part) for part in _SEPARATORS.split(text) if part.strip()]
        bad = next((part for part in parts if part.reason), None)
        return bad or Parsed(tuple(dict.fromkeys(part.value for part in parts if part.value is not None)))

    return read


_SEPARATORS = re.compile(r"[、，,;；/\s和及]+")
_READERS: dict[Kind, Callable[[object], Parsed]] = {
    Kind.CREDIT_CODE: _credit_code,
    Kind.UNIT_CODE: _unit_code,
    Kind.CLASS_CODE: _class_code,
    Kind.PHONE: phones.parse_phones,
    Kind.DATE: cells.parse_date,
    Kind.COUNT: cells.parse_count,
    Kind.NUMBER: cells.parse_number,
    Kind.YES_NO: cells.parse_yes_no,
}
