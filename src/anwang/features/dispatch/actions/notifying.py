"""Telling at once: the sender that a task came back, the holder that it is urged. Other reminders wait for morning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from anwang.domain.base import Actor, Reason, gettext_noop
from anwang.domain.calendar import local_day
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


def tell_urged(by: Actor, now: datetime, receipts: Iterable[Receipt]) -> None:
    """A message to each of those who have a task, once a day."""
    day = local_day(now)
    drafts = (
        notices.Draft(
            to=row.person_id, kind="urged", key=f"urged:{row.id}:{day}",
            title=Reason("urged", gettext_noop("催办任务：%(title)s"), {"title": row.task.title}),
            body=Reason("urged", gettext_noop("完成期限 %(due)s，请尽快办理。"), {"due": row.due}),
            link=reverse("task_receipt", args=[row.id]),
        )
        for row in receipts
    )  # fmt: skip
    notices.enqueue_many(by=by, now=now, drafts=drafts)


def tell_redo(by: Actor, now: datetime, receipt: Receipt, reason: str) -> None:
    """A message to whoever thought it done."""
    notices.enqueue(
        by=by, now=now, to=receipt.person_id, kind="returned", urgent=True, key=f"redo:{receipt.id}:{receipt.redone}",
        title=Reason("redo", gettext_noop("任务退回重办：%(title)s"), {"title": receipt.task.title}),
        body=Reason("redo", gettext_noop("退回的原因：%(reason)s 完成期限仍为 %(due)s。"),
                    {"reason": reason, "due": receipt.due}),
        link=reverse("task_receipt", args=[receipt.id]),
    )  # fmt: skip


def tell_retracted(by: Actor, now: datetime, receipt: Receipt) -> None:
    """A message to whoever handed it down: what was told as done is not."""
    if receipt.from_person_id is None:
        return
    notices.enqueue(
        by=by, now=now, to=receipt.from_person_id, kind="returned", key=f"retracted:{receipt.id}:{receipt.redone}",
        title=Reason("retracted", gettext_noop("承办人撤销办结：%(title)s"), {"title": receipt.task.title}),
        body=Reason("retracted", gettext_noop("%(who)s 撤销了办结，继续办理，完成期限仍为 %(due)s。"),
                    {"who": receipt.person.name, "due": receipt.due}),
        link=reverse("task_receipt", args=[receipt.id]),
    )  # fmt: skip
