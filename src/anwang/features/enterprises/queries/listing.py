"""The roster as lists show it: narrowed by what the address says, each line with the names of its place (二.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When

from anwang.adapters.crypto.fields import masked
from anwang.domain.base import Actor, Grade
from anwang.domain.grid.codes import unit_range
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Enterprise, IndustryBy, PlaceMethod, Status

#: Values of the filter 所在网格: how well the place is known.
PLACES = ("guessed", "none", "township", "county")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed by; empty values narrow nothing. `unit` is a 12-digit code, `text` a name, a code or an
    address, `status` "" for all that are not closed and "all" for every one, `industry` "none" for none."""

    text: str = ""
    unit: int | None = None
    industry: str = ""
    grade: str = ""
    managing: str = ""
    status: str = ""
    place: str = ""
    hazard: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One enterprise of a list with the words for its codes."""

    row: Enterprise
    county: str
    township: str
    village: str
    industry: str

    @property
    def phone(self) -> str:
        """The principal's phone, masked."""
        return masked(self.row.principal_phone)


def listing(actor: Actor, filters: Filters) -> QuerySet[Enterprise]:
    """Enterprises of the territory, narrowed, in the order of places and names; those without a place at the end."""
    unknown = Case(When(place_method=PlaceMethod.NONE, then=1), default=0)
    rows = narrow(grid.within(Enterprise.objects.all(), actor), filters)
    return rows.order_by(unknown, "place", "name", "id")


def narrow(rows: QuerySet[Enterprise], filters: Filters) -> QuerySet[Enterprise]:
    """The rows that a filter leaves."""
    for name in ("grade", "managing"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.unit is not None:
        rows = rows.filter(in_unit(filters.unit))
    if filters.industry:
        rows = rows.filter(industry="" if filters.industry == "none" else filters.industry)
    if filters.hazard is not None:
        rows = rows.filter(major_hazard=filters.hazard)
    if filters.text:
        rows = rows.filter(called(filters.text))
    if filters.place:
        rows = rows.filter(placed(filters.place))
    return rows.filter(standing(filters.status))


def in_unit(unit: int) -> Q:
    """Enterprises in a unit and below."""
    low, high = unit_range(unit)
    return Q(place__gte=low, place__lt=high)


def standing(status: str) -> Q:
    """ "" leaves out the closed, "all" nothing."""
    if status == "all":
        return Q()
    return Q(status=status) if status else ~Q(status=Status.CLOSED)


def called(text: str) -> Q:
    """A part of the name or address, every word of it; a credit code or its beginning."""
    found = Q()
    for word in text.split():
        if re.fullmatch(r"[0-9A-Za-z]{6,18}", word):
            code = word.upper()
            found &= Q(credit_code__startswith=code) | Q(provisional_code__startswith=code) | Q(name__icontains=word)
        else:
            found &= Q(name__icontains=word) | Q(address__icontains=word)
    return found


def placed(how: str) -> Q:
    """How well the place is known: guessed, none, or only to the township or county."""
    if how == "guessed":
        return Q(place_guessed=True)
    if how == "none":
        return Q(place_method=PlaceMethod.NONE)
    known = ~Q(place_method=PlaceMethod.NONE)
    return known & (at_township() if how == "township" else at_county())


def at_township() -> Q:
    """Places without a village: the code ends in 000, the township's own number does not."""
    return _ends(3) & ~at_county()


def at_county() -> Q:
    """Places without a township."""
    return _ends(6)


def _ends(zeros: int) -> Q:
    """Places whose last digits are zeros: the columns county and township tell it without arithmetic on the code."""
    return Q(place__endswith="0" * zeros)


def lines(rows: Sequence[Enterprise]) -> list[Line]:
    """The rows with names; two queries for any number of them."""
    codes = {code for row in rows for code in (row.place, row.place // 10**3 * 10**3, row.place // 10**6 * 10**6)}
    names = grid.names(codes)
    policy = policies.current()
    industries = {each.code: each.name for each in policy.industries}
    found = []
    for row in rows:
        county, township = row.place // 10**6 * 10**6, row.place // 10**3 * 10**3
        found.append(
            Line(
                row,
                names.get(county, "") if row.place % 10**8 else "",
                names.get(township, "") if township != county else "",
                names.get(row.place, "") if row.place != township else "",
                industries.get(row.industry, ""),
            )
        )
    return found


def counts(actor: Actor) -> dict[str, int]:
    """The figures above the list: all that are not closed, of them operating, major, without a settled place or
    industry."""
    rows = grid.within(Enterprise.objects.exclude(status=Status.CLOSED), actor)
    doubtful = Q(place_guessed=True) | Q(place_method=PlaceMethod.NONE)
    operating = Q(status=Status.OPERATING)
    return rows.aggregate(
        all=Count("id"),
        operating=Count("id", filter=operating),
        major=Count("id", filter=operating & Q(grade=Grade.MAJOR)),
        place=Count("id", filter=doubtful),
        industry=Count("id", filter=Q(industry_by__in=("", IndustryBy.GUESS.value))),
    )


def chosen_ids(actor: Actor, ids: Sequence[int]) -> list[int]:
    """Those of the keys that lie in the territory."""
    rows: list[Any] = []
    for start in range(0, len(ids), 500):
        mine = grid.within(Enterprise.objects.filter(id__in=ids[start : start + 500]), actor)
        rows += mine.values_list("id", flat=True)
    return rows
