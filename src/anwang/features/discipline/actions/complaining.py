"""The enterprise complains, is content, is not, or takes it back; an office writes down what it is told (四.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from anwang.domain.base import Actor, Refusal, Right, Role, gettext_noop, given, insist
from anwang.domain.calendar import local_day
from anwang.domain.discipline.complaints import Handler, Kind, State, answer_due, handler_of, may_become, raised_to
from anwang.domain.grid.codes import units_above
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from .. import permissions, queries
from ..models import Complaint, ComplaintStep, ComplaintSubject
from ..queries.members import members_at, nobody_at, supervisors_of
from .sealing import sealed
from .steps import step
from .telling import tell_desk


@dataclass(frozen=True, slots=True)
class Told:
    """A complaint as it was told. `person` None: all who come; `client_id` makes a second sending the same one."""

    client_id: UUID
    enterprise: int
    kind: Kind
    text: str
    person: int | None = None
    complainer: str = ""
    phone: str = ""


@transaction.atomic
def file_complaint(*, by: Actor, now: datetime, told: Told) -> Complaint:
    """Keep a complaint and send it above everybody it is about. The trail names neither enterprise nor person.

    Refuses `not_found`, `not_office`, `complaint_own`, `person_unknown`, `text_missing`.
    """
    insist(given(by, Right.COMPLAIN))
    day, firm = local_day(now), enterprises.find(told.enterprise, by=by)
    if firm and (known := Complaint.objects.filter(client_id=told.client_id, enterprise_id=firm.id).first()):
        return known
    people = _people(firm, told, day)
    decision = permissions.may_file(by, firm is not None, frozenset(people))
    if firm is None or not decision:
        raise Refusal.of(decision)
    if not told.text.strip():
        raise Refusal("text_missing", gettext_noop("请写明发生了什么，一句话也可以。"))
    own = by.has(Role.PRINCIPAL) and bool(by.territory.enterprises)
    row = _keep(firm, told, _handler(firm, people, day), own, now)
    ComplaintSubject.objects.bulk_create(ComplaintSubject(complaint=row, person_id=each) for each in people)
    ComplaintStep.objects.create(complaint=row, state=State.FILED, at=now)
    audit.record(
        by=sealed(by) if own else by, now=now, action="complaint.filed", target=f"complaint:{row.id}", kind=row.kind
    )
    tell_desk(row, by=sealed(by) if own else by, now=now)
    return row


def _people(firm: Any, told: Told, day: date) -> list[int]:
    if firm is None:
        return []
    if told.person is None:
        return supervisors_of(firm, day=day)
    if told.person not in {each.person for each in queries.people_of(firm, day=day)}:
        raise Refusal("person_unknown", gettext_noop("请从名单中选择；名单中没有的，选“不针对具体人员”并写在内容里。"))
    return [told.person]


def _handler(firm: Any, people: list[int], day: date) -> Handler:
    subjects = grid.subjects_of(people, on=day) or [nobody_at(firm.place)]
    units = {unit for each in subjects for unit in (each.unit, *each.above)}
    return handler_of(subjects, members_at(units, day=day))


def _keep(firm: Any, told: Told, handler: Handler, own: bool, now: datetime) -> Complaint:
    day = local_day(now)
    return Complaint.objects.create(
        client_id=told.client_id, enterprise_id=firm.id, kind=told.kind.value, form="web" if own else "call",
        person_id=told.person, text=told.text.strip()[:2000], complainer=told.complainer.strip()[:40],
        phone=told.phone.strip()[:40], state=State.FILED, handler_unit=handler.unit,
        leaders_before=handler.leaders_before, filed_at=now,
        due=answer_due(day, policies.current().visits(day).answer_days),
    )  # fmt: skip


@transaction.atomic
def settle_complaint(*, by: Actor, now: datetime, complaint_id: int) -> Complaint:
    """The enterprise is content with the answer. Refuses `not_found`, `complaint_state`."""
    return step(_own(by, now, complaint_id), State.SETTLED, by=sealed(by), now=now)


@transaction.atomic
def withdraw_complaint(*, by: Actor, now: datetime, complaint_id: int) -> Complaint:
    """The enterprise takes it back before an answer. Refuses `not_found`, `complaint_state`."""
    return step(_own(by, now, complaint_id), State.WITHDRAWN, by=sealed(by), now=now)


@transaction.atomic
def raise_complaint(*, by: Actor, now: datetime, complaint_id: int, reason: str) -> Complaint:
    """不满意, once: the next level above answers anew, and whoever answered first does not see it again.

    Refuses `not_found`, `complaint_state`, `reason_missing`, `complaint_top`.
    """
    row, day = _own(by, now, complaint_id), local_day(now)
    insist(may_become(State(row.state), State.RAISED))
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明不满意的地方。"))
    answered = set(row.steps.filter(person__isnull=False).values_list("person_id", flat=True))
    barred = answered | set(row.subjects.values_list("person_id", flat=True))
    units = units_above(row.handler_unit)
    here = Handler(row.handler_unit, row.leaders_before)
    handler = raised_to(here, units, barred, members_at({row.handler_unit, *units}, day=day))
    if handler is None:
        text = gettext_noop("已由本市最高一级答复，本平台内没有更上一级；可向纪检监察机关反映（12388）。")
        raise Refusal("complaint_top", text)
    raised = step(
        row, State.RAISED, by=sealed(by), now=now, text=reason.strip()[:500], handler_unit=handler.unit,
        leaders_before=handler.leaders_before,
        due=answer_due(day, policies.current().visits(day).answer_days),
    )  # fmt: skip
    ComplaintSubject.objects.bulk_create(
        [ComplaintSubject(complaint=row, person_id=each) for each in answered], ignore_conflicts=True
    )
    tell_desk(raised, by=sealed(by), now=now)
    return raised


def _own(by: Actor, now: datetime, complaint_id: int) -> Complaint:
    insist(given(by, Right.COMPLAIN))
    row = queries.complaint(complaint_id, by=by, day=local_day(now)) if by.territory.enterprises else None
    if row is None:
        raise Refusal("not_found", gettext_noop("没有找到这件投诉。"))
    return row
