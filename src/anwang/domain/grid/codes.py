"""The 12-digit statistical division code as an integer: levels are ranges, subtrees are range scans (通知 三.1)."""

from __future__ import annotations

import re

from anwang.domain.base import Level

LENGTH = 12
DIGITS = {Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}
_LEVEL_OF_DIGITS = {digits: level for level, digits in DIGITS.items()}
_STEPS = (2, 4, 6, 9, 12)
_SHAPE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")


def parse_code(text: str) -> int | None:
    """A code of 2, 4, 6, 9 or 12 digits as a 12-digit integer; None when the text is not one."""
    text = text.strip()
    if not text.isascii() or not _SHAPE.fullmatch(text) or text[0] == "0":
        return None
    return int(text.ljust(LENGTH, "0"))


def format_code(code: int, *, short: bool = False) -> str:
    """Twelve digits, or only those that the level uses."""
    text = f"{code:012d}"
    return text[: digits_of(code)] if short else text


def digits_of(code: int) -> int:
    """How many leading digits say something: 2, 4, 6, 9 or 12."""
    for digits in _STEPS:
        if code % span(digits) == 0:
            return digits
    raise AssertionError("every integer is divisible by one")


def span(digits: int) -> int:
    """How many codes share the same first `digits` digits."""
    return int(10 ** (LENGTH - digits))


def level_of(code: int) -> Level | None:
    """The level of a unit; None for a province, which is above the grid."""
    return _LEVEL_OF_DIGITS.get(digits_of(code))


def unit_range(unit: int) -> tuple[int, int]:
    """The half-open range of codes in the unit, itself included: `start <= code < end`."""
    return unit, unit + span(digits_of(unit))


def covers(unit: int, code: int) -> bool:
    """True when `code` is the unit or lies below it."""
    return unit <= code < unit + span(digits_of(unit))


def truncate(code: int, level: Level) -> int:
    """The ancestor-or-self of `code` at `level`; a code above that level comes back unchanged."""
    return code - code % span(DIGITS[level])


def county_of(code: int) -> int | None:
    """The county's code; None for a code above counties."""
    return truncate(code, Level.COUNTY) if digits_of(code) >= 6 else None


def township_of(code: int) -> int | None:
    """The township's code; None for a code above townships."""
    return truncate(code, Level.TOWNSHIP) if digits_of(code) >= 9 else None


def ancestors(code: int) -> tuple[int, ...]:
    """The codes above, nearest first, the province last."""
    mine = digits_of(code)
    return tuple(code - code % span(digits) for digits in reversed(_STEPS) if digits < mine)


def units_above(code: int) -> tuple[int, ...]:
    """The units of the grid above, nearest first; the province is none."""
    return tuple(each for each in ancestors(code) if level_of(each))


def parent_code(code: int) -> int | None:
    """The code one level up; None for a province."""
    above = ancestors(code)
    return above[0] if above else None
