"""What enterprises said of visits, by unit: counts and words, never of a person, never of few (四.4)."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from anwang.domain.base import Actor, Level
from anwang.domain.discipline.ratings import Fewest, Group, Opinion, disclosed, large_enough
from anwang.features.grid import queries as grid
from anwang.features.grid.queries import within_facts

from ..models import Rating

WORDS = 30


@dataclass(frozen=True, slots=True)
class UnitOpinions:
    """A unit and its counts, by level in their order; None: too few to be shown."""

    name: str
    counts: tuple[int, ...] | None

    @property
    def levels(self) -> list[tuple[str, int]]:
        """Each level in words with its count."""
        return [(level.label, n) for level, n in zip(Opinion, self.counts or (), strict=False)]


@dataclass(frozen=True, slots=True)
class Opinions:
    """The whole and its parts, and words without name and day, in an order that says nothing."""

    whole: UnitOpinions
    parts: list[UnitOpinions]
    words: list[tuple[str, str, int]]


def opinions(by: Actor, *, first: date, last: date, fewest: Fewest) -> Opinions:
    """Ratings of visits on the days `first` to `last` in the actor's unit; five queries."""
    rows = within_facts(Rating.objects.filter(on__range=(first, last)), by)
    column, factor = ("county", 10**6) if by.level is Level.CITY else ("township", 10**3)
    groups = _groups(rows, column)
    whole = Group(_added(groups.values()), rows.values("contact__person").distinct().count())
    name = grid.names([by.unit or 0]).get(by.unit or 0, "")
    if not large_enough(whole.total, whole.persons, fewest):
        return Opinions(UnitOpinions(name, None), [], [])
    shown = disclosed(groups, fewest)
    named = grid.names(key * factor for key in groups)
    parts = [
        UnitOpinions(named.get(key * factor, ""), _figures(groups[key]) if key in shown else None)
        for key in sorted(groups)
    ]
    return Opinions(UnitOpinions(name, _figures(whole)), parts if len(parts) > 1 else [], _words(rows))


def _groups(rows: object, column: str) -> dict[int, Group]:
    counts: defaultdict[int, dict[Opinion, int]] = defaultdict(dict)
    ordered = rows.order_by()  # type: ignore[attr-defined]
    for key, opinion, n in ordered.values_list(column, "opinion").annotate(n=Count("id")):
        counts[key][Opinion(opinion)] = n
    people = dict(ordered.values_list(column).annotate(n=Count("contact__person", distinct=True)))
    return {key: Group(found, people[key]) for key, found in counts.items()}


def _added(groups: object) -> dict[Opinion, int]:
    return {level: sum(each.counts.get(level, 0) for each in groups) for level in Opinion}  # type: ignore[attr-defined]


def _figures(group: Group) -> tuple[int, ...]:
    return tuple(group.counts.get(level, 0) for level in Opinion)


def _words(rows: object) -> list[tuple[str, str, int]]:
    """Words of the unit with their level and how often they were said, in an order that tells not who nor when."""
    said = Counter((row.words, row.opinion) for row in rows.order_by("-on")[:300] if row.words)  # type: ignore[attr-defined]
    known = sorted(said.items(), key=lambda each: hashlib.sha256(each[0][0].encode()).digest())
    return [(words, Opinion(opinion).label, n) for (words, opinion), n in known[:WORDS]]
