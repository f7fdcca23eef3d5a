"""Obligations and counters of a unit and a stretch of months: what the statistics are made of."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Q, QuerySet

from anwang.domain.calendar import Period, PeriodKind, periods_between
from anwang.domain.duties.span import TASKS_FROM, TASKS_TO
from anwang.domain.grid.codes import digits_of

from ..models import Obligation, Tally


def tallies() -> QuerySet[Tally]:
    """The counters; sums are taken from here, never from the rows."""
    return Tally.objects.all()


def obligations_under(unit: int, first: str, last: str, rule: str = "", *, exact: bool = False) -> QuerySet[Obligation]:
    """Obligations of a unit whose period ends in the months first … last (2026-10), optionally of one rule.

    A task (附件4.8) has no period: it counts in the month of its last day, as in the counters.

    `exact`: only those that belong to the unit itself because no unit below is known.
    """
    rows = Obligation.objects.filter(Q(period__in=periods_ending(first, last)) | _tasks_due(first, last))
    rows = rows.filter(rule=rule) if rule else rows
    digits = digits_of(unit)
    if exact:
        return rows.filter(township=unit // 10**3)
    if digits == 4:
        return rows.filter(county__gte=unit // 10**6, county__lt=unit // 10**6 + 100)
    if digits == 6:
        return rows.filter(county=unit // 10**6)
    return rows.filter(township=unit // 10**3) if digits == 9 else rows.filter(enterprise__place=unit)


def _tasks_due(first: str, last: str) -> Q:
    start, end = Period.parse(first).first, Period.parse(last).end
    return Q(period__gte=TASKS_FROM, period__lt=TASKS_TO, due__gte=start, due__lt=end)


@lru_cache(maxsize=256)
def periods_ending(first: str, last: str) -> tuple[str, ...]:
    """Keys of all periods that end in the months first … last."""
    start, end = Period.parse(first).first, Period.parse(last).end
    return tuple(
        period.key for kind in PeriodKind for period in periods_between(kind, start, end) if start <= period.last < end
    )
