"""Coverage both ways, live, by unit and down to the names (一 全员全企覆盖, N1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from anwang.domain.base import Actor, Level
from anwang.domain.grid.codes import level_of
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from .bare import bare_enterprises, covered_enterprises, idle_posts, supervising_posts

NAMED = 200
#: Level of the parent → column that groups its children, and what the children's codes are divided by.
_ENTERPRISE_GROUP = {Level.CITY: ("county", 10**6), Level.COUNTY: ("township", 10**3), Level.TOWNSHIP: ("place", 1)}
_POST_GROUP = {Level.CITY: ("county", 10**6), Level.COUNTY: ("township", 10**3), Level.TOWNSHIP: ("unit", 1)}


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One unit: operating enterprises, key ones (重点), officials; and those of each that are not covered."""

    code: int
    name: str
    enterprises: int = 0
    without_lead: int = 0
    key: int = 0
    key_without_lead: int = 0
    officials: int = 0
    officials_without: int = 0

    @property
    def whole(self) -> bool:
        """Nothing is missing on either side."""
        return not self.without_lead and not self.officials_without


@dataclass(frozen=True, slots=True)
class Coverage:
    """A unit with the units below; `own` is what stands directly in it (staff of the unit itself)."""

    total: CoverLine
    children: list[CoverLine] = field(default_factory=list)
    own: CoverLine | None = None


def coverage(actor: Actor, *, on: date, unit: int) -> Coverage:
    """Coverage of a unit inside the territory, with its children; five queries whatever the size."""
    key = [grade.value for grade in policies.current().key_grades(on)]
    firms = _firms(actor, on, unit, key)
    level = level_of(unit) or Level.CITY
    called = grid.names([unit], on=on)
    total = CoverLine(unit, called.get(unit, ""), **firms, **_people(actor, on, unit))
    if level not in _ENTERPRISE_GROUP:
        return Coverage(total)
    return Coverage(total, *_children(actor, on, unit, level, key))


def _measures(key: list[str]) -> dict[str, Any]:
    return {
        "enterprises": Count("id"),
        "without_lead": Count("id", filter=Q(led=False)),
        "key": Count("id", filter=Q(grade__in=key)),
        "key_without_lead": Count("id", filter=Q(grade__in=key, led=False)),
    }


_POST_MEASURES = {
    "officials": Count("person", distinct=True),
    "officials_without": Count("person", distinct=True, filter=Q(bound=False)),
}


def _firms(actor: Actor, on: date, unit: int, key: list[str]) -> dict[str, int]:
    return covered_enterprises(actor, on=on, unit=unit).aggregate(**_measures(key))


def _people(actor: Actor, on: date, unit: int) -> dict[str, int]:
    return supervising_posts(actor, on=on, unit=unit).aggregate(**_POST_MEASURES)


def _children(
    actor: Actor, on: date, unit: int, level: Level, key: list[str]
) -> tuple[list[CoverLine], CoverLine | None]:
    column, factor = _ENTERPRISE_GROUP[level]
    rows = covered_enterprises(actor, on=on, unit=unit).values(group=F(column)).annotate(**_measures(key)).order_by()
    firms = {row.pop("group") * factor: row for row in rows}
    column, _ = _POST_GROUP[level]
    held = supervising_posts(actor, on=on, unit=unit).values(group=F(column)).annotate(**_POST_MEASURES).order_by()
    people = {row.pop("group") * factor: row for row in held}
    units = {row.code: row.name for row in grid.children(unit, on=on)}
    codes = sorted(units.keys() | (firms.keys() | people.keys()) - {unit})
    lines = [CoverLine(c, units.get(c, f"{c:012d}"), **firms.get(c, {}), **people.get(c, {})) for c in codes]
    own = CoverLine(unit, "", **firms.get(unit, {}), **people.get(unit, {}))
    return lines, own if own.enterprises or own.officials else None


def bare_lines(actor: Actor, *, on: date, unit: int, key_only: bool = False) -> Any:
    """Enterprises without a lead, key ones first."""
    rows = bare_enterprises(actor, on=on, unit=unit)
    if key_only:
        rows = rows.filter(grade__in=[grade.value for grade in policies.current().key_grades(on)])
    return rows.order_by("place", "name")


def idle_lines(actor: Actor, *, on: date, unit: int) -> Any:
    """Posts of officials without an enterprise."""
    return idle_posts(actor, on=on, unit=unit).order_by("unit", "id")


def coverage_facts(actor: Actor, *, on: date, unit: int | None = None) -> dict[str, Any]:
    """Coverage for programs, with the first 200 names each way."""
    root = grid.root_unit(on=on)
    code = unit if unit is not None else root.code if root else 0
    found = coverage(actor, on=on, unit=code)
    bare, idle = bare_lines(actor, on=on, unit=code), idle_lines(actor, on=on, unit=code)
    called = grid.names({row.unit for row in idle[:NAMED]})
    return {
        **_facts(found.total),
        "units": [_facts(line) for line in found.children],
        "names": {
            "enterprises": [row.name for row in bare[:NAMED]],
            "officials": [f"{row.person.name}（{called.get(row.unit, '')}{row.label}）" for row in idle[:NAMED]],
        },
    }


def _facts(line: CoverLine) -> dict[str, Any]:
    names: Iterable[str] = CoverLine.__dataclass_fields__
    return {"unit" if name == "code" else name: getattr(line, name) for name in names} | {"unit": f"{line.code:012d}"}
