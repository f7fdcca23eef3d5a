"""What nobody answers for: a blocking alarm until somebody does (一 全员全企覆盖, B2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from anwang.domain.grid.codes import unit_range
from anwang.features.accounts import queries as accounts
from anwang.features.assignments.queries.standing import leads_on
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from ..models import Obligation
from .rows import OPEN

NAMED = 20


@dataclass(frozen=True, slots=True)
class Orphans:
    """Operating enterprises without a lead (the first of them named), and open duties of people without any post."""

    enterprises: int = 0
    duties: int = 0
    named: list[tuple[int, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.enterprises or self.duties)


def orphans(ranges: Sequence[tuple[int, int]], *, on: date, limit: int = NAMED) -> Orphans:
    """What nobody answers for in half-open ranges of unit codes; two queries."""
    if not ranges:
        return Orphans()
    rows = _bare(ranges, on).annotate(total=Window(Count("id"))).order_by("place", "id")
    bare = list(rows.values_list("id", "name", "total")[:limit])
    counts = _unheld(ranges, on).aggregate(n=Count("id"))
    return Orphans(bare[0][2] if bare else 0, counts["n"], [(key, name) for key, name, _ in bare])


def _bare(ranges: Sequence[tuple[int, int]], on: date) -> QuerySet[Any]:
    led = leads_on(on).filter(enterprise_id=OuterRef("id"))
    return enterprises.operating().filter(_inside(ranges, "place"), ~Exists(led))


def unheld(on: date) -> QuerySet[Obligation]:
    """Duties that can still be done in time and whose responsible person holds no post on the day."""
    # The few people without a post first: their open duties are found by the index of what a person has open.
    held = grid.posts(on=on).filter(person_id=OuterRef("pk")).order_by()
    gone = accounts.people().filter(~Exists(held)).order_by().values("id")
    return Obligation.objects.filter(OPEN, person_id__in=gone, due__gte=on)


def unheld_in(unit: int, *, on: date) -> QuerySet[Obligation]:
    """Of a unit, for counting."""
    return _unheld([unit_range(unit)], on)


def _unheld(ranges: Sequence[tuple[int, int]], on: date) -> QuerySet[Obligation]:
    return unheld(on).filter(_inside(ranges, "enterprise__place"))


def _inside(ranges: Sequence[tuple[int, int]], column: str) -> Q:
    found = Q()
    for low, high in ranges:
        found |= Q(**{f"{column}__gte": low, f"{column}__lt": high})
    return found
