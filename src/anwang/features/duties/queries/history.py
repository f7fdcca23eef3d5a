"""What happened to one obligation: who had it, who explained, what met it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Subquery

from ..models import Contact, Fulfilment, Obligation, Transfer, Unable


@dataclass(frozen=True, slots=True)
class Trail:
    """The transfers, explanations and records of an obligation, oldest first."""

    transfers: list[Transfer]
    unables: list[Unable]
    fulfilments: list[Fulfilment]


def trail(row: Obligation) -> Trail:
    """Three queries."""
    return Trail(
        list(row.transfers.select_related("from_person", "to_person").order_by("id")),
        list(row.unables.order_by("id")),
        list(row.fulfilments.select_related("contact__person").order_by("id")),
    )


def held_open(person: int, *, on: date) -> dict[int, int]:
    """How many duties that can still be done in time a person answers for, by enterprise."""
    rows = Obligation.objects.filter(person_id=person, done_at__isnull=True, waived_at__isnull=True, due__gte=on)
    return dict(rows.values_list("enterprise_id").annotate(n=Count("id")).order_by())


def moved_at(moment: datetime, enterprises: Iterable[int]) -> dict[int, int]:
    """How many duties of enterprises changed hands at one moment, by enterprise."""
    rows = Transfer.objects.filter(at=moment, obligation__enterprise_id__in=list(enterprises))
    return dict(rows.values_list("obligation__enterprise_id").annotate(n=Count("id")).order_by())


def recorded_since(moment: datetime, enterprises: Iterable[int]) -> bool:
    """Whether a record of one of the enterprises has arrived from a moment on."""
    return Contact.objects.filter(received_at__gte=moment, enterprise_id__in=list(enterprises)).exists()


def held_rows(person: int, enterprises: Iterable[int], *, on: date) -> list[Obligation]:
    """The duties of a person at enterprises that can still be done in time, the earliest first."""
    rows = Obligation.objects.filter(person_id=person, enterprise_id__in=list(enterprises), due__gte=on)
    rows = rows.filter(done_at__isnull=True, waived_at__isnull=True).select_related("enterprise", "person")
    return list(rows.order_by("due", "rule", "id"))


def last_contacts(enterprises: Iterable[int], *, before: date) -> dict[int, Contact]:
    """The last record that reached the enterprise, by enterprise, up to a day; one query."""
    rows = Contact.objects.filter(
        enterprise_id__in=list(enterprises), void_at__isnull=True, reached=True, occurred_on__lte=before
    )
    newest = rows.filter(enterprise_id=OuterRef("enterprise_id")).order_by("-occurred_on", "-id").values("id")[:1]
    return {row.enterprise_id: row for row in rows.filter(id=Subquery(newest)).select_related("person")}
