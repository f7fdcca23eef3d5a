"""The five-level tree as a page shows it: each unit with its leaders, sponsors and counts (三.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, QuerySet, When

from anwang.domain.base import Actor, Level, Role
from anwang.domain.grid.codes import ancestors, parse_code
from anwang.web.asked import number

from ..models import GridUnit, Leadership, Post, Sponsorship
from .territory import on_day, within
from .units import children, leaders, sponsors, units

#: The column of a post that groups posts by a unit of a level, and what the unit's code is divided by.
_GROUP = {Level.COUNTY: ("county", 10**6), Level.TOWNSHIP: ("township", 10**3), Level.VILLAGE: ("unit", 1)}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the tree. `children` units directly below, `people` persons with a post in it or below."""

    unit: GridUnit
    leaders: list[Leadership] = field(default_factory=list)
    sponsors: list[Sponsorship] = field(default_factory=list)
    children: int = 0
    people: int = 0


def visible_units(actor: Actor, *, on: date) -> QuerySet[GridUnit]:
    """The units inside the actor's territory on a day; keepers of sign-ins name units of the whole city."""
    if actor.has(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        return units(on=on)
    return within(units(on=on), actor, place="code", enterprise="id")


def visible_unit(actor: Actor, code: int, *, on: date) -> GridUnit | None:
    """One unit inside the actor's territory, as it was on the day, else as it was last."""
    mine = within(GridUnit.objects.filter(code=code), actor, place="code", enterprise="id")
    return mine.filter(on_day(on)).first() or mine.order_by("-valid_from").first()


def lines(rows: Sequence[GridUnit], *, on: date) -> list[UnitLine]:
    """Units with all that a line of the tree shows; a handful of queries for any number of lines."""
    codes = [row.code for row in rows]
    led, sponsored = leaders(codes, on=on), sponsors(codes, on=on)
    below = dict(
        GridUnit.objects.filter(on_day(on), parent__in=codes).values_list("parent").annotate(n=Count("id")).order_by()
    )
    people = _people(rows, on)
    return [
        UnitLine(
            row, led.get(row.code, []), sponsored.get(row.code, []), below.get(row.code, 0), people.get(row.code, 0)
        )
        for row in rows
    ]


def _people(rows: Sequence[GridUnit], on: date) -> dict[int, int]:
    """Persons by unit; officials only, an enterprise's principal is counted with the enterprise."""
    held = Post.objects.filter(on_day(on), enterprise_id=None).exclude(kind__endswith="_admin")
    found: dict[int, int] = {}
    for level in {Level(row.level) for row in rows}:
        mine = [row.code for row in rows if row.level == level]
        if level not in _GROUP:
            found |= dict.fromkeys(mine, held.values("person").distinct().count())
            continue
        column, factor = _GROUP[level]
        keys = {code // factor: code for code in mine}
        counts = held.filter(**{f"{column}__in": list(keys)}).values_list(column)
        found |= {keys[key]: n for key, n in counts.annotate(n=Count("person", distinct=True)).order_by()}
    return found


def search_units(actor: Actor, text: str, *, on: date, limit: int = 50) -> list[GridUnit]:
    """Units of the territory by a part of the name, or by a code or its beginning; the upper levels first."""
    mine = visible_units(actor, on=on)
    text = text.strip()
    if text.isascii() and text.isdigit():
        code = parse_code(text)
        low = int(text.ljust(12, "0")[:12])
        high = low + 10 ** (12 - min(len(text), 12))
        found = mine.filter(code__gte=low, code__lt=high) if code or len(text) < 12 else mine.none()
    else:
        found = mine.filter(name__icontains=text)
    order = Case(*(When(level=level.value, then=level.rank) for level in Level), default=9)
    return list(found.annotate(rank=order).order_by("rank", "code")[:limit])


def without_leader(actor: Actor, *, on: date, limit: int) -> list[GridUnit]:
    """Units of the territory that nobody leads on the day, the upper levels first."""
    led = Leadership.objects.filter(on_day(on)).values("unit")
    rows = visible_units(actor, on=on).exclude(code__in=led)
    order = Case(*(When(level=level.value, then=level.rank) for level in Level), default=9)
    return list(rows.annotate(rank=order).order_by("rank", "code")[:limit])


def named_units(actor: Actor, text: str, *, on: date) -> list[GridUnit]:
    """The units of the territory that a text names: a 12-digit code, an exact name, else a part of it (at most six)."""
    text = text.strip()
    if not text:
        return []
    exact = [] if text.isdigit() else list(visible_units(actor, on=on).filter(name=text)[:6])
    return exact or search_units(actor, text, on=on, limit=6 if not (text.isdigit() and len(text) == 12) else 1)


def line_above(code: int, *, on: date) -> list[UnitLine]:
    """The units above, the highest first, with their leaders: 本级网格长 and 业务指导 go up this line."""
    rows = list(units(on=on).filter(code__in=[c for c in ancestors(code) if c]))
    return lines(rows, on=on)


def posts_in(code: int, *, on: date) -> QuerySet[Post]:
    """The posts directly in a unit on a day, without enterprises' principals."""
    held = Post.objects.filter(on_day(on), unit=code, enterprise_id=None)
    return held.select_related("person").order_by("kind", "id")


def sponsor_candidates(code: int, *, on: date) -> QuerySet[Post]:
    """The posts of the unit one level above, who may sponsor this one."""
    above = next(iter(ancestors(code)), 0)
    return posts_in(above, on=on).exclude(kind__endswith="_admin")


def leader_history(code: int) -> dict[str, list[Leadership] | list[Sponsorship]]:
    """Everyone who ever led or sponsored this unit, the latest first."""
    return {
        "leaders": list(Leadership.objects.filter(unit=code).select_related("post__person").order_by("-valid_from")),
        "sponsors": list(Sponsorship.objects.filter(unit=code).select_related("post__person").order_by("-valid_from")),
    }


def leadership(leadership_id: int) -> Leadership | None:
    return Leadership.objects.filter(id=leadership_id).select_related("post__person").first()


def sponsorship(sponsorship_id: int) -> Sponsorship | None:
    return Sponsorship.objects.filter(id=sponsorship_id).select_related("post__person").first()


def totals(actor: Actor, *, on: date) -> dict[str, int]:
    """Units of the territory by level, and how many of them have no 网格长 on the day."""
    mine = visible_units(actor, on=on)
    counts = dict(mine.order_by().values_list("level").annotate(n=Count("id")))
    led = Leadership.objects.filter(on_day(on)).values("unit")
    return {**counts, "without_leader": mine.exclude(code__in=led).count()}


def unit_choices(actor: Actor, *, on: date, chosen: str = "") -> list[tuple[str, str]]:
    """For a list to choose from: the actor's unit, those directly below, and the one chosen if in the territory."""
    mine = visible_units(actor, on=on)
    own = list(mine.filter(code=actor.unit or 0))
    rows = [*own, *children(actor.unit or 0, on=on)] if own else list(mine[:20])
    asked = number(chosen)
    if asked is not None and asked not in {row.code for row in rows}:
        rows += list(mine.filter(code=asked))
    return [(str(row.code), row.name) for row in rows]
