"""The periods in which duties fall due: half-month, month, quarter, half-year, year (附件4 二–七)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, total_ordering

from anwang.domain.base import gettext_noop

DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """The kinds of period, the shortest first. A half-month is 1–15 or 16–end."""

    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def per_year(self) -> int:
        """How many of them make a year."""
        return _PER_YEAR[self]

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


_PER_YEAR = {
    PeriodKind.HALF_MONTH: 24,
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF_YEAR: 2,
    PeriodKind.YEAR: 1,
}

KIND_LABELS = {
    PeriodKind.HALF_MONTH: gettext_noop("每半月"),
    PeriodKind.MONTH: gettext_noop("每月"),
    PeriodKind.QUARTER: gettext_noop("每季度"),
    PeriodKind.HALF_YEAR: gettext_noop("每半年"),
    PeriodKind.YEAR: gettext_noop("每年度"),
}

# One sentence each, so that a translation may turn the words round.
LABELS = {
    (PeriodKind.HALF_MONTH, 1): gettext_noop("%(month)d月上半月"),
    (PeriodKind.HALF_MONTH, 2): gettext_noop("%(month)d月下半月"),
    (PeriodKind.MONTH, 1): gettext_noop("%(month)d月"),
    (PeriodKind.QUARTER, 1): gettext_noop("第一季度"),
    (PeriodKind.QUARTER, 2): gettext_noop("第二季度"),
    (PeriodKind.QUARTER, 3): gettext_noop("第三季度"),
    (PeriodKind.QUARTER, 4): gettext_noop("第四季度"),
    (PeriodKind.HALF_YEAR, 1): gettext_noop("上半年"),
    (PeriodKind.HALF_YEAR, 2): gettext_noop("下半年"),
    (PeriodKind.YEAR, 1): gettext_noop("%(year)d年"),
}

_KEY = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?P<half>[AB])?|Q(?P<quarter>[1-4])|H(?P<half_year>[12]))?",
    re.ASCII,
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One period of Asia/Shanghai days. `number` counts from 1 inside its year: the second half of November is 22.

    Ordered by first day, then by last day, so that periods of several kinds sort too. Years 1 to 9998.
    """

    kind: PeriodKind
    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.kind.per_year or not 1 <= self.year <= 9998:
            raise ValueError(f"no such period: {self.kind} {self.number} of {self.year}")

    @classmethod
    def containing(cls, kind: PeriodKind, day: date) -> Period:
        """The period of a kind in which a day lies."""
        if kind is PeriodKind.HALF_MONTH:
            return cls(kind, day.year, day.month * 2 - (day.day <= 15))
        return cls(kind, day.year, (day.month - 1) * kind.per_year // 12 + 1)

    @classmethod
    def parse(cls, key: str) -> Period:
        """The period of a key such as `2026-11B`, `2026-11`, `2026Q4`, `2026H2`, `2026`; ValueError otherwise."""
        return _parse(key)

    @property
    def key(self) -> str:
        """`2026-11B`, `2026-11`, `2026Q4`, `2026H2` or `2026`; stable, stored on rows, sorts within a kind."""
        return _key(self)

    @property
    def first(self) -> date:
        """The first day."""
        return _bounds(self)[0]

    @property
    def end(self) -> date:
        """The first day after the period."""
        return _bounds(self)[1]

    @property
    def last(self) -> date:
        """The last day: the deadline stays here, workday or not."""
        return self.end - DAY

    @property
    def days(self) -> int:
        return (self.end - self.first).days

    @property
    def label_text(self) -> str:
        """The Chinese words with %(year)d and %(month)d places, for translation before formatting."""
        return LABELS[self.kind, 2 - self.number % 2 if self.kind is PeriodKind.HALF_MONTH else self._label_number]

    @property
    def label_params(self) -> dict[str, int]:
        return {"year": self.year, "month": self.first.month}

    @property
    def label(self) -> str:
        """11月下半月, 11月, 第四季度, 下半年, 2026年."""
        return self.label_text % self.label_params

    @property
    def long_label(self) -> str:
        """The label with its year: 2026年11月下半月."""
        return self.label if self.kind is PeriodKind.YEAR else f"{self.year}年{self.label}"

    @property
    def _label_number(self) -> int:
        return 1 if self.kind is PeriodKind.MONTH else self.number

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end

    def __lt__(self, other: Period) -> bool:
        return _bounds(self) < _bounds(other)

    def __str__(self) -> str:
        return self.key

    def shifted(self, steps: int) -> Period:
        """The period so many steps later (earlier when negative)."""
        years, index = divmod(self.number - 1 + steps, self.kind.per_year)
        return Period(self.kind, self.year + years, index + 1)

    @property
    def next(self) -> Period:
        return self.shifted(1)

    @property
    def previous(self) -> Period:
        return self.shifted(-1)

    def days_left(self, day: date) -> int:
        """Days in which it can still be done, `day` included: 1 on the last day, 0 afterwards; all before it begins."""
        return max(0, (self.end - max(day, self.first)).days)

    def children(self, kind: PeriodKind) -> tuple[Period, ...]:
        """The shorter periods of a kind that make up this one; ValueError when the kind is longer."""
        each = kind.per_year // self.kind.per_year
        if not each:
            raise ValueError(f"{kind} is longer than {self.kind}")
        return tuple(Period(kind, self.year, (self.number - 1) * each + i + 1) for i in range(each))

    def parent(self, kind: PeriodKind) -> Period:
        """The period of an equal or longer kind that holds this one; ValueError when the kind is shorter."""
        if kind.per_year > self.kind.per_year:
            raise ValueError(f"{kind} is shorter than {self.kind}")
        return Period.containing(kind, self.first)

    @property
    def parents(self) -> tuple[Period, ...]:
        """The longer periods that hold this one, the shortest first."""
        return tuple(self.parent(kind) for kind in PeriodKind if kind.per_year < self.kind.per_year)


def periods_between(kind: PeriodKind, start: date, end: date) -> Iterator[Period]:
    """The periods of a kind that touch the days [start, end), in order; none when the interval is empty."""
    if start >= end:
        return
    period, last = Period.containing(kind, start), Period.containing(kind, end - DAY)
    while period <= last:
        yield period
        period = period.next


@lru_cache(maxsize=4096)
def _bounds(period: Period) -> tuple[date, date]:
    if period.kind is PeriodKind.HALF_MONTH:
        month, half = divmod(period.number - 1, 2)
        middle = date(period.year, month + 1, 16)
        return (middle, _month_begins(period.year, month + 1)) if half else (middle.replace(day=1), middle)
    months = 12 // period.kind.per_year
    return _month_begins(period.year, (period.number - 1) * months), _month_begins(period.year, period.number * months)


def _month_begins(year: int, month: int) -> date:
    """The first of a month counted from 0; 12 is January of the next year."""
    return date(year + month // 12, month % 12 + 1, 1)


@lru_cache(maxsize=4096)
def _key(period: Period) -> str:
    year = f"{period.year:04d}"
    match period.kind:
        case PeriodKind.HALF_MONTH:
            return f"{year}-{(period.number + 1) // 2:02d}{'BA'[period.number % 2]}"
        case PeriodKind.MONTH:
            return f"{year}-{period.number:02d}"
        case PeriodKind.QUARTER:
            return f"{year}Q{period.number}"
        case PeriodKind.HALF_YEAR:
            return f"{year}H{period.number}"
        case PeriodKind.YEAR:
            return year


@lru_cache(maxsize=4096)
def _parse(key: str) -> Period:
    found = _KEY.fullmatch(key)
    if found is None:
        raise ValueError(f"not a period key: {key!r}")
    year, part = int(found["year"]), found.groupdict()
    if part["half"]:
        return Period(PeriodKind.HALF_MONTH, year, int(part["month"]) * 2 - (part["half"] == "A"))
    for name, kind in (
        ("month", PeriodKind.MONTH),
        ("quarter", PeriodKind.QUARTER),
        ("half_year", PeriodKind.HALF_YEAR),
    ):
        if part[name]:
            return Period(kind, year, int(part[name]))
    return Period(PeriodKind.YEAR, year, 1)
