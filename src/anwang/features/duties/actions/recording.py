"""Recording what happened, once, however often it is sent; counting it where the answers are given (N7, N8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from anwang.domain.base import Actor, Decision, Reason, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.duties import ledger
from anwang.domain.duties.counting import STAND_INS
from anwang.domain.duties.rules import Form
from anwang.domain.grid.measures import RemoteMeasure
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from .. import permissions, queries
from ..models import Contact, Fulfilment, Obligation
from ..queries.differing import differences
from ..queries.records import is_late, judge, under
from . import tally
from .data import ContactData, Entry, clock_columns


@dataclass(frozen=True, slots=True)
class Recorded:
    """The stored contact; for each entry whether it counts and, if not, why; `again`: it was here already."""

    contact: Contact
    outcomes: tuple[tuple[Entry, Decision], ...] = ()
    again: bool = False

    @property
    def counted(self) -> int:
        return sum(bool(decision) for _, decision in self.outcomes)


def record_contact(*, by: Actor, now: datetime, data: ContactData) -> Recorded:
    """Store a contact and fulfil the obligations that its answers meet; the tally follows in the same transaction.

    Refusals: not_found (outside scope), not_yours, record_differs (same id, other body), duty_settled (somebody else
    was first), nothing_recorded. An entry whose answers are missing is kept and does not count. Of two that arrive
    with one id at the same moment the second finds the first.
    """
    try:
        return _record(by, now, data)
    except IntegrityError:
        if known := Contact.objects.filter(client_id=data.client_id).first():
            return _again(by, known, data)
        raise


@transaction.atomic
def _record(by: Actor, now: datetime, data: ContactData) -> Recorded:
    if known := Contact.objects.filter(client_id=data.client_id).first():
        return _again(by, known, data)
    firm = enterprises.find(data.enterprise, by=by)
    day = permissions.day_to_judge(data.person, data.enterprise, data.occurred_on, local_day(now))
    decision = permissions.may_record(by, data.person, data.enterprise, firm is not None, day)
    if firm is None or not decision:
        raise Refusal.of(decision)
    contact = Contact.objects.create(
        client_id=data.client_id, body_digest=data.digest(), enterprise_id=firm.id, county=firm.county,
        township=firm.township, person_id=data.person, post_id=by.post_id if by.person_id == data.person else None,
        form=data.form, on_site=data.on_site or data.form is Form.ON_SITE, occurred_on=data.occurred_on,
        occurred_at=data.occurred_at, with_whom=data.with_whom[:120], reached=data.reached, place=data.place[:120],
        note=data.note, late_reason=data.late_reason[:200], channel=data.channel, received_at=now,
        **clock_columns(data.captured_at, data.sent_at, now),
    )  # fmt: skip
    measure = grid.remote_measure(firm.place, data.occurred_on) if data.entries and data.form in STAND_INS else None
    outcomes = tuple((entry, _fulfil(contact, entry, measure, now)) for entry in data.entries)
    audit.record(
        by=by, now=now, action="contact.record", target=f"contact:{contact.id}", chain=firm.county, enterprise=firm.id,
        person=data.person, form=data.form, on=data.occurred_on, counted=[e.rule for e, d in outcomes if d],
    )  # fmt: skip
    return Recorded(contact, outcomes)


def _again(by: Actor, known: Contact, data: ContactData) -> Recorded:
    """The record that is here already; what differs is told to those who may see it."""
    if known.body_digest != data.digest():
        seen = queries.contact(known.id, by=by) is not None
        labels = [gettext_noop("全部内容")] if not seen else [each.label for each in differences(known, data)]
        text = gettext_noop("同一编号的记录已经存在而内容不同（%(differs)s）。请核对后另存为新记录。")
        raise Refusal("record_differs", text, differs="、".join(labels))
    rows = known.fulfilments.filter(void_at__isnull=True)
    outcomes = tuple(
        (
            Entry(row.rule, row.obligation_id, row.answers),
            Decision(row.counts, tuple(Reason(c, c) for c in row.missing)),
        )
        for row in rows
    )
    return Recorded(known, outcomes, again=True)


def _fulfil(contact: Contact, entry: Entry, measure: RemoteMeasure | None, now: datetime) -> Decision:
    """Judge one entry, store it, and settle its obligation by compare-and-set."""
    row = _obligation(contact, entry)
    rule = policies.current().duty_rule(entry.rule, row.start if row else contact.occurred_on)
    answers = under(measure, rule, Form(contact.form), contact.on_site, entry.answers)
    decision = judge(contact, rule, row, answers, measure is not None)
    if row and decision:
        _settle(row, contact, is_late(contact, row), now)
    Fulfilment.objects.create(
        contact=contact, obligation=row, rule=entry.rule, answers=answers, counts=bool(decision),
        missing=[reason.code for reason in decision.reasons],
    )  # fmt: skip
    return decision


def _obligation(contact: Contact, entry: Entry) -> Obligation | None:
    if entry.obligation is None:
        return None
    row = Obligation.objects.filter(id=entry.obligation, enterprise_id=contact.enterprise_id, rule=entry.rule).first()
    if row is None:
        raise Refusal("duty_unknown", gettext_noop("所选职责不属于这家企业，请刷新页面后重选。"))
    return row


def _settle(row: Obligation, contact: Contact, late: bool, now: datetime) -> None:
    open_row = Obligation.objects.filter(id=row.id, done_at__isnull=True, waived_at__isnull=True)
    if not open_row.update(done_at=now, done_on=contact.occurred_on, late=late):
        text = gettext_noop("“%(rule)s”已由其他记录完成或已免除，请取消勾选后再提交。")
        raise Refusal("duty_settled", text, rule=row.rule)
    tally.apply(ledger.fulfil(tally.ledger_row(row), late).deltas)


@transaction.atomic
def void_contact(*, by: Actor, now: datetime, contact_id: int, reason: str) -> Contact:
    """Withdraw a record made in error: it stays readable, what it met is owed again.

    Refusals: not_found, not_yours, reason_missing, contact_void.
    """
    known = queries.contact(contact_id, by=by)
    insist(permissions.may_void(by, known.person_id if known else None))
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明撤回的原因。"))
    if not Contact.objects.filter(id=contact_id, void_at__isnull=True).update(
        void_at=now, void_reason=reason.strip()[:200]
    ):
        raise Refusal("contact_void", gettext_noop("这条记录已经撤回。"))
    contact = Contact.objects.get(id=contact_id)
    met = contact.fulfilments.filter(void_at__isnull=True)
    for row in Obligation.objects.filter(fulfilments__in=met.filter(counts=True)):
        tally.apply(ledger.unfulfil(tally.ledger_row(row)).deltas)
        Obligation.objects.filter(id=row.id).update(done_at=None, done_on=None, late=False)
    met.update(void_at=now)
    audit.record(
        by=by, now=now, action="contact.void", target=f"contact:{contact_id}", chain=contact.county, reason=reason
    )
    return contact
