"""The address of one's calendar: made, made anew, taken back."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor
from anwang.features.audit import actions as audit

from ..models import CalendarFeed
from ..queries.calendar import digest_of


@transaction.atomic
def make_feed(*, by: Actor, now: datetime) -> str:
    """A new secret (256 bits) for one's own calendar, shown once and kept nowhere; an older address ends."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        person_id=by.person_id or 0, defaults={"digest": digest_of(token), "created_at": now}
    )
    audit.record(by=by, now=now, action="calendar.make", target=f"person:{by.person_id}")
    return token


@transaction.atomic
def revoke_feed(*, by: Actor, now: datetime) -> None:
    """One's calendar address ends at once."""
    if CalendarFeed.objects.filter(person_id=by.person_id or 0).delete()[0]:
        audit.record(by=by, now=now, action="calendar.revoke", target=f"person:{by.person_id}")
