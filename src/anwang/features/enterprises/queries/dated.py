"""What was true of enterprises on a day, for lists that are made for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anwang.domain.grid.codes import unit_range
from anwang.features.grid.queries import on_day

from ..models import GradeFact, PlaceFact, Status, StatusFact
from .allocating import DECIDED

OUTSIDE = Q(enterprise__industry="", enterprise__industry_by__in=DECIDED)


@dataclass(frozen=True, slots=True)
class StoodThen:
    """An enterprise on a day: where it stood, its status and its grade in effect."""

    id: int
    place: int
    address: str
    status: str
    grade: str


def placed_in(unit: int, *, on: date) -> QuerySet:
    """Keys of the enterprises that lay in a unit on a day, whatever their status, as a query."""
    return _placed(unit, on).values("enterprise_id")


def _placed(unit: int, on: date) -> QuerySet[PlaceFact]:
    low, high = unit_range(unit)
    return PlaceFact.objects.filter(on_day(on), place__gte=low, place__lt=high)


def stood_in(unit: int, *, on: date) -> list[StoodThen]:
    """The enterprises of a unit on a day that were not closed then, in the order of places and keys.

    Those decided to be in none of the industries are outside the scope of the notice (二.1) and of its lists.
    """
    places = _placed(unit, on).exclude(OUTSIDE)
    inside = {"enterprise__placefacts__in": places}
    statuses = dict(StatusFact.objects.filter(on_day(on), **inside).values_list("enterprise_id", "status"))
    grades = dict(GradeFact.objects.filter(on_day(on), **inside).values_list("enterprise_id", "grade"))
    rows = places.order_by("place", "enterprise_id").values_list("enterprise_id", "place", "address")
    return [
        StoodThen(key, place, address, statuses[key], grades.get(key, ""))
        for key, place, address in rows.iterator(chunk_size=5000)
        if statuses.get(key, Status.CLOSED) != Status.CLOSED
    ]
