"""The stretch of time that a table speaks of, chosen in the URL: a month, quarter, half-year or year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.calendar import Period, PeriodKind


@dataclass(frozen=True, slots=True)
class Span:
    """Months from `first` to `last` (2026-10 … 2026-12): a duty belongs to the month in which its period ends."""

    period: Period

    @property
    def first(self) -> str:
        return self.period.first.strftime("%Y-%m")

    @property
    def last(self) -> str:
        return self.period.last.strftime("%Y-%m")

    @property
    def previous(self) -> str:
        return self.period.previous.key

    @property
    def next(self) -> str:
        return self.period.next.key


def span_of(key: str, today: date, *, halves: bool = False) -> Span:
    """The span of a period key; '' is the quarter of today. Half-months are too short for a table, not for rows."""
    if not key:
        return Span(Period.containing(PeriodKind.QUARTER, today))
    try:
        period = Period.parse(key)
    except ValueError:
        period = None
    if period is None or (period.kind is PeriodKind.HALF_MONTH and not halves):
        raise Refusal(
            "bad_period", gettext_noop("时段 %(key)s 无法识别，请写成 2026-11、2026Q4、2026H2 或 2026。"), key=key
        )
    return Span(period)
