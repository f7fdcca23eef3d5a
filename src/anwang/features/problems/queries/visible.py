"""What an actor may see: the territory, one's own, what was referred to one, the own enterprise."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor, Level, Role
from anwang.domain.grid.codes import ancestors, level_of
from anwang.domain.ladder.case import Case
from anwang.domain.ladder.plain import from_plain
from anwang.domain.ladder.rules import LadderRule
from anwang.domain.ladder.states import State
from anwang.features.grid import queries as grid

from ..models import Problem, ProblemFile, Referral

#: Leaders and offices act for their unit and see their territory.
LINE = frozenset({Role.LEADER, Role.OFFICE})
#: Those who see the problems of their territory.
FIELD = LINE | {Role.SUPERVISOR}
WITH = ("enterprise", "tracker", "reporter", "actor_person", "doer", "contact", "ladder", "letter")


def referred_to(actor: Actor) -> QuerySet[Referral]:
    """What departments were asked, by the person in the post."""
    return Referral.objects.filter(person_id=actor.person_id or 0)


def problems_for(actor: Actor) -> QuerySet[Problem]:
    """Problems that the actor may see. A department sees what was referred to it, an enterprise its own."""
    rows = Problem.objects.all()
    if actor.has(Role.PRINCIPAL) or actor.has(*FIELD):
        return grid.within_facts(rows, actor)
    return rows.filter(id__in=referred_to(actor).values("problem_id"))


def find(problem_id: int, *, by: Actor) -> Problem | None:
    """One problem that the actor may see; who tracks it, or was asked about it, keeps sight of it."""
    row = problems_for(by).filter(id=problem_id).select_related(*WITH).first()
    if row is None and by.person_id:
        own = Q(tracker_id=by.person_id) | Q(id__in=referred_to(by).values("problem_id"))
        row = Problem.objects.filter(own, id=problem_id).select_related(*WITH).first()
    return row


def find_file(file_id: int, *, by: Actor) -> ProblemFile | None:
    """A file of a problem that the actor may see."""
    row = ProblemFile.objects.filter(id=file_id).first()
    return row if row and find(row.problem_id, by=by) else None


def rule_of(row: Problem) -> LadderRule:
    """The ladder that the problem began under."""
    return from_plain(row.ladder.rule)


def case_of(row: Problem) -> Case:
    """What the ladder reads of it."""
    return Case(
        State(row.state), Level(row.level), row.arrived_on, row.given, row.until, row.returned_on, row.extended_to,
        row.extensions,
    )  # fmt: skip


def line_of(code: int) -> list[tuple[int, Level]]:
    """(unit, level) of a unit and those above it, nearest first, up to the city."""
    found = [(unit, level_of(unit)) for unit in (code, *ancestors(code))]
    return [(unit, level) for unit, level in found if level]
