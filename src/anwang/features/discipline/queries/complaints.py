"""Complaints: who may see which is decided here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from anwang.domain.base import Actor, Role
from anwang.domain.discipline.complaints import WAITING
from anwang.features.grid import queries as grid

from ..models import Complaint, ComplaintStep, ComplaintSubject
from .members import members_at

OPEN = [state.value for state in WAITING]


def handled_by(by: Actor, *, day: date) -> QuerySet[Complaint]:
    """What was sent to the actor's own desk: a leader or office of the handling unit, not complained of.

    Whoever is complained of finds nothing, in whatever post; nor does anybody below, beside or further above the desk.
    """
    if not by.has(Role.LEADER, Role.OFFICE) or by.unit is None or by.person_id is None:
        return Complaint.objects.none()
    mine = ComplaintSubject.objects.filter(complaint=OuterRef("pk"), person_id=by.person_id)
    leads = grid.rank_of(by, on=day)
    reached = Q(leaders_before__isnull=True)
    if leads is not None:
        reached |= Q(leaders_before__gt=leads)
    return Complaint.objects.filter(reached, handler_unit=by.unit).exclude(Exists(mine))


def complaints(by: Actor, *, day: date) -> QuerySet[Complaint]:
    """Those of the enterprise, or those on the actor's desk; open ones first, the first due first."""
    if by.has(Role.PRINCIPAL) and by.territory.enterprises:
        rows = Complaint.objects.filter(enterprise_id__in=by.territory.enterprises)
    else:
        rows = handled_by(by, day=day)
    order = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.select_related("enterprise", "person").annotate(rank=order).order_by("rank", "due", "-id")


def complaint(complaint_id: int, *, by: Actor, day: date) -> Complaint | None:
    """One complaint that the actor may see."""
    return complaints(by, day=day).filter(id=complaint_id).first()


def steps(row: Complaint) -> list[ComplaintStep]:
    """What happened to it, the first step first."""
    return list(row.steps.select_related("person").order_by("id"))


def overdue(row: Complaint, day: date) -> bool:
    """True when an answer is owed and its last day is past."""
    return row.state in WAITING and day > row.due


def handlers(row: Complaint, *, day: date) -> list[int]:
    """The people who can open it at its desk today; three queries."""
    barred = set(row.subjects.values_list("person_id", flat=True))
    return [
        each.person
        for each in members_at([row.handler_unit], day=day)
        if each.person not in barred
        and (row.leaders_before is None or (each.leads is not None and each.leads < row.leaders_before))
    ]


def staffed(row: Complaint, *, day: date) -> bool:
    """Whether somebody can open it at its desk today."""
    return bool(handlers(row, day=day))


@dataclass(frozen=True, slots=True)
class Desk:
    """How many complaints wait at the actor's desk, and how many of them are past their day."""

    waiting: int
    overdue: int


def waiting_at(by: Actor, *, day: date) -> QuerySet[Complaint]:
    """What waits at the actor's own desk, for counting."""
    return handled_by(by, day=day).filter(state__in=OPEN)


def desk(by: Actor, *, day: date) -> Desk:
    """For a first page; at most two queries."""
    due: list[Any] = list(handled_by(by, day=day).filter(state__in=OPEN).values_list("due", flat=True)[:500])
    return Desk(len(due), sum(1 for each in due if each < day))
