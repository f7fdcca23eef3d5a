"""A problem is reported to the leader of the reporter's own level (三.4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from anwang.adapters.handed_in import Given
from anwang.domain.base import Actor, Refusal, Right, Role, gettext_noop, given, insist
from anwang.domain.calendar import local_day
from anwang.domain.ladder.case import Case, solve_due
from anwang.domain.ladder.plain import to_plain
from anwang.domain.ladder.rules import LadderRule, ProblemKind
from anwang.domain.ladder.states import State
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.duties import queries as duties
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from ..models import Ladder, Problem, ProblemEvent, Source
from .files import check, keep
from .notifying import inform_next
from .turning import arrival, columns_of, whose, written


@dataclass(frozen=True, slots=True)
class ProblemData:
    """What was found. `deadline`: the day for rectification that the reporter proposes; `spot`: where in the plant."""

    enterprise: int
    kind: ProblemKind
    title: str
    text: str = ""
    spot: str = ""
    found_on: date | None = None
    source: str = Source.CONTACT
    contact: int | None = None
    deadline: date | None = None
    measures: str = ""
    client_id: UUID = field(default_factory=uuid4)
    files: Sequence[Given] = ()


@transaction.atomic
def report(*, by: Actor, now: datetime, data: ProblemData) -> Problem:
    """Report a problem; the same `client_id` again is the same problem.

    Refusals: not_found (enterprise or contact), text_missing, text_long, found_ahead, those of files.
    """
    known = Problem.objects.filter(client_id=data.client_id).first()
    if known is not None:
        return known
    firm = enterprises.find(data.enterprise, by=by)
    if firm is None:
        raise Refusal("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    day = local_day(now)
    found = data.found_on or day
    if found > day:
        raise Refusal("found_ahead", gettext_noop("发现日期不能晚于今天。"))
    files = check(data.files)
    kept = kept_ladder(data.kind, day, now)
    row = _made(by, now, data, firm, kept, found)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # The same form, sent twice at this moment.
        return Problem.objects.get(client_id=data.client_id)
    keep(by=by, now=now, row=row, stage="reported", files=files)
    ProblemEvent.objects.create(problem=row, kind="reported", at=now, by=by.name[:60], unit=row.unit)
    audit.record(
        by=by, now=now, action="problem.reported", target=f"problem:{row.id}", chain=row.county, kind=row.kind,
        enterprise=firm.id, unit=row.unit, due=row.due,
    )  # fmt: skip
    inform_next(row, by=by, now=now, kind="problem_new", text=row.get_kind_display())
    return row


def _made(by: Actor, now: datetime, data: ProblemData, firm: Any, kept: tuple[Ladder, LadderRule], on: date) -> Problem:
    ladder, rule = kept
    day = local_day(now)
    insist(given(by, Right.RECTIFY))
    own = by.has(Role.PRINCIPAL)
    unit, level = arrival(firm.place if own or not by.unit else by.unit, rule, on=day)
    case = Case(State.REPORTED, level, day)
    row = Problem(
        client_id=data.client_id, enterprise=firm, county=firm.county, township=firm.township, kind=data.kind,
        title=written(data.title, gettext_noop("请写明是什么问题。"), 80), text=data.text.strip()[:2000],
        spot=data.spot.strip()[:120], found_on=on, source=Source.SELF if own else data.source,
        contact_id=_contact(data, by, firm.id), reporter_id=by.person_id, reported_by=by.name[:60], reported_at=now,
        tracker_id=tracker_of(firm.id, by, day, data.source), ladder=ladder,
        policy_version=policies.current().version, unit=unit,
        first_due=solve_due(case, rule), deadline=data.deadline, measures=data.measures.strip()[:1000],
        **columns_of(case),
    )  # fmt: skip
    for name, value in whose_new(row, case, rule, day).items():
        setattr(row, name, value)
    return row


def whose_new(row: Problem, case: Case, rule: LadderRule, day: date) -> dict[str, Any]:
    """Whose turn it is first, as columns of a row that is not stored yet."""
    found = whose(row, case, rule, day)
    found["actor_person_id"] = found.pop("actor_person")
    return found


def tracker_of(enterprise: int, by: Actor, day: date, source: str = Source.CONTACT) -> int | None:
    """Who follows it to the end: the reporter who is bound to the enterprise, else its lead, else the reporter.

    What comes from above is followed by whoever handed it down: it may concern the lead.
    """
    if source == Source.ABOVE:
        return by.person_id
    bound = [row.person_id for row in assignments.of_enterprise(enterprise, on=day)]
    if by.person_id in bound or (not bound and by.has(Role.SUPERVISOR)):
        return by.person_id
    return bound[0] if bound else None


def _contact(data: ProblemData, by: Actor, enterprise: int) -> int | None:
    """The record it came from, which must be of this enterprise and inside the territory."""
    if data.contact is None:
        return None
    row = duties.contact(data.contact, by=by)
    if row is None or row.enterprise_id != enterprise:
        raise Refusal("not_found", gettext_noop("没有找到这条督导记录。"))
    return row.id


def kept_ladder(kind: ProblemKind, day: date, now: datetime) -> tuple[Ladder, LadderRule]:
    """The ladder in force on a day, kept once for all that begin under it."""
    rule = policies.current().ladder(kind, day)
    plain = to_plain(rule)
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    row, _new = Ladder.objects.get_or_create(digest=digest, defaults={"rule": plain, "kept_at": now})
    return row, rule
