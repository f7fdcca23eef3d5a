"""One cell at a time: what people write in spreadsheets, read as text, numbers, dates, yes/no, phones.

Every parser returns `Parsed`: a value (None for an empty cell) and at most one reason. A reason with `fatal` makes the
cell an error; without, a warning. Raw cells are what a spreadsheet gives: str, int, float, bool, date, datetime, None.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any, NamedTuple

from anwang.domain.base import Reason, gettext_noop
from anwang.domain.roster.safe_text import restore

_WIDE = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
_TABLE = str.maketrans({**_WIDE, "\u00a0": " ", "\u3000": " ", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": ""})
_UNCLEAN = re.compile(
    r"[\x00-\x1f\x7f\u00a0\u200b-\u200d\u3000\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|\s\s|^['\s]|\s$"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*(?=[^\x00-\x7f])")
_EMPTY = r"空 无 — —— - -- --- \ / // 暂无 无数据 未填 待定 null none n/a #n/a na nan (空) （空） 〇 _ … 不详 未知"
EMPTY_WORDS = frozenset(["", *_EMPTY.split()])


class Parsed(NamedTuple):
    """The value of a cell and what is wrong or doubtful about it."""

    value: Any = None
    reason: Reason | None = None
    fatal: bool = False


NOTHING = Parsed()


def fault(code: str, sentence: str, /, **params: Any) -> Parsed:
    """An unusable cell."""
    return Parsed(None, Reason(code, sentence, params), True)


def clean(cell: object) -> str:
    """Text as meant: half-width letters and digits, ordinary single spaces, no control characters; brackets stay."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return _number_text(cell)
    if not _UNCLEAN.search(cell):
        return cell
    text = _BREAK.sub("", _CONTROL.sub("", restore(cell.translate(_TABLE))))
    return re.sub(r"\s+", " ", text).strip()


def _number_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(cell)


def is_empty(text: str) -> bool:
    """True for nothing and for the words that people write for nothing: 空 无 — \\ /."""
    return text.casefold() in EMPTY_WORDS


def parse_text(cell: object, max_length: int = 200) -> Parsed:
    """Cleaned text; longer than `max_length` is a fault `text_long`."""
    text = clean(cell)
    if is_empty(text):
        return NOTHING
    if len(text) > max_length:
        return fault(
            "text_long", gettext_noop("内容有 %(length)s 个字，最多 %(most)s 个。"), length=len(text), most=max_length
        )
    return Parsed(text)


_CN_DIGITS = {**dict(zip("〇零○Ｏ一二三四五六七八九", "0000123456789", strict=True)), "元": "1"}
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DATE = re.compile(r"(\d{4})\s*[年./\-、\\ ]\s*(\d{1,2})\s*[月./\-、\\ ]\s*(\d{1,2})\s*[日号]?" + _TIME)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_YEAR = re.compile(r"\d{2}\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}\s*日?|\d{1,2}[./\-]\d{1,2}[./\-]\d{2}")
_NO_DAY = re.compile(r"\d{4}\s*[年./\-]\s*\d{1,2}\s*月?|\d{4}年?")
_EPOCH = date(1899, 12, 30).toordinal()
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)


def parse_date(cell: object) -> Parsed:
    """A day between 1900 and 2100 in any usual style, or an Excel serial number. Two-digit years are refused."""
    if isinstance(cell, datetime):
        return _within(cell.date(), cell)
    if isinstance(cell, date):
        return _within(cell, cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _date_number(cell)
    text = clean(cell)
    if is_empty(text):
        return NOTHING
    text = unicodedata.normalize("NFKC", text)
    if match := _DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        return _calendar(text, *map(int, match.groups()))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _date_number(float(text))
    if _SHORT_YEAR.fullmatch(text):
        return fault("date_year", gettext_noop("日期“%(text)s”的年份请写四位数字。"), text=text)
    if _NO_DAY.fullmatch(text):
        return fault("date_incomplete", gettext_noop("日期“%(text)s”请写到日，如 2020-03-05。"), text=text)
    return _chinese_date(text)


def _chinese_date(text: str) -> Parsed:
    """二〇二〇年三月五日, 二〇二〇年十二月二十一日."""
    match = re.fullmatch(
        r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]", text
    )
    if match is None:
        return _date_fault(text)
    year = int("".join(_CN_DIGITS[char] for char in match[1]))
    return _calendar(text, year, _small(match[2]), _small(match[3]))


def _small(text: str) -> int:
    """一 … 三十一."""
    tens, ten, ones = text.rpartition("十")
    unit = int(_CN_DIGITS[ones]) if ones else 0
    return unit + (int(_CN_DIGITS.get(tens, "1")) * 10 if ten else 0) if len(ones) < 2 else 0


def _date_number(number: float) -> Parsed:
    if not 1 <= number <= 21001231:
        return _date_fault(str(number))
    if number == int(number) and 19000101 <= number <= 21001231:
        match = _COMPACT.fullmatch(str(int(number)))
        return _calendar(str(int(number)), *map(int, match.groups())) if match else _date_fault(str(number))
    if number < 73416:
        return _within(date.fromordinal(_EPOCH + int(number)), number)
    return _date_fault(str(number))


def _calendar(text: str, year: int, month: int, day: int) -> Parsed:
    try:
        return _within(date(year, month, day), text)
    except ValueError:
        return fault("date_impossible", gettext_noop("没有“%(text)s”这一天。"), text=text)


def _within(day: date, cell: object) -> Parsed:
    return Parsed(day) if _FIRST <= day <= _LAST else _date_fault(str(cell))


def _date_fault(text: str) -> Parsed:
    return fault("date_unreadable", gettext_noop("“%(text)s”不是日期，请写成 2020-03-05。"), text=text)


_COUNT = re.compile(r"(?:约|近|共)?(\d+)(?:\.0+)?(?:人|名|家|个|次|位|起|处)?(?:左右|余)?")


def parse_count(cell: object, most: int = 10_000_000) -> Parsed:
    """A whole number from 0; 约50人 is 50 with a warning, 50-100 is refused."""
    if isinstance(cell, bool):
        return fault("number_unreadable", gettext_noop("“%(text)s”不是整数。"), text=clean(cell))
    if isinstance(cell, int | float):
        text = str(int(cell)) if cell == cell and abs(cell) < 1e15 and cell == int(cell) else str(cell)
    else:
        text = unicodedata.normalize("NFKC", clean(cell)).replace(",", "").replace(" ", "")
    if is_empty(text):
        return NOTHING
    match = _COUNT.fullmatch(text)
    if match is None or int(match[1]) > most:
        return fault("number_unreadable", gettext_noop("“%(text)s”不是整数。"), text=text)
    if text[0] in "约近" or text.endswith(("左右", "余")):
        return Parsed(
            int(match[1]),
            Reason("number_rough", gettext_noop("“%(text)s”按 %(n)s 登记。"), {"text": text, "n": match[1]}),
        )
    return Parsed(int(match[1]))


def parse_number(cell: object) -> Parsed:
    """A decimal number."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return (
            Parsed(float(cell))
            if cell == cell and abs(cell) < 1e15
            else fault("number_unreadable", _NUMBER, text=str(cell))
        )
    text = unicodedata.normalize("NFKC", clean(cell)).replace(",", "").replace(" ", "").rstrip("°度")
    if is_empty(text):
        return NOTHING
    return (
        Parsed(float(text))
        if re.fullmatch(r"[+-]?\d{1,15}(?:\.\d+)?", text)
        else fault("number_unreadable", _NUMBER, text=text)
    )


_NUMBER = gettext_noop("“%(text)s”不是数字。")
_YES = frozenset(
    ["是", "有", "√", "✓", "✔", "对", "y", "yes", "true", "1", "构成", "涉及", "存在", "已构成", "属于", "☑"]
)
_NO = frozenset(
    ["否", "无", "×", "✗", "x", "n", "no", "false", "0", "不构成", "不涉及", "不存在", "没有", "未构成", "不属于", "☐"]
)
_HAZARD_LEVEL = re.compile(r"[一二三四1-4]级(?:重大危险源)?")


def parse_yes_no(cell: object) -> Parsed:
    """True or False; 一级–四级 (a major hazard's level) is yes. 无 is no, an empty cell is None."""
    if isinstance(cell, bool):
        return Parsed(cell)
    text = clean(cell).casefold()
    if text in _YES or _HAZARD_LEVEL.fullmatch(text):
        return Parsed(True)
    if text in _NO:
        return Parsed(False)
    if is_empty(text):
        return NOTHING
    return fault("yes_no_unreadable", gettext_noop("“%(text)s”请填“是”或“否”。"), text=text)
