"""One enterprise a row, as the notice's lists want it (三.1, 附件5): one layer for screen, PDF, DOCX and XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from anwang.domain.base import Grade, Level
from anwang.domain.documents.tables import Binding
from anwang.domain.grid.codes import ancestors, digits_of
from anwang.features.assignments.queries.bound import Bound, bound_on
from anwang.features.enterprises import queries as enterprises
from anwang.features.enterprises.queries.dated import StoodThen, stood_in
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

#: Cells without which a row is not complete; the others may be empty by their nature.
NEEDED = (
    "township", "village", "enterprise", "credit_code", "address", "industry", "workers", "principal",
    "principal_phone", "safety_officer", "safety_phone", "grade", "supervisor", "supervisor_phone", "grid_leader",
    "signed_on", "published_on",
)  # fmt: skip
AT_ONCE = 2000


def keys_in(unit: int, *, on: date) -> list[StoodThen]:
    """The enterprises of a unit on a day that were not closed."""
    return stood_in(unit, on=on)


def bindings(stood: list[StoodThen], *, on: date) -> Iterator[Binding]:
    """The rows, read in portions; personal phones in clear. The caller has checked the territory."""
    for start in range(0, len(stood), AT_ONCE):
        yield from _portion(stood[start : start + AT_ONCE], on)


def _portion(stood: list[StoodThen], on: date) -> Iterator[Binding]:
    cards = enterprises.cards([each.id for each in stood])
    bound = bound_on(on, [each.id for each in stood])
    codes = {code for each in stood for code in chain(each.place)} | {each.unit for each in bound.values()}
    names = grid.names(codes)
    leaders = grid.leaders(codes, on=on)
    for each in stood:
        path = chain(each.place)
        led = next((leaders[code][0] for code in path if leaders.get(code)), None)
        yield _row(each, cards[each.id], bound.get(each.id), names, led.post.person.name if led else "")


def chain(place: int) -> list[int]:
    """The place and the units above it up to the county, the nearest first."""
    return [code for code in (place, *ancestors(place)) if digits_of(code) >= 6]


def _row(stood: StoodThen, card: enterprises.Card, bound: Bound | None, names: dict[int, str], leader: str) -> Binding:
    policy = policies.current()
    industry = policy.industry(card.industry)
    at = {digits_of(code): names.get(code, "") for code in chain(stood.place)}
    row: dict[str, Any] = {
        "enterprise": card.name, "credit_code": card.code, "county": at.get(6, ""), "township": at.get(9, ""),
        "village": at.get(12, ""), "address": stood.address or card.address,
        "industry": industry.name if industry else "",
        "workers": card.headcount, "principal": card.principal, "principal_phone": card.principal_phone,
        "safety_officer": card.safety_officer, "safety_phone": card.safety_phone,
        "major_hazard": "是" if card.major_hazard else "否",
        "grade": policy.grade_name(Grade(stood.grade)) if stood.grade else "",
        "grid": at.get(12) or at.get(9) or at.get(6, ""), "grid_leader": leader,
        "note": "停产停业" if stood.status == "suspended" else card.remarks,
    }  # fmt: skip
    if bound:
        row |= {
            "level": Level(bound.level).label, "supervisor": bound.name, "supervisor_unit": _unit(bound, names),
            "supervisor_post": bound.title, "supervisor_phone": bound.phone or bound.office_phone,
            "signed_on": bound.signed_on, "published_on": bound.posted_on,
        }  # fmt: skip
    return Binding(**row)


def _unit(bound: Bound, names: dict[int, str]) -> str:
    place = names.get(bound.unit, "")
    return bound.organisation if bound.organisation.startswith(place[:2]) and place else place + bound.organisation


def missing_cells(rows: list[Binding]) -> dict[str, int]:
    """How many rows lack each needed cell, the most first; empty when all is there."""
    counts = {name: sum(getattr(row, name) in ("", None) for row in rows) for name in NEEDED}
    return {name: count for name, count in sorted(counts.items(), key=lambda pair: -pair[1]) if count}
