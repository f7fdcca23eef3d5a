"""One enterprise a row, as the notice's lists want it (三.1, 附件5): one layer for screen, PDF, DOCX and XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from anwang.domain.base import Grade, Level, gettext_noop
from anwang.domain.documents.tables import Binding
from anwang.domain.grid.codes import ancestors, digits_of
from anwang.features.assignments.queries.bound import Bound, bound_on
from anwang.features.enterprises import queries as enterprises
from anwang.features.enterprises.queries.dated import StoodThen, placed_in, stood_in
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

#: Cells without which a row is not complete; the others may be empty by their nature.
NEEDED = (
    "township", "village", "enterprise", "credit_code", "address", "industry", "workers", "principal",
    "principal_phone", "safety_officer", "safety_phone", "grade", "supervisor", "supervisor_phone", "grid_leader",
    "signed_on", "published_on",
)  # fmt: skip
OF_THE_LEAD = ("supervisor", "supervisor_phone", "signed_on", "published_on")
SUSPENDED = gettext_noop("停产停业")
PHONES = ("principal_phone", "safety_phone", "supervisor_phone")
#: More rows than this are read by the unit and not by their keys: the same few queries whatever its size.
BY_KEYS = 500


@dataclass(frozen=True, slots=True)
class Sources:
    """What rows are made of: cards and leads by enterprise, names of units and grid leaders by unit."""

    cards: dict[int, enterprises.Card]
    bound: dict[int, Bound]
    names: dict[int, str]
    leaders: dict[int, str]


def keys_in(unit: int, *, on: date) -> list[StoodThen]:
    """The enterprises of a unit on a day that were not closed and are in the scope of the notice."""
    return stood_in(unit, on=on)


def bindings(stood: list[StoodThen], *, on: date, unit: int | None = None) -> Iterator[Binding]:
    """The rows in their order; personal phones in clear. The caller has checked the territory.

    `unit` is where all of `stood` stand: many rows are then read in few queries.
    """
    sources = _sources(stood, on, unit)
    for each in stood:
        yield _row(each, sources)


def _sources(stood: list[StoodThen], on: date, unit: int | None) -> Sources:
    many = unit is not None and len(stood) > BY_KEYS
    ids = placed_in(unit, on=on) if unit is not None and many else [each.id for each in stood]
    bound = bound_on(on, ids)
    codes = {code for place in {each.place for each in stood} for code in chain(place)}
    leaders = {code: found[0].post.person.name for code, found in grid.leaders(codes, on=on).items()}
    names = grid.names(codes | {each.unit for each in bound.values()})
    return Sources(enterprises.cards(ids), bound, names, leaders)


@lru_cache(maxsize=8192)
def chain(place: int) -> tuple[int, ...]:
    """The place and the units above it up to the county, the nearest first."""
    return tuple(code for code in (place, *ancestors(place)) if digits_of(code) >= 6)


def _row(stood: StoodThen, sources: Sources) -> Binding:
    card, path, policy = sources.cards[stood.id], chain(stood.place), policies.current()
    industry = policy.industry(card.industry)
    at = {digits_of(code): sources.names.get(code, "") for code in path}
    row: dict[str, Any] = {
        "enterprise": card.name, "credit_code": card.code, "county": at.get(6, ""), "township": at.get(9, ""),
        "village": at.get(12, ""), "address": stood.address or card.address,
        "industry": industry.name if industry else "",
        "workers": card.headcount, "principal": card.principal, "principal_phone": card.principal_phone,
        "safety_officer": card.safety_officer, "safety_phone": card.safety_phone,
        "major_hazard": "是" if card.major_hazard else "否",
        "grade": policy.grade_name(Grade(stood.grade)) if stood.grade else "",
        "grid": at.get(12) or at.get(9) or at.get(6, ""),
        "grid_leader": next((sources.leaders[code] for code in path if code in sources.leaders), ""),
        "note": SUSPENDED if stood.status == "suspended" else card.remarks,
    }  # fmt: skip
    return Binding(**row, **_lead(sources.bound.get(stood.id), sources.names))


def _lead(bound: Bound | None, names: dict[int, str]) -> dict[str, Any]:
    """The cells of the lead; none where nobody leads."""
    if bound is None:
        return {}
    return {
        "level": Level(bound.level).label, "supervisor": bound.name, "supervisor_unit": _unit(bound, names),
        "supervisor_post": bound.title, "supervisor_phone": bound.phone or bound.office_phone,
        "signed_on": bound.signed_on, "published_on": bound.posted_on,
    }  # fmt: skip


def _unit(bound: Bound, names: dict[int, str]) -> str:
    place = names.get(bound.unit, "")
    return bound.organisation if bound.organisation.startswith(place[:2]) and place else place + bound.organisation


def lacks(row: Binding, name: str) -> bool:
    """True when a needed cell of the row is empty. A suspended enterprise needs no lead until it works again."""
    return getattr(row, name) in ("", None) and not (row.note == SUSPENDED and name in OF_THE_LEAD)


def missing_cells(rows: list[Binding]) -> dict[str, int]:
    """How many rows lack each needed cell, the most first; empty when all is there."""
    counts = {name: sum(lacks(row, name) for row in rows) for name in NEEDED}
    return {name: count for name, count in sorted(counts.items(), key=lambda pair: -pair[1]) if count}


def phones_in(rows: list[Binding]) -> int:
    """How many telephone numbers of persons stand in the rows."""
    return sum(bool(getattr(row, name)) for row in rows for name in PHONES)
