"""Telling the sender at once that a task came back: a reminder could wait for the morning, this should not."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from anwang.domain.base import Actor, Reason, gettext_noop
from anwang.features.notices import actions as notices

from ..models import Receipt


def tell_returned(by: Actor, now: datetime, receipt: Receipt, reason: str) -> None:
    """A message to whoever handed the task down; nobody to tell when it came from a command."""
    if receipt.from_person_id is None:
        return
    notices.enqueue(
        by=by, now=now, to=receipt.from_person_id, kind="returned", urgent=True,
        key=f"returned:{receipt.id}:{now.isoformat()}",
        title=Reason("returned", gettext_noop("任务被退回：%(title)s"), {"title": receipt.task.title}),
        body=Reason("returned", gettext_noop("退回的原因：%(reason)s"), {"reason": reason}),
        link=reverse("task_receipt", args=[receipt.id]),
    )  # fmt: skip
