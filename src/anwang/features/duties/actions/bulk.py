"""Recording many contacts at once: the same judgement, ledger and trail as one at a time, a hundred times as fast.

For a register kept elsewhere until now, and for the demonstration. Records carry the instant of their arrival.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from anwang.adapters.bulk import insert_many, update_many
from anwang.domain.base import Actor, Decision, Refusal, Role, gettext_noop
from anwang.domain.duties import ledger
from anwang.domain.duties.counting import STAND_INS
from anwang.domain.duties.rules import DutyRule, Form
from anwang.domain.grid.measures import RemoteMeasure, measure_for
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Contact, Fulfilment, Obligation
from ..queries.records import is_late, judge, under
from . import tally
from .data import ContactData, Entry, clock_columns

CHUNK = 800
CONTACT = [field.attname for field in Contact._meta.concrete_fields if not field.primary_key]


@dataclass(frozen=True, slots=True)
class Received:
    """A record, the instant at which it arrived, and the post in which its person worked then."""

    data: ContactData
    at: datetime
    post: int | None = None


@dataclass(slots=True)
class _Batch:
    """What the records of one call come to, before anything is written."""

    contacts: list[Contact]
    outcomes: list[tuple[UUID, Entry, Decision]]
    settled: dict[int, tuple[Obligation, Contact, bool]]


@transaction.atomic
def record_many(*, by: Actor, now: datetime, records: Sequence[Received]) -> dict[str, int]:
    """Store contacts and fulfil what their answers meet. Returns recorded, unchanged (known ids), counted.

    Refusals: not_office (a line of command or office records for others), not_found (an enterprise outside), future
    (arrived after `now`), duty_unknown, duty_settled. One event per county and call, with a digest over the records.
    """
    if not by.has(Role.OFFICE, Role.LEADER):
        raise Refusal("not_office", gettext_noop("成批登记由办公室或网格长进行。"))
    if any(each.at > now for each in records):
        raise Refusal("future", gettext_noop("有记录的收到时间在将来，请核对。"))
    known = _known([each.data.client_id for each in records])
    fresh = [each for each in records if each.data.client_id not in known]
    batch = _judge(fresh, _standings(by, fresh), _obligations(fresh))
    _write(batch)
    _trail(by, now, batch)
    counted = sum(bool(decision) for *_, decision in batch.outcomes)
    return {"recorded": len(fresh), "unchanged": len(records) - len(fresh), "counted": counted}


def _known(ids: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for start in range(0, len(ids), CHUNK):
        rows = Contact.objects.filter(client_id__in=ids[start : start + CHUNK])
        found |= set(rows.values_list("client_id", flat=True))
    return found


def _standings(by: Actor, records: Sequence[Received]) -> Mapping[int, enterprises.Standing]:
    wanted = {each.data.enterprise for each in records}
    standing = enterprises.standings(wanted if len(wanted) < CHUNK else None)
    for key in wanted:
        if key not in standing or not by.territory.covers(_code(standing[key])):
            raise Refusal("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    return standing


def _code(standing: enterprises.Standing) -> int:
    """A 12-digit code of the place: of the township, or of the county when no township is known."""
    return standing.township * 10**3


def _obligations(records: Sequence[Received]) -> dict[int, Obligation]:
    keys = [entry.obligation for each in records for entry in each.data.entries if entry.obligation is not None]
    found: dict[int, Obligation] = {}
    for start in range(0, len(keys), CHUNK):
        found |= Obligation.objects.in_bulk(keys[start : start + CHUNK])
    return found


def _judge(
    records: Sequence[Received], standing: Mapping[int, enterprises.Standing], obligations: Mapping[int, Obligation]
) -> _Batch:
    policy, rules = policies.current(), {}
    batch, measures = _Batch([], [], {}), _measures(records, standing)
    for each in records:
        contact = _contact(each, standing[each.data.enterprise])
        batch.contacts.append(contact)
        for entry in each.data.entries:
            row = _row(entry, contact, obligations)
            key = (entry.rule, row.start if row else contact.occurred_on)
            if key not in rules:
                rules[key] = policy.duty_rule(*key)
            measure = measure_for(measures, standing[contact.enterprise_id].place, contact.occurred_on)
            given = replace(
                entry, answers=under(measure, rules[key], Form(contact.form), contact.on_site, entry.answers)
            )
            decision = _settle(batch, contact, given, row, rules[key], measure is not None)
            batch.outcomes.append((contact.client_id, given, decision))
    return batch


def _measures(records: Sequence[Received], standing: Mapping[int, enterprises.Standing]) -> list[RemoteMeasure]:
    """The health measures that may let some of the records stand for visits."""
    held = [each.data for each in records if each.data.form in STAND_INS]
    if not held:
        return []
    days = [each.occurred_on for each in held]
    return grid.remote_measures({standing[each.enterprise].place for each in held}, min(days), max(days))


def _row(entry: Entry, contact: Contact, obligations: Mapping[int, Obligation]) -> Obligation | None:
    if entry.obligation is None:
        return None
    row = obligations.get(entry.obligation)
    if row is None or row.enterprise_id != contact.enterprise_id or row.rule != entry.rule:
        raise Refusal("duty_unknown", gettext_noop("所选职责不属于这家企业，请刷新页面后重选。"))
    return row


def _settle(
    batch: _Batch, contact: Contact, entry: Entry, row: Obligation | None, rule: DutyRule, remote: bool
) -> Decision:
    decision = judge(contact, rule, row, entry.answers, remote)
    if row is not None and decision:
        if row.done_at or row.waived_at or row.id in batch.settled:
            text = gettext_noop("“%(rule)s”已由其他记录完成或已免除，请取消勾选后再提交。")
            raise Refusal("duty_settled", text, rule=row.rule)
        batch.settled[row.id] = (row, contact, is_late(contact, row))
    return decision


def _contact(record: Received, standing: enterprises.Standing) -> Contact:
    data = record.data
    return Contact(
        client_id=data.client_id, body_digest=data.digest(), enterprise_id=data.enterprise, county=standing.county,
        township=standing.township, person_id=data.person, post_id=record.post, form=data.form,
        on_site=data.on_site or data.form is Form.ON_SITE, occurred_on=data.occurred_on, occurred_at=data.occurred_at,
        with_whom=data.with_whom[:120], reached=data.reached, place=data.place[:120], note=data.note,
        late_reason=data.late_reason[:200], channel=data.channel, received_at=record.at,
        **clock_columns(data.captured_at, data.sent_at, record.at),
    )  # fmt: skip


def _write(batch: _Batch) -> None:
    """Contacts, fulfilments, obligations and the tally; keys of contacts ascend in the order of writing."""
    last = Contact.objects.aggregate(last=Max("id"))["last"] or 0
    insert_many(Contact, CONTACT, ([getattr(row, name) for name in CONTACT] for row in batch.contacts))
    keys = {client: key for key, client in Contact.objects.filter(id__gt=last).values_list("id", "client_id")}
    columns = ("contact_id", "obligation_id", "rule", "answers", "counts", "missing", "void_at")
    insert_many(
        Fulfilment, columns, (_fulfilment(keys[client], entry, decision) for client, entry, decision in batch.outcomes)
    )
    done = ((c.received_at, c.occurred_on, late, row.id) for row, c, late in batch.settled.values())
    update_many(Obligation, ("done_at", "done_on", "late"), done)
    changes = (ledger.fulfil(tally.ledger_row(row), late).deltas for row, _, late in batch.settled.values())
    tally.apply(ledger.combine(changes))


def _fulfilment(contact: int, entry: Entry, decision: Decision) -> tuple[Any, ...]:
    missing = [reason.code for reason in decision.reasons]
    return contact, entry.obligation, entry.rule, entry.answers, bool(decision), missing, None


def _trail(by: Actor, now: datetime, batch: _Batch) -> None:
    by_county: dict[int, list[Contact]] = defaultdict(list)
    for row in batch.contacts:
        by_county[row.county].append(row)
    for county, rows in sorted(by_county.items()):
        digest = hashlib.sha256("".join(row.body_digest for row in rows).encode()).hexdigest()
        audit.record(
            by=by, now=now, action="contact.record_many", chain=county, contacts=len(rows), digest=digest,
            first=min(row.occurred_on for row in rows), last=max(row.occurred_on for row in rows),
        )  # fmt: skip
