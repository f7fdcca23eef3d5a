"""People as rows of a sheet that an import reads back, and the grid as a table (三.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from anwang.domain.base import Actor, Level
from anwang.domain.grid.codes import ancestors, level_of
from anwang.features.policies import queries as policies

from ..models import Leadership, Post, Sponsorship
from .posts import posts
from .territory import on_day
from .tree import lines, visible_units
from .units import units


def unit_path(code: int) -> tuple[int, ...]:
    """The codes from the county down to the unit."""
    return tuple(c for c in reversed((code, *ancestors(code))) if c and (level_of(c) or Level.CITY).rank > 0)


def exported(people: list[Any], *, on: date) -> list[dict[str, Any]]:
    """Rows of an export that an import reads back: one per post held on the day, phones in clear."""
    ids = {person.id: person for person in people}
    rows = [p for p in posts(on=on).filter(enterprise_id=None).exclude(kind__endswith="_admin") if p.person_id in ids]
    led = {(line.post_id, line.unit) for line in Leadership.objects.filter(on_day(on))}
    backed: dict[int, list[int]] = {}
    for line in Sponsorship.objects.filter(on_day(on)).order_by("unit"):
        backed.setdefault(line.post_id, []).append(line.unit)
    called = {unit.code: unit.name for unit in units(on=on)}
    order = {person.id: at for at, person in enumerate(people)}
    rows.sort(key=lambda post: (order[post.person_id], post.unit, post.id))
    return [_values(post, ids[post.person_id], led, backed, called) for post in rows]


def _values(
    post: Post, person: Any, led: set[tuple[int, int]], backed: dict[int, list[int]], called: dict[int, str]
) -> dict[str, Any]:
    places = {str(level_of(code)): called.get(code, "") for code in unit_path(post.unit)}
    return {
        "name": person.name, "phone": person.phone, "unit_code": f"{post.unit:012d}", "county": places.get("county"),
        "township": places.get("township"), "village": places.get("village"), "department": post.organisation,
        "post_kind": post.kind, "title": post.title, "leads": (post.id, post.unit) in led,
        "sponsors": "、".join(called.get(unit, str(unit)) for unit in backed.get(post.id, [])),
        "is_office": post.is_office, "is_supervisor": post.is_supervisor, "valid_from": post.valid_from,
        "valid_to": post.valid_to, "expertise": "、".join(industries().get(code, code) for code in post.expertise),
    }  # fmt: skip


def industries() -> dict[str, str]:
    """Industry names by code (二.1)."""
    return {each.code: each.name for each in policies.current().industries}


def grid_rows(actor: Actor, *, on: date) -> Iterator[list[Any]]:
    """The grid of the territory as a table: level, path, code, leaders, sponsors, phone, counts."""
    rows = list(visible_units(actor, on=on))
    called = {unit.code: unit.name for unit in units(on=on)}
    for start in range(0, len(rows), 400):
        for line in lines(rows[start : start + 400], on=on):
            places = {level_of(code): called.get(code, "") for code in unit_path(line.unit.code)}
            yield [
                line.unit.get_level_display(), places.get(Level.COUNTY), places.get(Level.TOWNSHIP),
                places.get(Level.VILLAGE), f"{line.unit.code:012d}", _people(line.leaders), _people(line.sponsors),
                line.unit.phone, line.children, line.people,
            ]  # fmt: skip


def _people(rows: list[Leadership] | list[Sponsorship]) -> str:
    return "、".join(f"{row.post.person.name}（{row.post.label}）" for row in rows)
