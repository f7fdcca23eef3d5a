"""What waits for the actor, and what a leader's first page shows; each bounded to one query."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor, Role
from anwang.domain.grid.codes import digits_of
from anwang.domain.ladder.case import Part
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.ladder.states import State

from ..models import Problem
from .visible import LINE, problems_for, referred_to


def waiting_rows(actor: Actor) -> QuerySet[Problem]:
    """Problems in which the actor is next, or has a request for more time to decide; for counting and listing.

    A leader's unit, a department that was asked, a tracker or reporter, the enterprise. Open ones only.
    """
    if actor.has(Role.PRINCIPAL):
        own = Q(part=Part.ENTERPRISE) | Q(actor_person_id=actor.person_id or 0)
        return Problem.objects.filter(own, enterprise_id__in=actor.territory.enterprises, due__isnull=False)
    mine = Q(pk=None)
    if actor.person_id:
        asked = referred_to(actor).filter(ended_at=None)
        mine = Q(actor_person_id=actor.person_id) | Q(id__in=asked.values("problem_id"), state=State.HANDED)
    if actor.has(*LINE) and actor.unit:
        mine |= Q(actor_unit=actor.unit) | Q(decider=actor.unit)
    return Problem.objects.filter(mine)


def open_major(actor: Actor, day: date, *, limit: int = 5) -> list[Problem]:
    """Open major hazards that the actor may see, the nearest day first; one query."""
    rows = problems_for(actor).filter(kind=ProblemKind.MAJOR_HAZARD, due__isnull=False)
    return list(rows.select_related("enterprise").order_by("due", "id")[:limit])


def in_unit(unit: int) -> Q:
    """Problems of the enterprises of a unit, by their plain columns."""
    digits = digits_of(unit)
    if digits <= 4:
        return Q(county__gte=unit // 10**6, county__lt=unit // 10**6 + 100)
    if digits == 6:
        return Q(county=unit // 10**6)
    return Q(township=unit // 10**3) if digits == 9 else Q(enterprise__place=unit)


def overdue_rows(unit: int, day: date) -> QuerySet[Problem]:
    """Open problems of a unit's area whose next actor is late; for counting."""
    return Problem.objects.filter(in_unit(unit), due__lt=day)
