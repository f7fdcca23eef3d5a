"""Chinese official wording: numbers, dates, names, heading labels and title lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import accumulate, combinations, pairwise

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.documents.tree import Block, Heading

_DIGITS = "零一二三四五六七八九"
BLANK_DATE = "　　　　年　　月　　日"
# Control, zero-width, direction and variation characters, halves of pairs and non-characters.
_INVISIBLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Text as it may be printed: nothing invisible, plain line feeds, spaces for tabs."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\t", " "))


def chinese_date(day: date | None) -> str:
    """2026年3月5日: no zero padding; a blank to fill in by hand for None."""
    return BLANK_DATE if day is None else f"{day.year}年{day.month}月{day.day}日"


def document_number(code: str, year: int, serial: int) -> str:
    """临应急发〔2020〕9号: the year in hexagonal brackets, the serial without padding or 第 (GB/T 9704 7.2.5)."""
    if serial < 1 or not 1949 <= year <= 9999 or not code.strip():
        raise Refusal(
            "documents.number_invalid",
            gettext_noop("发文字号由机关代字、四位年份和从1起的序号组成，收到的是：%(agency)s、%(year)s、%(serial)s"),
            agency=code,
            year=year,
            serial=serial,
        )
    return f"{code.strip()}〔{year}〕{serial}号"


def chinese_number(value: int) -> str:
    """1 to 99 in Chinese figures, as headings use them."""
    if not 1 <= value <= 99:
        raise ValueError("headings count from 1 to 99")
    tens, units = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[units] if units else "")


def heading_label(level: int, value: int) -> str:
    """一、 （一） 1. （1） for levels 1 to 4 (GB/T 9704 7.3.3)."""
    if level in (1, 2):
        figure = chinese_number(value)
        return f"{figure}、" if level == 1 else f"（{figure}）"
    return f"{value}." if level == 3 else f"（{value}）"


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with every heading's label filled in; deeper levels start again below each heading."""
    counts = [0, 0, 0, 0]
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += block.label != ""
            counts[block.level :] = [0] * (4 - block.level)
            if block.label is None:
                block = replace(block, label=heading_label(block.level, counts[block.level - 1]))
        result.append(block)
    return tuple(result)


def spread_name(name: str) -> str:
    """张伟 becomes 张　伟, so that names of two and three characters align in lists."""
    plain = name.replace(" ", "").replace("　", "")
    return f"{plain[0]}　{plain[1]}" if len(plain) == 2 else plain


def text_width(text: str) -> float:
    """The width in ems: full-width characters 1, others 0.5."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


_BREAK_BEFORE = re.compile(r"关于|《|（|情况")
_BREAK_AFTER = re.compile(r"(?:关于|的|、|》|）|局|区|市|县|办法|企业|工作|安全生产|督导)$")
_NEVER_BEFORE = "的、》）。，工"


def _break_cost(text: str, at: int) -> float:
    """How badly a title breaks before character `at`: word ends are cheap, inside a word is dear."""
    if text[at] in _NEVER_BEFORE:
        return 9
    if _BREAK_BEFORE.match(text, at):
        return 0
    return 1 if _BREAK_AFTER.search(text[:at]) else 4


@lru_cache(maxsize=512)
def title_lines(text: str, limit: int = 19) -> tuple[str, ...]:
    """Break a title into balanced lines of at most `limit` ems, words kept whole where they are known.

    A line feed in the text decides instead.
    """
    text = text.strip()
    if "\n" in text:
        return tuple(part.strip() for part in text.split("\n") if part.strip())
    total = text_width(text)
    if total <= limit:
        return (text,)
    plain = tuple(text[i : i + limit] for i in range(0, len(text), limit))
    if len(plain) > 3:  # longer than any title may be
        return plain
    count = int(-(-total // limit))
    fitting = (lines for lines in _splits(text, count) if max(map(text_width, lines)) <= limit)
    return min(fitting, key=lambda lines: _split_cost(text, lines, total / count), default=plain)


def _splits(text: str, count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(2, len(text) - 1), count - 1):
        edges = (0, *cuts, len(text))
        yield tuple(text[a:b] for a, b in pairwise(edges))


def _split_cost(text: str, lines: tuple[str, ...], mean: float) -> float:
    spread = max(abs(text_width(line) - mean) for line in lines)
    ends = accumulate(len(line) for line in lines[:-1])
    return spread + 2 * sum(_break_cost(text, at) for at in ends)
