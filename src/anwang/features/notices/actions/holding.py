"""Putting off what may not go out now: quiet hours, and no more than so many a person and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from anwang.domain.calendar import Workdays, day_begins, local_day
from anwang.domain.reminders.rules import ReminderRule
from anwang.domain.reminders.sending import opens_at

from ..models import Delivery, DeliveryState

DAY = timedelta(days=1)


def hold_back(rows: Sequence[Delivery], now: datetime, rule: ReminderRule, workdays: Workdays) -> tuple[list[int], int]:
    """Keys of the rows that may go out now, and how many were put off. Rows carry their messages."""
    sent = _sent_today(rows, now)
    kept: list[int] = []
    later: dict[datetime, list[int]] = {}
    for row in rows:
        said = row.message
        opens = opens_at(now, said.kind, said.urgent, rule.quiet, workdays)
        if opens == now and not said.urgent and sent[said.to_id] >= rule.sending.per_person_day:
            opens = opens_at(day_begins(local_day(now) + DAY), said.kind, False, rule.quiet, workdays)
        if opens > now:
            later.setdefault(opens, []).append(row.id)
            continue
        sent[said.to_id] += 1
        kept.append(row.id)
    for opens, ids in later.items():
        Delivery.objects.filter(id__in=ids).exclude(state=DeliveryState.SENT).update(next_at=opens)
    return kept, sum(map(len, later.values()))


def _sent_today(rows: Sequence[Delivery], now: datetime) -> Counter[int]:
    """How many each recipient got on this channel today. One query."""
    if not rows:
        return Counter()
    people = {row.message.to_id for row in rows}
    today = Delivery.objects.filter(channel=rows[0].channel, sent_at__gte=day_begins(local_day(now)))
    counted = today.filter(message__to__in=people).values_list("message__to").annotate(n=Count("id"))
    return Counter(dict(counted))
