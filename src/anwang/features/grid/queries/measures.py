"""Health measures: which hold where and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor
from anwang.domain.grid.codes import ancestors
from anwang.domain.grid.measures import RemoteMeasure, measure_for

from ..models import HealthMeasure


def remote_measures(codes: Iterable[int], first: date, last: date) -> list[RemoteMeasure]:
    """The measures that touch the days `first` to `last` at any of the places (12-digit codes); one query.

    Ask `domain.grid.measures.measure_for` with a place and a day.
    """
    wanted = {code for place in set(codes) for code in (place, *ancestors(place))}
    rows = HealthMeasure.objects.filter(first__lte=last, end__gt=first)
    if len(wanted) <= 800:
        rows = rows.filter(unit__in=wanted)
    found = rows.order_by("first", "id").values_list("id", "unit", "first", "end", "reason")
    return [each for each in map(RemoteMeasure._make, found) if each.unit in wanted]


def remote_measure(place: int, day: date) -> RemoteMeasure | None:
    """The measure that holds at a place on a day; one query."""
    return measure_for(remote_measures([place], day, day), place, day)


def measures_for(by: Actor) -> QuerySet[HealthMeasure]:
    """Measures in the territory, and those ordered above that hold in it; the last to end first."""
    held = Q(unit__in=ancestors(by.unit or 0))
    for low, high in by.territory.ranges:
        held |= Q(unit__gte=low, unit__lt=high)
    return HealthMeasure.objects.filter(held).order_by("-end", "-id")


def health_measure(measure_id: int) -> HealthMeasure | None:
    return HealthMeasure.objects.filter(id=measure_id).first()
