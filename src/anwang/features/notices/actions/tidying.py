"""What the system administrator does again, and what age takes away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from anwang.domain.base import Actor, Refusal
from anwang.features.audit import actions as audit

from ..models import Address, Delivery, DeliveryState, Message
from ..permissions import may_retry
from .addresses import CODE_LASTS

CHUNK = 2000


@transaction.atomic
def retry(*, by: Actor, now: datetime, deliveries: Collection[int] | None = None) -> int:
    """Queue anew what was given up: these, or all (None). Returns how many. Refuses `not_administrator`."""
    decision = may_retry(by)
    if not decision:
        raise Refusal.of(decision)
    rows = Delivery.objects.filter(state=DeliveryState.GIVEN_UP)
    if deliveries is not None:
        rows = rows.filter(id__in=list(deliveries)[:CHUNK])
    count = rows.update(state=DeliveryState.QUEUED, tries=0, next_at=now, claim=None, until=None)
    if count:
        audit.record(by=by, now=now, action="notices.retry", deliveries=count)
    return count


def tidy(*, by: Actor, now: datetime, keep_days: int) -> int:
    """Delete messages older than `keep_days`, and codes that have run out. Returns how many messages went."""
    Address.objects.exclude(code_digest="").filter(code_sent_at__lt=now - CODE_LASTS).update(code_digest="")
    old = Message.objects.filter(created_at__lt=now - timedelta(days=keep_days))
    gone = 0
    while keys := list(old.values_list("id", flat=True)[:CHUNK]):
        with transaction.atomic():
            Delivery.objects.filter(message_id__in=keys).delete()
            gone += Message.objects.filter(id__in=keys).delete()[0]
    if gone:
        audit.record(by=by, now=now, action="notices.tidy", messages=gone)
    return gone
