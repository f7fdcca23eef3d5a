"""One's own messages. No query here takes another person than the one who asks."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from anwang.domain.base import Actor

from ..models import Message

MOST = 99


def own(actor: Actor, *, now: datetime) -> QuerySet[Message]:
    """The person's messages that are due, newest first."""
    return Message.objects.filter(to_id=actor.person_id, not_before__lte=now).order_by("-not_before", "-created_at")


def unread(actor: Actor, *, now: datetime) -> int:
    """How many of one's own are not opened, at most 100. One query over the few that are unopened."""
    waiting = Message.objects.filter(to_id=actor.person_id, opened=False, not_before__lte=now)
    return waiting[: MOST + 1].count() if actor.person_id else 0


def latest(actor: Actor, *, now: datetime, limit: int = 3) -> list[Message]:
    """The newest of one's own, for the first page. One query."""
    return list(own(actor, now=now)[:limit])
