"""Reading enterprises, always through the territory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor
from anwang.features.grid.queries import within

from .models import Enterprise, Status, StatusFact


def real_names(*, limit: int) -> list[str]:
    """Some enterprises that are not marked as demo."""
    return list(Enterprise.objects.filter(is_demo=False).values_list("name", flat=True)[:limit])


def operating_spans(first: date, end: date) -> Iterator[tuple[int, date, date | None]]:
    """(enterprise, start, end or None) of every operating status that touches the days [first, end)."""
    rows = StatusFact.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=first), status=Status.OPERATING, valid_from__lt=end
    )
    return rows.values_list("enterprise_id", "valid_from", "valid_to").iterator(chunk_size=10000)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an enterprise stands now: its status and the groups that count it."""

    status: str
    county: int
    township: int


def standings(ids: Iterable[int] | None = None) -> dict[int, Standing]:
    """Standing of enterprises by key; of all when `ids` is None."""
    rows = Enterprise.objects.all() if ids is None else Enterprise.objects.filter(id__in=ids)
    found = rows.values_list("id", "status", "county", "township").iterator(chunk_size=10000)
    return {key: Standing(status, county, township) for key, status, county, township in found}


def operating() -> QuerySet[Enterprise]:
    """Enterprises that operate now."""
    return Enterprise.objects.filter(status=Status.OPERATING)


def find(enterprise_id: int, *, by: Actor) -> Enterprise | None:
    """One enterprise inside the actor's territory, or None."""
    return within(Enterprise.objects.all(), by).filter(id=enterprise_id).first()
