"""Writing the trail. Call inside the transaction of the act itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from anwang.adapters import media
from anwang.domain.base import Actor, Refusal, gettext_noop

from .models import AuditEvent, AuditHead
from .queries import chain_faults, digest_of, strays
from .queries.files import IN_FLIGHT


def _canonical(data: Mapping[str, Any]) -> str:
    """The one JSON text of `data`: sorted keys, no spaces, dates as ISO text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


# No savepoint: a trail that cannot be written takes the act with it.
@transaction.atomic(savepoint=False)
def record_many(
    *, by: Actor, now: datetime, events: Iterable[tuple[str, str, Mapping[str, Any]]], chain: int = 0
) -> None:
    """Append (action, target, data) events to one chain in order."""
    head = _locked(chain)
    rows = []
    for action, target, data in events:
        head.length += 1
        row = AuditEvent(
            chain=chain, seq=head.length, at=now, actor=by.name, user_id=by.user_id, post_id=by.post_id,
            action=action, target=target, outcome=str(data.get("outcome", "ok")), body=_canonical(data),
            previous=head.digest,
        )  # fmt: skip
        row.digest = head.digest = digest_of(row)
        rows.append(row)
    AuditEvent.objects.bulk_create(rows, batch_size=2000)
    AuditHead.objects.filter(chain=chain).update(length=head.length, digest=head.digest)


def _locked(chain: int) -> AuditHead:
    """The end of a chain, held until the transaction ends; the first event makes it."""
    found = AuditHead.objects.select_for_update().filter(chain=chain)
    head = found.first()
    if head is None:
        AuditHead.objects.get_or_create(chain=chain)
        head = found.get()
    return head


def record(*, by: Actor, now: datetime, action: str, target: str = "", chain: int = 0, **data: Any) -> None:
    """Append one event. `target` is model:id, `chain` the 6-digit county code or 0."""
    record_many(by=by, now=now, events=[(action, target, data)], chain=chain)


def verify_chain(*, by: Actor, now: datetime, chain: int) -> list[str]:
    """Prove one chain anew; the outcome is itself an event of chain 0. Returns the breaks, named (at most 100).

    Refuses `chain_unknown`.
    """
    head = AuditHead.objects.filter(chain=chain).first()
    if head is None:
        raise Refusal("chain_unknown", gettext_noop("没有这条审计链。"))
    broken = list(islice(chain_faults(head), 100))
    outcome = "refused" if broken else "ok"
    record(
        by=by, now=now, action="audit.verify", verified=chain, outcome=outcome, length=head.length, faults=broken[:5]
    )
    return broken


def sweep_files(*, by: Actor, now: datetime) -> int:
    """Delete stored files that no row has named for a day: what a power cut or a lost upload left. Returns how many.

    Killed halfway it is run again; a file whose row is on the way is younger than a day.
    """
    lost = strays(before=now - IN_FLIGHT)
    for name in lost:
        media.drop(name)
    if lost:
        record(by=by, now=now, action="file.sweep", files=len(lost))
    return len(lost)
