"""A unit's coming visits: where caps are passed, and which visits could be one (四.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..models import OPEN_STATES, Visit
from . import season
from .checking import merge_proposals
from .rows import ON_SITE, with_names


@dataclass(frozen=True, slots=True)
class CapLine:
    """An enterprise with more visits on a day, or in a month, than the policy allows; `most` is what it allows."""

    enterprise_id: int
    enterprise: str
    when: date
    whole_month: bool
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A proposal to merge: the visit that stays, those that join it."""

    stays: Visit
    join: tuple[Visit, ...]

    @property
    def saves(self) -> int:
        return len(self.join)

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(row.person.name for row in (self.stays, *self.join))

    @property
    def keys(self) -> str:
        return ",".join(str(row.id) for row in self.join)


def caps_passed(visits: Sequence[Visit]) -> list[CapLine]:
    """Of the visits that stand: where a day or a month has too many."""
    by_day: defaultdict[tuple[int, date], int] = defaultdict(int)
    by_month: defaultdict[tuple[int, date], int] = defaultdict(int)
    names = {}
    for row in visits:
        names[row.enterprise_id] = row.enterprise.name
        by_day[row.enterprise_id, row.day] += 1
        by_month[row.enterprise_id, row.day.replace(day=1)] += 1
    found = [
        CapLine(firm, names[firm], when, whole, count, most)
        for counted, whole in ((by_day, False), (by_month, True))
        for (firm, when), count in counted.items()
        if count > (most := season.rules(when).per_month if whole else season.rules(when).per_day)
    ]
    return sorted(found, key=lambda line: (line.when, line.enterprise_id, line.whole_month))


def merge_lines(visits: Sequence[Visit], *, today: date) -> list[MergeLine]:
    """The merges that are proposed for visits that stand."""
    by_key = {row.id: row for row in visits}
    return [
        MergeLine(by_key[each.stays], tuple(by_key[key] for key in each.join))
        for each in merge_proposals(list(visits), today=today)
    ]


def merges_of(person: int, *, today: date) -> list[MergeLine]:
    """The merges that are proposed for a person's own visits; two queries."""
    until = today + timedelta(days=62)
    own = Visit.objects.filter(ON_SITE, person_id=person, state__in=OPEN_STATES, day__range=(today, until))
    firms = set(own.values_list("enterprise_id", flat=True))
    if not firms:
        return []
    rows = Visit.objects.filter(ON_SITE, enterprise_id__in=firms, state__in=OPEN_STATES, day__range=(today, until))
    lines = merge_lines(list(with_names(rows)), today=today)
    return [line for line in lines if person in {row.person_id for row in (line.stays, *line.join)}]
