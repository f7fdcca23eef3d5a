"""Reading the trail, and proving that it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from ..models import AuditEvent, AuditHead


@dataclass(frozen=True, slots=True)
class ChainState:
    """A chain with the outcome of its last verification (`checked` None: never)."""

    head: AuditHead
    checked: datetime | None = None
    whole: bool | None = None


def digest_of(event: AuditEvent) -> str:
    """SHA-256 over the previous digest and every field of the event (64 hex digits)."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [event.previous, event.chain, event.seq, at, event.actor, event.user_id, event.post_id]
    fields += [event.action, event.target, event.outcome, event.body]
    return hashlib.sha256("\x1f".join(map(str, fields)).encode()).hexdigest()


def events() -> QuerySet[AuditEvent]:
    """The whole trail, newest first."""
    return AuditEvent.objects.order_by("-at", "-id")


def event(event_id: int) -> AuditEvent | None:
    return AuditEvent.objects.filter(id=event_id).first()


def body_of(row: AuditEvent) -> dict[str, Any]:
    """What an event says changed, as a dictionary."""
    return dict(json.loads(row.body))


def actions_known() -> list[str]:
    """The names of acts that occur in the trail."""
    return list(AuditEvent.objects.order_by("action").values_list("action", flat=True).distinct())


def chains() -> list[ChainState]:
    """Every chain with its length, and what its last verification said."""
    last: dict[int, AuditEvent] = {}
    for row in AuditEvent.objects.filter(action="audit.verify").order_by("id"):
        last[int(body_of(row).get("verified", -1))] = row
    return [
        ChainState(head, last[head.chain].at, last[head.chain].outcome == "ok")
        if head.chain in last
        else ChainState(head)
        for head in AuditHead.objects.order_by("chain")
    ]


def chain_faults(head: AuditHead) -> Iterator[str]:
    """Every break of one chain: an edited, deleted, reordered or truncated row, named."""
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


def head(chain: int) -> AuditHead | None:
    return AuditHead.objects.filter(chain=chain).first()


def faults() -> Iterator[str]:
    """Every break of every chain, and chains whose head is gone."""
    for each in AuditHead.objects.order_by("chain"):
        yield from chain_faults(each)
    known = set(AuditHead.objects.values_list("chain", flat=True))
    for chain in AuditEvent.objects.exclude(chain__in=known).values_list("chain", flat=True).distinct():
        yield f"审计链 {chain}：没有链头"


def acts_on(targets: Iterable[str], actions: Iterable[str] = ()) -> list[AuditEvent]:
    """The events of some targets (model:id), of some acts or of all, in the order in which they were recorded."""
    wanted, named = list(targets), list(actions)
    found: list[AuditEvent] = []
    for start in range(0, len(wanted), 800):
        rows = AuditEvent.objects.filter(target__in=wanted[start : start + 800])
        found += rows.filter(action__in=named) if named else rows
    return sorted(found, key=lambda event: (event.at, event.id))


@dataclass(frozen=True, slots=True)
class Proven:
    """One event, how many links lie between it and the head of its chain, and what is broken among them."""

    event: AuditEvent | None
    links: int
    head: str
    faults: list[str]


def prove(chain: int, seq: int) -> Proven:
    """Recompute one event and everything after it up to the head of its chain."""
    head_row = AuditHead.objects.filter(chain=chain).first()
    rows = AuditEvent.objects.filter(chain=chain, seq__gte=seq).order_by("seq")
    first, previous, at, broken = None, "", seq - 1, []
    for event in rows.iterator(chunk_size=5000):
        if first is None and event.seq == seq:
            first, previous = event, event.previous
        at += 1
        if event.seq != at or event.previous != previous or event.digest != digest_of(event):
            broken.append(f"审计链 {chain}：第 {at} 条缺失或被改动")
            at = event.seq
        previous = event.digest
    if head_row is None or at != head_row.length or previous != head_row.digest:
        broken.append(f"审计链 {chain}：末尾与链头不符")
    return Proven(first, max(0, at - seq), head_row.digest if head_row else "", broken[:100])


def whole_acts(moments: Iterable[datetime]) -> list[AuditEvent]:
    """The acts on many things at once that were recorded at these instants: they name no single target, or a plan."""
    wanted, found = sorted(moments), []
    for start in range(0, len(wanted), 500):
        rows = AuditEvent.objects.filter(at__in=wanted[start : start + 500])
        found += [row for row in rows if not row.target or row.target.startswith("plan:")]
    return found
