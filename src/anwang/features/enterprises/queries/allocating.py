"""What the allocation and the documents need of many enterprises at once (二.2, 附件3, 附件5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from anwang.domain.grid.codes import unit_range
from anwang.features.grid.queries import on_day

from ..models import Enterprise, GradeFact, IndustryBy, PlaceFact, Status, StatusFact

#: Industries decided to be none of the thirteen: outside the scope of the notice (二.1).
DECIDED = (IndustryBy.HAND.value, IndustryBy.STATED.value, IndustryBy.CODE.value)


class AllocationRow(NamedTuple):
    """An operating enterprise in scope on a day. `place` is a 12-digit code; coordinates are None when unknown."""

    id: int
    place: int
    industry: str
    grade: str
    managing: str
    longitude: float | None
    latitude: float | None


def allocation_rows(unit: int, on: date) -> list[AllocationRow]:
    """The enterprises in a unit that operate on a day, as place and grade were then, by key. Those decided to be in
    none of the industries are outside the scope; those not yet decided are in it, so that none is forgotten."""
    low, high = unit_range(unit)
    rows = PlaceFact.objects.filter(on_day(on), place__gte=low, place__lt=high)
    places = dict(rows.values_list("enterprise_id", "place").iterator(chunk_size=10000))
    working = StatusFact.objects.filter(on_day(on), status=Status.OPERATING)
    operating = set(working.values_list("enterprise_id", flat=True).iterator(chunk_size=10000))
    graded = GradeFact.objects.filter(on_day(on)).values_list("enterprise_id", "grade").iterator(chunk_size=10000)
    grades = dict(graded)
    names = ("id", "industry", "managing", "longitude", "latitude")
    known = Enterprise.objects.exclude(industry="", industry_by__in=DECIDED).order_by("id").values_list(*names)
    return [
        AllocationRow(key, places[key], industry, grades.get(key, "general"), managing, longitude, latitude)
        for key, industry, managing, longitude, latitude in known.iterator(chunk_size=10000)
        if key in operating and key in places
    ]


def in_scope() -> QuerySet[Enterprise]:
    """Operating enterprises that are not decided to be outside the industries: whom coverage counts (一, 二.1)."""
    return Enterprise.objects.filter(status=Status.OPERATING).exclude(industry="", industry_by__in=DECIDED)


@dataclass(frozen=True, slots=True)
class Card:
    """An enterprise as documents name it; phones are in clear, for papers that carry them."""

    id: int
    name: str
    code: str
    address: str
    place: int
    industry: str
    grade: str
    managing: str
    status: str
    headcount: int | None
    major_hazard: bool
    principal: str
    principal_phone: str
    safety_officer: str
    safety_phone: str
    remarks: str


def _portions(ids: Iterable[int] | QuerySet | None) -> list[Any]:
    if ids is None or isinstance(ids, QuerySet):
        return [ids]
    wanted = list(ids)
    return [wanted[n : n + 800] for n in range(0, len(wanted), 800)]


_CARD = tuple(name for name in Card.__dataclass_fields__ if name != "code")


def cards(ids: Iterable[int] | QuerySet | None) -> dict[int, Card]:
    """Cards by key; of all when `ids` is None. A query of keys is answered by one query. Territory: the caller's."""
    found: dict[int, Card] = {}
    for some in _portions(ids):
        rows = Enterprise.objects.all() if some is None else Enterprise.objects.filter(id__in=some)
        for *values, code, old in rows.values_list(*_CARD, "credit_code", "provisional_code").iterator(chunk_size=5000):
            card = dict(zip(_CARD, values, strict=True))
            found[card["id"]] = Card(code=code or old, **card)
    return found


def spans_of(ids: Iterable[int], first: date, end: date) -> dict[int, list[tuple[date, date | None]]]:
    """By enterprise, the operating spans that touch the days [first, end)."""
    rows = StatusFact.objects.filter(enterprise_id__in=list(ids), status=Status.OPERATING, valid_from__lt=end)
    found: dict[int, list[tuple[date, date | None]]] = {}
    for key, start, stop in rows.exclude(valid_to=F("valid_from")).values_list(
        "enterprise_id", "valid_from", "valid_to"
    ):
        if stop is None or stop > first:
            found.setdefault(key, []).append((start, stop))
    return found
