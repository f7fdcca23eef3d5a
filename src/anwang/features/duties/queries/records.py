"""Contacts: what happened, and what each met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from anwang.domain.base import Actor, Decision, Reason, gettext_noop
from anwang.domain.calendar import Period, local_day
from anwang.domain.duties.counting import YES_NO_LABELS, counts
from anwang.domain.duties.rules import Answer, AnswerKind, DutyRule, Form
from anwang.domain.duties.timing import timeliness
from anwang.features.grid.queries import within_facts
from anwang.features.policies import queries as policies
from anwang.web.reasons import words

from ..models import Contact, Fulfilment, Obligation


@dataclass(frozen=True, slots=True)
class Outcome:
    """One duty on a record: its rule, its period, whether it counts, and the answers in words."""

    rule: DutyRule
    obligation_id: int | None
    period: Period | None
    counts: bool
    why: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    void: bool


def contacts(*, by: Actor, enterprise: int | None = None, person: int | None = None) -> QuerySet[Contact]:
    """Records inside the territory and one's own, newest first."""
    rows = Contact.objects.select_related("enterprise", "person").prefetch_related("fulfilments")
    rows = rows if person is not None and person == by.person_id else within_facts(rows, by)
    if enterprise is not None:
        rows = rows.filter(enterprise_id=enterprise)
    if person is not None:
        rows = rows.filter(person_id=person)
    return rows.order_by("-occurred_on", "-id")


def with_rules(rows: Iterable[Contact]) -> list[tuple[Contact, list[tuple[str, bool]]]]:
    """Records with (short name of the rule, whether it counts) of what was ticked on them."""
    policy = policies.current()
    return [
        (
            row,
            [
                (gettext(policy.duty_rule(each.rule, row.occurred_on).short), each.counts)
                for each in row.fulfilments.all()
            ],
        )
        for row in rows
    ]


def contacts_of(enterprise: int, *, limit: int) -> list[Contact]:
    """The last records of an enterprise that the caller may show."""
    rows = Contact.objects.filter(enterprise_id=enterprise, void_at__isnull=True).select_related("person")
    return list(rows.prefetch_related("fulfilments").order_by("-occurred_on", "-id")[:limit])


def contact(contact_id: int, *, by: Actor) -> Contact | None:
    """One record that the actor may see."""
    rows = Contact.objects.filter(id=contact_id).select_related("enterprise", "person", "post")
    row = rows.first()
    if row is None or (by.person_id is not None and row.person_id == by.person_id):
        return row
    return within_facts(rows, by).first()


def contact_by_client(client_id: str, *, by: Actor) -> Contact | None:
    """The record with this device's id, when it is the actor's to see: a second sending finds the first."""
    try:
        key = UUID(client_id)
    except ValueError:
        return None
    found = Contact.objects.filter(client_id=key).values_list("id", flat=True).first()
    return contact(found, by=by) if found else None


def outcomes_of(row: Contact) -> list[Outcome]:
    """What a record did for each duty ticked on it."""
    policy = policies.current()
    found = []
    for each in row.fulfilments.select_related("obligation").order_by("rule"):
        start = each.obligation.start if each.obligation else row.occurred_on
        found.append(_outcome(row, each, policy.duty_rule(each.rule, start)))
    return found


def _outcome(contact: Contact, row: Fulfilment, rule: DutyRule) -> Outcome:
    period = Period.parse(row.obligation.period) if row.obligation else None
    answers = tuple((answer.label, _said(answer, row.answers[answer.code])) for answer in rule.answers
                    if row.answers.get(answer.code))  # fmt: skip
    why = () if row.counts else judge(contact, rule, row.obligation, row.answers).reasons
    said = tuple(sentence(reason) for reason in why)
    return Outcome(rule, row.obligation_id, period, row.counts, said, answers, row.void_at is not None)


def sentence(reason: Reason) -> str:
    """A reason in the reader's language."""
    return words(reason)


def judge(contact: Contact, rule: DutyRule, row: Obligation | None, answers: dict[str, str]) -> Decision:
    """Whether a record counts for a duty (`row` None: an on-demand one), with every reason against it."""
    decision = counts(
        rule, answers, form=Form(contact.form), on_site=contact.on_site, occurred_on=contact.occurred_on,
        start=row.start if row else contact.occurred_on, today=local_day(contact.received_at),
        late=is_late(contact, row), late_reason=contact.late_reason,
    )  # fmt: skip
    if contact.reached:
        return decision
    text = gettext_noop("没有联系到企业，只作记录，不计为完成")
    return Decision(False, (Reason("duty.not_reached", text, clause=rule.clause), *decision.reasons))


def is_late(contact: Contact, row: Obligation | None) -> bool:
    """Done, or written down, after the obligation's last day."""
    if row is None:
        return False
    return timeliness(contact.occurred_on, contact.captured_at, contact.received_at, row.due, row.miss).late


def _said(answer: Answer, value: str) -> str:
    if answer.kind is AnswerKind.YES_NO:
        return gettext(YES_NO_LABELS.get(value, value))
    return gettext(dict(answer.choices).get(value, value))
