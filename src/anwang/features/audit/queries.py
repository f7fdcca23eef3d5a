"""Reading the trail, and proving that it is whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC

from django.db.models import QuerySet

from .models import AuditEvent, AuditHead


def digest_of(event: AuditEvent) -> str:
    """SHA-256 over the previous digest and every field of the event (64 hex digits)."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [event.previous, event.chain, event.seq, at, event.actor, event.user_id, event.post_id]
    fields += [event.action, event.target, event.outcome, event.body]
    return hashlib.sha256("\x1f".join(map(str, fields)).encode()).hexdigest()


def events_of(target: str) -> QuerySet[AuditEvent]:
    """The trail of one object (model:id), newest first."""
    return AuditEvent.objects.filter(target=target).order_by("-at", "-id")


def faults() -> Iterator[str]:
    """Every break of every chain: an edited, deleted, reordered or truncated row, named."""
    for head in AuditHead.objects.order_by("chain"):
        seq, previous = 0, ""
        for event in AuditEvent.objects.filter(chain=head.chain).order_by("seq").iterator(chunk_size=5000):
            seq += 1
            if event.seq != seq:
                yield f"审计链 {head.chain}：第 {seq} 条缺失"
                seq = event.seq
            if event.previous != previous or event.digest != digest_of(event):
                yield f"审计链 {head.chain}：第 {event.seq} 条被改动"
            previous = event.digest
        if seq != head.length or previous != head.digest:
            yield f"审计链 {head.chain}：末尾被截断（应有 {head.length} 条，实有 {seq} 条）"
    chains = set(AuditHead.objects.values_list("chain", flat=True))
    for chain in AuditEvent.objects.exclude(chain__in=chains).values_list("chain", flat=True).distinct():
        yield f"审计链 {chain}：没有链头"
