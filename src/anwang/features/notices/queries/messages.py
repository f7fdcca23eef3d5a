"""One's own messages. No query here takes another person than the one who asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery

from anwang.domain.base import Actor
from anwang.features.accounts import queries as accounts

from ..models import Message


def own(actor: Actor, *, now: datetime) -> QuerySet[Message]:
    """The person's messages that are due, newest first."""
    return Message.objects.filter(to_id=actor.person_id, not_before__lte=now).order_by("-not_before", "-created_at")


def unread_by(person: Any, *, now: datetime) -> Subquery:
    """How many of a person's own are not opened, beside another row of the person's: the bell costs no query."""
    return accounts.how_many(Message.objects.filter(to=person, opened=False, not_before__lte=now))


def latest(actor: Actor, *, now: datetime, limit: int = 3) -> list[Message]:
    """The newest of one's own, for the first page. One query."""
    return list(own(actor, now=now)[:limit])
