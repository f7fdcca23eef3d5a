"""Who is complained of in which posts, and who sits at the desks above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anwang.domain.base import Level
from anwang.domain.discipline.complaints import Member, Subject
from anwang.domain.grid.codes import units_above
from anwang.features.assignments import queries as assignments
from anwang.features.duties import queries as duties
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies


@dataclass(frozen=True, slots=True)
class Someone:
    """A person whom the enterprise may name, with how it knows them."""

    person: int
    name: str
    title: str


def people_of(firm: Any, *, day: date) -> list[Someone]:
    """Whom the enterprise deals with: its supervisors, who came of late, the leaders of its units."""
    found: dict[int, Someone] = {}
    for row in assignments.of_enterprise(firm.id, on=day):
        found.setdefault(row.person_id, Someone(row.person_id, row.person.name, row.post.label))
    came = _came(firm, day, policies.current().visits(day).named_within_days) - set(found)
    for post in grid.posts(on=day).filter(person_id__in=came):
        found.setdefault(post.person_id, Someone(post.person_id, post.person.name, post.label))
    for rows in grid.leaders([firm.place, *units_above(firm.place)], on=day).values():
        for lead in rows:
            found.setdefault(lead.post.person_id, Someone(lead.post.person_id, lead.post.person.name, lead.post.label))
    return list(found.values())


def supervisors_of(firm: Any, *, day: date) -> list[int]:
    """Those meant by a complaint that names nobody: who is bound to the enterprise, and who came lately."""
    bound = [row.person_id for row in assignments.of_enterprise(firm.id, on=day)]
    came = _came(firm, day, policies.current().visits(day).meant_within_days)
    return list(dict.fromkeys([*bound, *sorted(came)]))


def _came(firm: Any, day: date, within: int) -> set[int]:
    """Who came to the enterprise in so many days."""
    return {each.person for each in duties.site_visits([firm.id], day - timedelta(days=within), day).get(firm.id, [])}


def nobody_at(place: int) -> Subject:
    """Stands for people of the village who hold no post any more, or whom nobody can name."""
    return Subject(0, Level.VILLAGE.rank, place, units_above(place))


def members_at(units: Iterable[int], *, day: date) -> list[Member]:
    """Leaders and members of the office serving in units on a day; two queries."""
    return [member for member, _office in grid.seats_at(units, on=day)]
