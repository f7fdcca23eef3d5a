"""The enterprise's first page: who the supervisor is, what is due, who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.base import Actor
from anwang.features.assignments import queries as assignments
from anwang.features.duties import queries as duties
from anwang.features.duties.queries import DutyRow
from anwang.features.enterprises import queries as enterprises


@dataclass(frozen=True, slots=True)
class PrincipalHome:
    """The enterprise, its supervisors with their phones, its open duties, its year, the last contacts."""

    firm: object
    supervisors: list[object]
    due: list[DutyRow]
    cells: list[object]
    contacts: list[object]


def principal_home(actor: Actor, *, day: date) -> PrincipalHome | None:
    """None when the post names no enterprise that is there."""
    firm = next((found for key in actor.territory.enterprises if (found := enterprises.find(key, by=actor))), None)
    if firm is None:
        return None
    rows = duties.listing(by=actor, day=day, asked={"enterprise": str(firm.id)}).filter(
        duties.in_state("soon", day) | duties.in_state("overdue", day) | duties.in_state("open", day)
    )
    return PrincipalHome(
        firm, list(assignments.of_enterprise(firm.id, on=day)), duties.shown(rows[:12], day),
        list(duties.strips([firm.id], day)[firm.id]), list(duties.contacts_of(firm.id, limit=5)),
    )  # fmt: skip
