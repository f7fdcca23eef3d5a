"""Taking over what a telephone kept: every record through the same act as on the page, each with its outcome (B9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from anwang.domain.base import Actor, Refusal, Report
from anwang.features.audit import actions as audit

from ..models import Contact
from .data import ContactData
from .photos import PhotoData, add_photo
from .recording import record_contact


@dataclass(frozen=True, slots=True)
class Unsent:
    """A record of a ZIP: what it says, or (`refusal`) why it cannot be taken."""

    client_id: UUID
    title: str
    data: ContactData | None = None
    photos: tuple[PhotoData | Refusal, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: created, same, differs or refused (with the refusal); photos kept, and those not."""

    client_id: UUID
    title: str
    outcome: str
    contact_id: int | None = None
    refusal: Refusal | None = None
    photos: int = 0
    photo_refusals: tuple[Refusal, ...] = field(default=())


def record_unsent(
    *, by: Actor, now: datetime, records: Sequence[Unsent], report: Report = lambda *_: None
) -> list[Taken]:
    """Record what can be recorded, each by itself: one that is refused does not hold the others back."""
    found = []
    for number, each in enumerate(records):
        report(number, len(records), "登记")
        found.append(_taken(by, now, each))
    counts = Counter(each.outcome for each in found)
    audit.record(by=by, now=now, action="contact.unsent", counts=dict(counts))
    report(len(records), len(records), "完成")
    return found


def _taken(by: Actor, now: datetime, record: Unsent) -> Taken:
    if record.data is None:
        return Taken(record.client_id, record.title, "refused", refusal=record.refusal)
    try:
        kept = record_contact(by=by, now=now, data=record.data)
    except Refusal as refusal:
        known = Contact.objects.filter(client_id=record.client_id).values_list("id", flat=True).first()
        outcome = "differs" if refusal.code == "record_differs" else "refused"
        return Taken(record.client_id, record.title, outcome, known if outcome == "differs" else None, refusal)
    photos, lost = 0, []
    for photo in record.photos:
        if isinstance(photo, Refusal):
            lost.append(photo)
            continue
        try:
            add_photo(by=by, now=now, contact_id=kept.contact.id, photo=photo)
            photos += 1
        except Refusal as refusal:
            lost.append(refusal)
    outcome = "same" if kept.again else "created"
    return Taken(record.client_id, record.title, outcome, kept.contact.id, None, photos, tuple(lost))
