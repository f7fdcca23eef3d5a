"""What waits for the actor, and what a leader's first page shows; each bounded to one query."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from anwang.domain.base import Actor, Role
from anwang.domain.grid.codes import digits_of
from anwang.domain.ladder.case import Part
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.ladder.states import State

from ..models import Problem
from .visible import LINE, problems_for, referred_to

#: How long the first page shows that a problem which one followed is over.
ENDED_DAYS = 14


def waiting_rows(actor: Actor) -> QuerySet[Problem]:
    """Problems in which the actor is next, or has a request for more time to decide; for counting and listing.

    A leader's unit, a department that was asked, a tracker or reporter, the enterprise. Open ones only.
    """
    if actor.has(Role.PRINCIPAL):
        own = Q(part=Part.ENTERPRISE) | Q(actor_person_id=actor.person_id or 0)
        return Problem.objects.filter(own, enterprise_id__in=actor.territory.enterprises, due__isnull=False)
    ways = []
    if actor.person_id:
        asked = referred_to(actor).filter(ended_at=None)
        ways = [Problem.objects.filter(actor_person_id=actor.person_id),
                Problem.objects.filter(id__in=asked.values("problem_id"), state=State.HANDED)]  # fmt: skip
    if actor.has(*LINE) and actor.unit:
        ways += [Problem.objects.filter(actor_unit=actor.unit), Problem.objects.filter(decider=actor.unit)]
    if not ways:
        return Problem.objects.none()
    # Each way through an index of its own: an OR over them would read every problem that there ever was.
    first, *others = (way.order_by().values("id") for way in ways)
    return Problem.objects.filter(id__in=first.union(*others))


def tracked_rows(actor: Actor) -> QuerySet[Problem]:
    """Open problems that the actor follows to the end; for counting and listing."""
    return Problem.objects.filter(tracker_id=actor.person_id or 0, due__isnull=False)


def first_page(actor: Actor, day: date, *, majors: int = 3, most: int = 5) -> tuple[list[Problem], list[Problem]]:
    """(open major hazards that the actor may see, the nearest day first; what else the actor follows to the end while
    others work on it, that which ended of late first). One query for both."""
    hazards = problems_for(actor).filter(kind=ProblemKind.MAJOR_HAZARD, due__isnull=False).order_by("due", "id")
    ways = [hazards[:majors], _followed(actor.person_id or 0, day)[:most]]
    first, other = (Problem.objects.filter(id__in=way.values("id")).order_by().values("id") for way in ways)
    found = Problem.objects.filter(id__in=first.union(other)).select_related("enterprise").order_by("due", "id")
    major = [row for row in found if row.kind == ProblemKind.MAJOR_HAZARD and row.due][:majors]
    rest = sorted((row for row in found if row not in major), key=lambda row: row.due is not None)
    return major, [row for row in rest if row.tracker_id == actor.person_id][:most]


def _followed(person: int, day: date) -> QuerySet[Problem]:
    recent = Q(due__isnull=False) | Q(closed_at__date__gt=day - timedelta(days=ENDED_DAYS))
    rows = Problem.objects.filter(recent, tracker_id=person).exclude(actor_person_id=person)
    return rows.order_by(F("closed_at").desc(nulls_last=True), "due", "id")


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
