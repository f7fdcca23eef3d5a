"""The supervisor's first page: what is due, my enterprises with their year, how my quarter stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from anwang.domain.base import Actor
from anwang.domain.calendar import Period, PeriodKind
from anwang.features.assignments import queries as assignments
from anwang.features.duties import queries as duties
from anwang.features.duties.queries import DutyRow

SHOWN = 8
FIRMS = 10


@dataclass(frozen=True, slots=True)
class Own:
    """One of my enterprises with the cells of its year."""

    assignment: Any
    cells: list[object]


@dataclass(frozen=True, slots=True)
class SupervisorHome:
    """In the order of the page. `standing` counts my duties of the quarter by state."""

    day: date
    half: Period
    quarter: Period
    urgent: list[DutyRow]
    firms: list[Own]
    more_firms: bool
    standing: dict[str, int]

    @property
    def days_left(self) -> int:
        return self.half.days_left(self.day)

    @property
    def quarter_left(self) -> int:
        return self.quarter.days_left(self.day)

    @property
    def only(self) -> int | None:
        """The enterprise of a person who has one."""
        return self.firms[0].assignment.enterprise_id if len(self.firms) == 1 else None


def supervisor_home(actor: Actor, *, day: date) -> SupervisorHome:
    """Six queries whatever the size of the city."""
    person = actor.person_id or 0
    half, quarter = (Period.containing(kind, day) for kind in (PeriodKind.HALF_MONTH, PeriodKind.QUARTER))
    rows = list(own_enterprises(actor, day=day)[: FIRMS + 1])
    mine = duties.listing(by=actor, day=day, person=person, asked={"period": quarter.key})
    return SupervisorHome(
        day, half, quarter, duties.urgent_of(person, day, limit=SHOWN), with_years(rows[:FIRMS], day),
        len(rows) > FIRMS, duties.standing_of(mine, day),
    )  # fmt: skip


def leader_own(actor: Actor, *, day: date) -> SupervisorHome | None:
    """What a leader supervises in person: what is due and the papers, without the years; None without any."""
    person = actor.person_id or 0
    rows = list(own_enterprises(actor, day=day)[: FIRMS + 1])
    if not rows:
        return None
    half, quarter = (Period.containing(kind, day) for kind in (PeriodKind.HALF_MONTH, PeriodKind.QUARTER))
    return SupervisorHome(
        day, half, quarter, duties.urgent_of(person, day, limit=SHOWN), [Own(row, []) for row in rows[:FIRMS]],
        len(rows) > FIRMS, {},
    )  # fmt: skip


def own_enterprises(actor: Actor, *, day: date) -> QuerySet[Any]:
    """What the actor is bound to, leads first."""
    return assignments.of_person(actor.person_id or 0, on=day)


def with_years(rows: Iterable[Any], day: date) -> list[Own]:
    """Assignments with their strips."""
    found = list(rows)
    cells = duties.strips([row.enterprise_id for row in found], day)
    return [Own(row, list(cells[row.enterprise_id])) for row in found]
