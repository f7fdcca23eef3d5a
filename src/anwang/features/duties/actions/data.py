"""A record as it was made, on whatever channel, and what is kept of the device's clock."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from anwang.domain.duties.rules import Form
from anwang.domain.duties.timing import credible_capture

#: A clock is off by 68 years at most: more than a column holds is not kept exactly.
MOST_SECONDS = 2**31 - 1
#: How and when a record was sent, which is no part of what it says.
UNSEEN = frozenset({"captured_at", "sent_at", "channel", "entries"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One duty ticked on a record: an open obligation (None: an on-demand duty) and the answers that its rule asks."""

    rule: str
    obligation: int | None = None
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactData:
    """A record as it was made, on whatever channel. `person` did it; times are aware; `occurred_on` is a local day."""

    client_id: UUID
    enterprise: int
    person: int
    form: Form
    occurred_on: date
    entries: tuple[Entry, ...] = ()
    occurred_at: time | None = None
    on_site: bool = False
    with_whom: str = ""
    reached: bool = True
    place: str = ""
    note: str = ""
    late_reason: str = ""
    channel: str = "web"
    captured_at: datetime | None = None
    sent_at: datetime | None = None

    def digest(self) -> str:
        """SHA-256 of what was recorded; when and how it was sent does not matter."""
        body = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in UNSEEN}
        entries = sorted(self.entries, key=lambda entry: (entry.rule, entry.obligation or 0))
        body["entries"] = [[entry.rule, entry.obligation, entry.answers] for entry in entries]
        return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def clock_columns(captured: datetime | None, sent: datetime | None, now: datetime) -> dict[str, Any]:
    """What a record keeps of the device's clock: the instant believed, the device's own, its error, and the reason."""
    capture = credible_capture(captured, now, sent)
    error = max(-MOST_SECONDS, min(MOST_SECONDS, round((now - sent).total_seconds()))) if sent else None
    note = capture.reason.code if capture.reason else ""
    return {"captured_at": capture.at, "device_at": captured, "clock_error": error, "clock_note": note}
