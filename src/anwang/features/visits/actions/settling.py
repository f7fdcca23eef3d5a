"""Visits whose record is there are closed; screens know it before by looking (`queries.rows`)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from anwang.domain.base import Actor
from anwang.features.audit import actions as audit

from ..models import OPEN_STATES, State, Visit
from ..queries import season
from ..queries.rows import shown, with_names

AT_ONCE = 400


@transaction.atomic
def settle(*, by: Actor, now: datetime, on: date) -> dict[str, int]:
    """Close the visits and calls up to some days after `on` that a record has met. Idempotent; returns closed."""
    closed = 0
    until = on + timedelta(days=season.rules(on).held_within_days)
    rows = Visit.objects.filter(state__in=OPEN_STATES, day__lte=until).order_by("id")
    last = 0
    while chunk := list(with_names(rows.filter(id__gt=last)[:AT_ONCE])):
        last = chunk[-1].id
        done = [row.id for row in shown(chunk) if row.done]
        closed += Visit.objects.filter(id__in=done, state__in=OPEN_STATES).update(state=State.DONE, closed_at=now)
    if closed:
        audit.record(by=by, now=now, action="visits.settle", closed=closed)
    return {"closed": closed}
