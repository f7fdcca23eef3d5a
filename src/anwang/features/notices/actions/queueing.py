"""Putting messages into the outbox. The row is the outbox: it commits, or not, with what it tells of."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import translation

from anwang.domain.base import Actor, Reason
from anwang.domain.reminders.sending import one_line, plain_lines
from anwang.features.accounts import queries as accounts
from anwang.features.audit import actions as audit
from anwang.web.reasons import words

from ..models import Delivery, Message
from ..queries.addresses import reachable

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it is queued. `to` is a person's key; `key` names the fact, so that it is told once.

    A `Reason` as title or body is put into the recipient's language; text is taken as it is. Nothing in it may be
    personal data beyond the recipient's need: names of enterprises yes, telephone numbers no. `link` is a path.
    """

    to: int
    kind: str
    key: str
    title: str | Reason
    body: str | Reason = ""
    link: str = ""
    urgent: bool = False
    not_before: datetime | None = None


def enqueue(
    *,
    by: Actor,
    now: datetime,
    to: int,
    kind: str,
    key: str,
    title: str | Reason,
    body: str | Reason = "",
    link: str = "",
    urgent: bool = False,
    not_before: datetime | None = None,
) -> bool:
    """Queue one message for a person; see `Draft`. False when its key is there already. Call it inside your act."""
    draft = Draft(to, kind, key, title, body, link, urgent, not_before)
    return bool(enqueue_many(by=by, now=now, drafts=[draft]))


@transaction.atomic
def enqueue_many(*, by: Actor, now: datetime, drafts: Iterable[Draft]) -> int:
    """Queue messages; those whose key is known are passed over. Returns how many are new. Bounded memory."""
    kinds: Counter[str] = Counter()
    source = iter(drafts)
    while chunk := list(islice(source, CHUNK)):
        kinds.update(_insert(chunk, now))
    if kinds:
        audit.record(by=by, now=now, action="notices.queue", queued=dict(kinds))
    return kinds.total()


def _insert(drafts: Sequence[Draft], now: datetime) -> list[str]:
    """The kinds of the messages that are new. A key that somebody else inserts at the same time is theirs."""
    languages = accounts.languages_of({draft.to for draft in drafts})
    known = set(Message.objects.filter(key__in=[d.key for d in drafts]).values_list("key", flat=True))
    new = {d.key: _message(d, languages.get(d.to, ""), now) for d in drafts if d.key not in known}
    Message.objects.bulk_create(new.values(), ignore_conflicts=True)
    ours = set(Message.objects.filter(id__in=[row.id for row in new.values()]).values_list("id", flat=True))
    rows = [row for row in new.values() if row.id in ours]
    where = reachable({row.to_id for row in rows})
    Delivery.objects.bulk_create(
        Delivery(message_id=row.id, channel=channel, next_at=row.not_before)
        for row in rows
        for channel in where.get(row.to_id, ())
    )
    return [row.kind for row in rows]


def _message(draft: Draft, language: str, now: datetime) -> Message:
    return Message(
        id=uuid.uuid4(), to_id=draft.to, kind=draft.kind, key=draft.key,
        title=one_line(_text(draft.title, language)), body=plain_lines(_text(draft.body, language)),
        link=draft.link if draft.link.startswith("/") else "", urgent=draft.urgent, created_at=now,
        not_before=draft.not_before or now,
    )  # fmt: skip


def _text(said: str | Reason, language: str) -> str:
    """In the recipient's language, Chinese unless they chose another."""
    if isinstance(said, str):
        return said
    with translation.override(language or "zh-hans"):
        return words(said)
