"""Sheets that came back, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from anwang.domain.base import Actor
from anwang.features.duties import queries as duties

from ..models import Scan

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Scanned:
    """A sheet and the record it became, if any."""

    scan: Scan
    contact: int | None


def scans_of(actor: Actor) -> list[Scanned]:
    """What the actor sent in and neither dropped nor filed, newest first; two queries."""
    rows = Scan.objects.filter(sender_id=actor.person_id or 0, dropped_at__isnull=True, filed_at__isnull=True)
    found = list(rows.select_related("enterprise", "person").order_by("-received_at", "id")[:SHOWN])
    made = duties.recorded_as([row.id for row in found])
    return [Scanned(row, made.get(row.id)) for row in found]


def scan_for(actor: Actor, scan_id: UUID) -> Scan | None:
    """One sheet that the actor sent in."""
    rows = Scan.objects.filter(id=scan_id, sender_id=actor.person_id or 0, dropped_at__isnull=True)
    return rows.select_related("enterprise", "person").first()


def sheet_of(contact_id: int, *, by: Actor) -> Scan | None:
    """The photographed sheet of a record that the actor may see."""
    row = duties.contact(contact_id, by=by)
    if row is None:
        return None
    return Scan.objects.filter(id=row.client_id, dropped_at__isnull=True).select_related("sender").first()


def sheets_from(keys: Iterable[UUID]) -> list[Scan]:
    """The photographed sheets of the records with these keys; one query, none without keys."""
    wanted = list(keys)
    rows = Scan.objects.filter(id__in=wanted, dropped_at__isnull=True).select_related("sender")
    return list(rows.order_by("received_at", "id")) if wanted else []


def recorded(scan: Scan) -> int | None:
    """The record that a sheet has become."""
    return duties.recorded_as([scan.id]).get(scan.id)
