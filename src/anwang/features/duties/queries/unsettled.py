"""What is still owed, as plain rows: for acts on many obligations at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from ..models import Obligation


class Owed(NamedTuple):
    """An obligation that is neither done nor waived."""

    id: int
    enterprise: int
    rule: str
    period: str
    county: int
    township: int
    person: int
    post: int
    start: date
    due: date


#: Above so many people the caller reads all.
MOST = 800


def owed(*, start_until: date, due_from: date, people: Iterable[int] | None = None) -> Iterator[Owed]:
    """What is owed, begun by one day and not due before another, in the order of enterprises; of some people only."""
    rows = Obligation.objects.filter(
        done_at__isnull=True, waived_at__isnull=True, start__lte=start_until, due__gte=due_from
    )
    wanted = None if people is None else set(people)
    if wanted is not None and len(wanted) <= MOST:
        rows = rows.filter(person_id__in=wanted)
    columns = ("id", "enterprise_id", "rule", "period", "county", "township", "person_id", "post_id", "start", "due")
    found = map(Owed._make, rows.order_by("enterprise_id", "id").values_list(*columns).iterator(chunk_size=10000))
    return found if wanted is None else (row for row in found if row.person in wanted)


def owed_before(day: date, *, people: Iterable[int]) -> dict[int, int]:
    """How many duties of each person are owed whose last day was before a day; people without any are left out."""
    wanted = set(people)
    rows = Obligation.objects.filter(done_at__isnull=True, waived_at__isnull=True, due__lt=day)
    rows = rows.filter(person_id__in=wanted) if len(wanted) <= MOST else rows
    counted = rows.order_by().values_list("person_id").annotate(n=Count("id"))
    return {person: n for person, n in counted if person in wanted}


def settled(enterprises: Iterable[int], periods: Iterable[str]) -> set[tuple[int, str, str]]:
    """(enterprise, rule, period) of what is done or waived; one query."""
    rows = Obligation.objects.filter(enterprise_id__in=list(enterprises), period__in=set(periods))
    rows = rows.exclude(done_at__isnull=True, waived_at__isnull=True)
    return set(rows.values_list("enterprise_id", "rule", "period"))
