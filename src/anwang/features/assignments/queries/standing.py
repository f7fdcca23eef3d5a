"""Reading who is bound to which enterprise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from anwang.domain.base import Actor
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid.queries import on_day, within

from ..models import Assignment, Commitment, Part, Posting


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


def leads_on(day: date) -> QuerySet[Assignment]:
    """All lead assignments of a day, for comparison inside the database."""
    return Assignment.objects.filter(on_day(day), part=Part.LEAD)


def deputies_on(day: date) -> QuerySet[Assignment]:
    """Everybody who stands in for a lead on leave on a day."""
    return Assignment.objects.filter(on_day(day), part=Part.DEPUTY)


def deputies(*, on: date, enterprises: Iterable[int] | None = None) -> dict[int, Assignment]:
    """The deputy of each enterprise whose lead is on leave on a day."""
    rows = deputies_on(on) if enterprises is None else deputies_on(on).filter(enterprise_id__in=list(enterprises))
    columns = ("enterprise_id", "person_id", "post_id", "level", "valid_from", "valid_to")
    return {row.enterprise_id: row for row in rows.only(*columns)}


def of_person(person_id: int, *, on: date) -> QuerySet[Assignment]:
    """What a person is bound to on a day, leads first."""
    rows = Assignment.objects.filter(on_day(on), person_id=person_id)
    # Who is joint and stands in for the lead is bound once: as the deputy.
    double = deputies_on(on).filter(person_id=person_id, enterprise_id=OuterRef("enterprise_id"))
    rows = rows.exclude(Q(part=Part.JOINT) & Exists(double))
    return rows.select_related("enterprise").order_by("-part", "enterprise__name")


def bound_people(*, on: date) -> set[int]:
    """Everybody who is bound to at least one enterprise on a day."""
    return set(Assignment.objects.filter(on_day(on)).values_list("person_id", flat=True).distinct())


def is_bound(person_id: int, enterprise_id: int, *, on: date) -> bool:
    """Lead or joint on that day."""
    return Assignment.objects.filter(on_day(on), person_id=person_id, enterprise_id=enterprise_id).exists()


def of_enterprise(enterprise_id: int, *, on: date) -> QuerySet[Assignment]:
    """Who is bound to an enterprise on a day, the lead first."""
    rows = Assignment.objects.filter(on_day(on), enterprise_id=enterprise_id)
    return rows.select_related("person", "post").order_by("-part", "id")


def enterprise_of_paper(target: str) -> int | None:
    """The key of the enterprise that a letter or sheet speaks of, by the document's target (kind:assignment)."""
    key = target.rpartition(":")[2]
    if not key.isdigit():
        return None
    return Assignment.objects.filter(id=int(key)).values_list("enterprise_id", flat=True).first()


def bound_to(person_id: int, *, on: date) -> QuerySet[Assignment, int]:
    """Keys of the enterprises that a person is bound to on a day, for comparison inside the database."""
    return Assignment.objects.filter(on_day(on), person_id=person_id).values_list("enterprise_id", flat=True)


def uncovered(actor: Actor, *, on: date) -> int:
    """How many operating enterprises of the actor's territory nobody leads (一 全企覆盖)."""
    led = Assignment.objects.filter(on_day(on), part=Part.LEAD, enterprise_id=OuterRef("id"))
    operating = within(enterprises.operating(), actor)
    return operating.filter(~Exists(led)).count()


def papers_waiting(person_id: int, *, on: date) -> dict[str, QuerySet[Any]]:
    """`letters`: commitment letters of a person not signed; `sheets`: notice sheets not confirmed as posted (三.2)."""
    bound = Assignment.objects.filter(on_day(on), person_id=person_id).values("id")
    return {
        "letters": Commitment.objects.filter(assignment__in=bound, void_at__isnull=True, signed_at__isnull=True),
        "sheets": Posting.objects.filter(assignment__in=bound, void_at__isnull=True, confirmed_at__isnull=True),
    }


@dataclass(frozen=True, slots=True)
class Span:
    """A person bound to an enterprise on the days [start, end), `end` None is open. Leads come before joint ones."""

    person: int
    name: str
    phone: str
    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        """Bound on that day."""
        return self.start <= day and (self.end is None or day < self.end)


def spans_of(ids: Iterable[int]) -> dict[int, list[Span]]:
    """Everybody who is or was bound to the enterprises, the leads first."""
    found: dict[int, list[Span]] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        rows = Assignment.objects.filter(enterprise_id__in=wanted[start : start + 500]).select_related("person")
        for row in rows.order_by("-part", "-valid_from"):
            span = Span(row.person_id, row.person.name, row.person.phone, row.valid_from, row.valid_to)
            found.setdefault(row.enterprise_id, []).append(span)
    return found


def uncovered_names(*, on: date, limit: int) -> list[tuple[int, str]]:
    """(enterprise, name) of operating enterprises that nobody leads, the first `limit` of them."""
    led = Assignment.objects.filter(on_day(on), part=Part.LEAD, enterprise_id=OuterRef("id"))
    rows = enterprises.operating().filter(~Exists(led)).order_by("id")
    return list(rows.values_list("id", "name")[:limit])
