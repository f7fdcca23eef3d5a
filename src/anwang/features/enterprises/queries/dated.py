"""What was true of enterprises on a day, for lists that are made for a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

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


def places_now(ids: Iterable[int]) -> dict[int, tuple[int, date]]:
    """{enterprise: (12-digit code, since when)} of the place that holds now; one query for 800."""
    found: dict[int, tuple[int, date]] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 800):
        rows = PlaceFact.objects.filter(enterprise_id__in=wanted[start : start + 800], valid_to=None)
        found |= {key: (place, since) for key, place, since in rows.values_list("enterprise_id", "place", "valid_from")}
    return found


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


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A fact with its two times: when it was true, when its begin and its end were recorded.

    `what` is status, place or grade, `value` the status, the unit's code or the grade in effect.
    """

    what: str
    id: int
    start: date
    end: date | None
    known: datetime
    end_known: datetime | None
    value: str
    note: str
    by: str


def facts_of(enterprise_id: int) -> list[DatedFact]:
    """Every status, place and grade that an enterprise ever had, in one query; those never in force are left out."""
    parts = (
        _dated(StatusFact, "status", F("status"), F("reason"), enterprise_id),
        _dated(PlaceFact, "place", Cast("place", CharField()), F("address"), enterprise_id),
        _dated(GradeFact, "grade", F("grade"), F("override_reason"), enterprise_id),
    )
    return [DatedFact(*row) for row in parts[0].union(parts[1], parts[2], all=True) if row[2] != row[3]]


def _dated(model: Any, what: str, value: Any, note: Any, enterprise_id: int) -> QuerySet[Any]:
    rows = model.objects.filter(enterprise_id=enterprise_id)
    rows = rows.annotate(what=Value(what, CharField()), value=value, said=note, ended=F("closed_by__at"))
    return rows.values_list(
        "what", "id", "valid_from", "valid_to", "recorded_at", "ended", "value", "said", "recorded_by"
    )


def grade_facts(enterprise_id: int) -> list[GradeFact]:
    """The grades that were in force, the latest first, with the items that fired (附件6)."""
    rows = GradeFact.objects.filter(enterprise_id=enterprise_id).exclude(valid_to=F("valid_from"))
    return list(rows.select_related("closed_by").order_by("-valid_from", "-id"))
