"""Where enterprises stand: status and groups, now and in a span of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from anwang.domain.base import Actor, gettext_noop
from anwang.features.grid.queries import within

from ..models import Change, Enterprise, GradeFact, PlaceFact, RiskFact, Status, StatusFact

FACT_DATE = gettext_noop("%(day)s 早于“%(name)s”最近一次变更的日期，不能倒插，请改用其后的日期。")


def real_names(*, limit: int) -> list[str]:
    """Some enterprises that are not marked as demo."""
    return list(Enterprise.objects.filter(is_demo=False).values_list("name", flat=True)[:limit])


def operating_spans(first: date, end: date) -> Iterator[tuple[int, date, date | None]]:
    """(enterprise, start, end or None) of every operating status that touches the days [first, end)."""
    rows = StatusFact.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=first), status=Status.OPERATING, valid_from__lt=end
    ).exclude(valid_to=F("valid_from"))
    return rows.values_list("enterprise_id", "valid_from", "valid_to").iterator(chunk_size=10000)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an enterprise stands now: its status and the groups that count it."""

    status: str
    county: int
    township: int
    place: int = 0


def standings(ids: Iterable[int] | None = None) -> dict[int, Standing]:
    """Standing of enterprises by key; of all when `ids` is None."""
    rows = Enterprise.objects.all() if ids is None else Enterprise.objects.filter(id__in=ids)
    found = rows.values_list("id", "status", "county", "township", "place").iterator(chunk_size=10000)
    return {key: Standing(status, county, township, place or 0) for key, status, county, township, place in found}


def operating() -> QuerySet[Enterprise]:
    """Enterprises that operate now."""
    return Enterprise.objects.filter(status=Status.OPERATING)


def find(enterprise_id: int, *, by: Actor) -> Enterprise | None:
    """One enterprise inside the actor's territory, or None."""
    return within(Enterprise.objects.all(), by).filter(id=enterprise_id).first()


#: A crowded place: more enterprises than these are not looked at.
MOST_NEAR = 2000


def named(*, by: Actor, codes: Iterable[str], names: Iterable[str]) -> list[Enterprise]:
    """Enterprises inside the actor's territory that have one of the codes or one of the exact names."""
    return [
        row
        for column, wanted in (("credit_code", list(codes)), ("name", list(names)))
        for start in range(0, len(wanted), 500)
        for row in within(Enterprise.objects.all(), by).filter(**{f"{column}__in": wanted[start : start + 500]})
    ]


def between(low: tuple[float, float], high: tuple[float, float], *, county: int, by: Actor) -> QuerySet[Enterprise]:
    """Operating enterprises of the actor's territory in a county between two (longitude, latitude)."""
    rows = within(Enterprise.objects.all(), by).filter(county=county, status=Status.OPERATING)
    rows = rows.filter(longitude__range=(low[0], high[0]), latitude__range=(low[1], high[1]))
    return rows.only("id", "name", "grade", "longitude", "latitude")[:MOST_NEAR]


def later_facts(ids: Iterable[int], on: date) -> set[int]:
    """Those of the enterprises of which a fact in force began after the day: nothing can be put in before it."""
    found: set[int] = set()
    for model in (StatusFact, PlaceFact, GradeFact):
        found |= set(model.objects.filter(valid_to=None, valid_from__gt=on).values_list("enterprise_id", flat=True))
    risks = RiskFact.objects.filter(valid_to=None, valid_from__gt=on)
    return (found | set(risks.values_list("point__enterprise_id", flat=True))).intersection(ids)


def latest_act() -> tuple[Any, ...]:
    """Something that differs after any change of any enterprise."""
    return tuple(Change.objects.aggregate(last=Max("id"), undone=Max("undone_at")).values())


def named_like(words: str) -> QuerySet[Enterprise, int]:
    """Keys of enterprises with these words in the name, or with exactly this code; the caller narrows the territory."""
    known = Q(name__icontains=words.strip()) | Q(credit_code=words.strip().upper())
    return Enterprise.objects.filter(known).values_list("id", flat=True)
