"""People: created, corrected, their phones shown for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from anwang.adapters.crypto.fields import phone_index
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.audit import actions as audit

from ..models import Person


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is known of a person; `phone` is kept encrypted."""

    name: str
    phone: str = ""
    office_phone: str = ""
    is_demo: bool = False


@transaction.atomic
def create_people(*, by: Actor, now: datetime, rows: Sequence[PersonData]) -> list[Person]:
    """Create people in bulk, in the order given."""
    people = [
        Person(
            name=row.name,
            phone=row.phone,
            phone_index=phone_index(row.phone),
            office_phone=row.office_phone,
            is_demo=row.is_demo or settings.DEMO,  # what is tried out beside the demo belongs to it
            created_at=now,
        )
        for row in rows
    ]
    made = Person.objects.bulk_create(people, batch_size=2000)
    audit.record(by=by, now=now, action="person.create", people=len(made))
    return made


@transaction.atomic
def change_person(*, by: Actor, now: datetime, person_id: int, data: PersonData) -> Person:
    """Correct a person's name or phones; the trail keeps that the phone changed, not the phone."""
    person = Person.objects.select_for_update().get(id=person_id)
    changed = [field for field in ("name", "phone", "office_phone") if getattr(person, field) != getattr(data, field)]
    person.name, person.phone, person.office_phone = data.name, data.phone, data.office_phone
    person.phone_index = phone_index(data.phone)
    person.save()
    audit.record(by=by, now=now, action="person.change", target=f"person:{person.id}", fields=changed)
    return person


@transaction.atomic
def unmask_phone(*, by: Actor, now: datetime, person_id: int, reason: str) -> str:
    """The phone in clear, for a reason that the trail keeps (reliability 7). Refuses `reason_missing`.

    The caller has checked that the person is in the actor's territory.
    """
    reason = reason.strip()
    if len(reason) < 2:
        raise Refusal("reason_missing", gettext_noop("请写明查看完整号码的事由，例如：督导前电话联系。"))
    person = Person.objects.get(id=person_id)
    audit.record(by=by, now=now, action="person.unmask", target=f"person:{person.id}", reason=reason[:200])
    return str(person.phone)
