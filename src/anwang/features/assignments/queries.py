"""Reading who is bound to which enterprise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from anwang.features.grid.queries import on_day

from .models import Assignment, Part


def lead_spans(first: date, end: date) -> Iterator[tuple[int, int, int, int, bool, date, date | None]]:
    """(assignment, enterprise, person, post, lead, start, end) of every lead that touches the days [first, end)."""
    rows = Assignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=first), part=Part.LEAD, valid_from__lt=end
    )
    found = rows.values_list("id", "enterprise_id", "person_id", "post_id", "valid_from", "valid_to").iterator(
        chunk_size=10000
    )
    return ((key, firm, person, post, True, start, stop) for key, firm, person, post, start, stop in found)


def leads(*, on: date, enterprises: Iterable[int] | None = None) -> dict[int, Assignment]:
    """The lead assignment of each enterprise on a day."""
    rows = Assignment.objects.filter(on_day(on), part=Part.LEAD)
    rows = rows if enterprises is None else rows.filter(enterprise_id__in=list(enterprises))
    return {row.enterprise_id: row for row in rows.only("enterprise_id", "person_id", "post_id", "level", "valid_from")}


def of_person(person_id: int, *, on: date) -> QuerySet[Assignment]:
    """What a person is bound to on a day, leads first."""
    rows = Assignment.objects.filter(on_day(on), person_id=person_id)
    return rows.select_related("enterprise").order_by("-part", "enterprise__name")


def is_bound(person_id: int, enterprise_id: int, *, on: date) -> bool:
    """Lead or joint on that day."""
    return Assignment.objects.filter(on_day(on), person_id=person_id, enterprise_id=enterprise_id).exists()
