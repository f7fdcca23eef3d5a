"""A person's own marks. They leave no trace in the trail: who reads what is nobody else's business (red line 1)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from anwang.domain.base import Actor

from ..models import Message


def open_message(*, by: Actor, now: datetime, message_id: UUID) -> Message | None:
    """One's own message, marked as opened; None when it is another's or not yet due."""
    rows = Message.objects.filter(id=message_id, to_id=by.person_id, not_before__lte=now)
    message = rows.first()
    if message is not None and not message.opened:
        rows.update(opened=True)
    return message


def open_all(*, by: Actor, now: datetime) -> int:
    """Mark all of one's own messages as opened. Returns how many were not."""
    return Message.objects.filter(to_id=by.person_id, opened=False, not_before__lte=now).update(opened=True)
