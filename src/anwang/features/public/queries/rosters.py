"""Public rosters: which enterprise has which safety commissioner, by township, without any telephone (三.1, 三.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from anwang.domain.base import Level
from anwang.domain.grid.codes import ancestors, level_of
from anwang.features.assignments import queries as assignments
from anwang.features.grid import queries as grid

LISTED = (Level.CITY, Level.COUNTY, Level.TOWNSHIP)


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A unit with a public roster: `above` are (code, name) of the units over it, the city first."""

    code: int
    name: str
    level: Level
    above: tuple[tuple[int, str], ...]


def roster_unit(code: int | None, *, on: date) -> RosterUnit | None:
    """City, county or township of a day; without a code the city. None for anything else; two queries."""
    rows = grid.units(on=on)
    row = rows.filter(code=code).first() if code else rows.filter(level=Level.CITY).first()
    level = level_of(row.code) if row else None
    if row is None or level not in LISTED:
        return None
    over = [each for each in reversed(ancestors(row.code)) if each and level_of(each) in LISTED and each != row.code]
    names = grid.names(over, on=on) if over else {}
    return RosterUnit(row.code, row.name, level, tuple((each, names[each]) for each in over if each in names))


def rosters_below(unit: RosterUnit, *, on: date) -> list[tuple[int, str, int]]:
    """(code, name, enterprises whose sheet hangs) of every unit below; the unit's own code stands for those of
    which the township is not known yet."""
    counts = assignments.public_counts(unit.code, on=on)
    found = [(row.code, row.name, counts.pop(row.code, 0)) for row in grid.children(unit.code, on=on)]
    return found + [(code, "", count) for code, count in sorted(counts.items())]


def roster(code: int, *, on: date) -> QuerySet[Any]:
    """The sheets that hang in a township, by village and name."""
    return assignments.public_roster(code, on=on)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A line: the enterprise, its village, its safety commissioner, the code of its sheet."""

    enterprise: str
    place: str
    supervisor: str
    unit: str
    post: str
    token: str


def roster_rows(rows: list[Any]) -> list[RosterRow]:
    """Lines as everyone reads them; one query."""
    codes = {row.assignment.enterprise.place for row in rows} | {row.assignment.post.unit for row in rows}
    names = grid.names(codes)
    return [
        RosterRow(
            row.assignment.enterprise.name, names.get(row.assignment.enterprise.place, ""), row.assignment.person.name,
            row.assignment.post.organisation or names.get(row.assignment.post.unit, ""), row.assignment.post.label,
            row.document.token,
        )
        for row in rows
    ]  # fmt: skip
