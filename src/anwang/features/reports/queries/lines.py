"""Who may never see a report, and who sits at the desks above them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anwang.domain.base import Level
from anwang.domain.discipline.complaints import Handler, Subject, handler_of
from anwang.domain.grid.codes import level_of, units_above
from anwang.features.assignments import queries as assignments
from anwang.features.duties import queries as duties
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies


@dataclass(frozen=True, slots=True)
class Desks:
    """Where a report goes: who handles it, which office puts it into other words, who never sees it."""

    handler: Handler
    clerk_unit: int
    barred: frozenset[int]


def desks(firm: Any, line: Level | None, *, day: date, clerk: int | None = None) -> Desks:
    """Strictly above the supervisors of the enterprise and above the line complained of. `clerk` took the call."""
    people = _supervisors(firm, day)
    subjects = [*grid.subjects_of(people, on=day), *_line(firm, line)]
    units = {unit for each in subjects for unit in (each.unit, *each.above)}
    members = grid.seats_at(units, on=day)
    accused = {each.unit for each in subjects if each.person == 0}
    barred = frozenset(people) | {each.person for each, _ in members if each.unit in accused}
    free = [each for each, _ in members if each.person not in barred and each.person != clerk]
    handler = handler_of(subjects, free)
    seats = {each.unit for each, office in members if office and each.person not in barred}
    clerk_unit = next((unit for unit in units_above(handler.unit) if unit in seats), handler.unit)
    return Desks(handler, clerk_unit, barred)


def _supervisors(firm: Any, day: date) -> list[int]:
    bound = [row.person_id for row in assignments.of_enterprise(firm.id, on=day)]
    # Whoever came to the enterprise of late is taken for its supervisor too.
    since = day - timedelta(days=policies.current().reports(day).came_within_days)
    came = [each.person for each in duties.site_visits([firm.id], since, day).get(firm.id, [])]
    return list(dict.fromkeys(bound + came))


def _line(firm: Any, line: Level | None) -> list[Subject]:
    """Units of the line up to the level complained of; the village of the enterprise is always below the desk."""
    levels = [Level.VILLAGE] + [each for each in (Level.TOWNSHIP, Level.COUNTY) if line and each.rank >= line.rank]
    chain = {level_of(code): code for code in (*units_above(firm.place), firm.place)}
    return [Subject(0, each.rank, chain[each], units_above(chain[each])) for each in levels if each in chain] or [
        Subject(0, level.rank, firm.place, units_above(firm.place)) for level in [level_of(firm.place)] if level
    ]
