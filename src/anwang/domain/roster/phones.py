"""Phone numbers as people write them: mobile, landline, service numbers, several in one cell."""

from __future__ import annotations

import re
import unicodedata

from anwang.domain.base import Reason, gettext_noop
from anwang.domain.roster.cells import NOTHING, Parsed, clean, fault, is_empty

_MOBILE = r"(?:(?:\+|00)?86[-\s]?)?(1\d{2})[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)"
_LANDLINE = r"\(?(0\d{2,3})\)?[-\s]*(\d{7,8})(?!\d)(?:(?:转|-|\s*ext\.?\s*)(\d{1,6})(?!\d))?"
_SERVICE = r"([48]00)[-\s]?(\d{3})[-\s]?(\d{4})(?!\d)"
_LOCAL = r"(?<![\d-])(\d{7,8})(?!\d)"
_PLAIN = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8}")
_ANY = re.compile(f"{_MOBILE}|{_LANDLINE}|{_SERVICE}|{_LOCAL}", re.IGNORECASE)


def parse_phones(cell: object) -> Parsed:
    """Numbers joined by 、 in one spelling (13812345678, 0539-8123456-12). A bad one makes the cell a fault.

    A cell holding a number keeps a mobile whole but loses the 0 of a landline: that is refused.
    """
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):
        return Parsed(cell)
    if isinstance(cell, bool):
        return fault("phone_unreadable", _UNREADABLE, text=clean(cell))
    if isinstance(cell, int | float):
        return _from_number(cell)
    text = unicodedata.normalize("NFKC", clean(cell)).replace("－", "-").replace("—", "-").replace("–", "-")
    if is_empty(text):
        return NOTHING
    found = [_spell(match) for match in _ANY.finditer(text)]
    if not found or re.search(r"\d", _ANY.sub("", text)):
        return fault("phone_unreadable", _UNREADABLE, text=text)
    return _judge(list(dict.fromkeys(found)))


_UNREADABLE = gettext_noop("电话“%(text)s”不是有效号码，多个号码请用顿号分开。")
_NUMERIC = gettext_noop("电话单元格是数字，区号的 0 已丢失：请将该列设为文本格式后重新填写。")


def _from_number(cell: float) -> Parsed:
    text = str(int(cell)) if cell == cell and abs(cell) < 1e15 else str(cell)
    if cell == cell and re.fullmatch(r"1\d{10}", text):
        return _judge([text])
    return fault("phone_numeric", _NUMERIC)


def _spell(match: re.Match[str]) -> str:
    parts = [part for part in match.groups() if part]
    return "".join(parts) if len(parts) == 3 and match[1] else "-".join(parts)


def _judge(numbers: list[str]) -> Parsed:
    value = "、".join(numbers)
    odd = [n for n in numbers if re.fullmatch(r"1[0-2]\d{9}", n)]
    if odd:
        text = gettext_noop("号码 %(text)s 不在已放号的号段内，请核对。")
        return Parsed(value, Reason("phone_range", text, {"text": odd[0]}))
    return Parsed(value)
