"""Contacts: what happened, and what each met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext

from anwang.domain.base import Actor, Decision, Reason, gettext_noop
from anwang.domain.calendar import Period, local_day
from anwang.domain.duties.counting import YES_NO_LABELS, counts, stands_in
from anwang.domain.duties.rules import Answer, AnswerKind, DutyRule, Form
from anwang.domain.duties.span import TaskSpan, span_of
from anwang.domain.duties.timing import CORRECTED, FUTURE, OLD, timeliness
from anwang.domain.grid.measures import RemoteMeasure
from anwang.features.grid import queries as grid
from anwang.features.grid.queries import within_facts
from anwang.features.policies import queries as policies
from anwang.web.reasons import words

from ..models import Contact, Fulfilment, Obligation

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: Beside a fulfilment's answers: the health measure under which a remote contact met an on-site duty.
REMOTE_UNDER = "remote_under"
CLOCK_NOTES = {"duty.capture.future": FUTURE, "duty.capture.old": OLD, "duty.capture.corrected": CORRECTED}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One duty on a record: its rule, its period, whether it counts, and the answers in words.

    `remote`: an on-site duty that a health measure let be met remotely (四.4).
    """

    rule: DutyRule
    obligation_id: int | None
    period: Period | TaskSpan | None
    counts: bool
    why: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    void: bool
    remote: bool = False


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


def recorded_as(client_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The record that each client id has become, for those that were recorded and not withdrawn."""
    rows = Contact.objects.filter(client_id__in=list(client_ids), void_at__isnull=True)
    return dict(rows.values_list("client_id", "id"))


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
    owed = row.obligation
    period = span_of(owed.period, owed.start, owed.due) if owed else None
    answers = tuple((answer.label, _said(answer, row.answers[answer.code])) for answer in rule.answers
                    if row.answers.get(answer.code))  # fmt: skip
    remote = REMOTE_UNDER in row.answers
    why = () if row.counts else judge(contact, rule, row.obligation, row.answers, remote).reasons
    said = tuple(sentence(reason) for reason in why)
    return Outcome(rule, row.obligation_id, period, row.counts, said, answers, row.void_at is not None, remote)


def under(
    measure: RemoteMeasure | None, rule: DutyRule, form: Form, on_site: bool, answers: Mapping[str, str]
) -> dict[str, str]:
    """The answers as they are kept: with the measure's key where only a measure let the contact stand for a visit."""
    given = {code: value for code, value in answers.items() if code != REMOTE_UNDER}
    return {**given, REMOTE_UNDER: str(measure.key)} if measure and stands_in(rule, form, on_site) else given


def measure_of(row: Contact) -> str:
    """Why a record done remotely met on-site duties: the reason of the measure in force that day; '' without one."""
    keys = {each.answers[REMOTE_UNDER] for each in row.fulfilments.all() if REMOTE_UNDER in each.answers}
    found = grid.health_measure(int(keys.pop())) if keys else None
    return found.reason if found else ""


def clock_of(row: Contact) -> str:
    """Why the time of a record is not the one that its device named; '' when it is."""
    shown = {"captured": f"{row.device_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if row.device_at else ""}
    text = CLOCK_NOTES.get(row.clock_note)
    return sentence(Reason(row.clock_note, text, shown)) if text else ""


def sentence(reason: Reason) -> str:
    """A reason in the reader's language."""
    return words(reason)


def judge(
    contact: Contact, rule: DutyRule, row: Obligation | None, answers: dict[str, str], remote: bool = False
) -> Decision:
    """Whether a record counts for a duty (`row` None: an on-demand one), with every reason against it.

    `remote`: a health measure holds for the enterprise on the day of the contact (四.4).
    """
    decision = counts(
        rule, answers, form=Form(contact.form), on_site=contact.on_site, occurred_on=contact.occurred_on,
        start=row.start if row else contact.occurred_on, today=local_day(contact.received_at),
        late=is_late(contact, row), late_reason=contact.late_reason, remote=remote,
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
