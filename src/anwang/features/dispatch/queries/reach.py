"""Whom a task reaches: the leaders of units, posts by name, or the lead supervisors of enterprises that a filter finds.

Everything is looked for inside the territory of whoever arranges it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor, Grade, Level, Reason, gettext_noop
from anwang.domain.grid.codes import level_of, unit_range
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from ..models import Receipt

UNITS, POSTS, FIRMS = "units", "posts", "firms"
KINDS = {
    UNITS: gettext_noop("下级网格"),
    POSTS: gettext_noop("指定人员"),
    FIRMS: gettext_noop("按企业筛选"),
}
#: So many units or posts may be named one by one.
MOST_NAMED = 500
_AT_ONCE = 800


class Addressee(NamedTuple):
    """One who gets the task: `firms` are the enterprises that it concerns."""

    post: int
    person: int
    name: str
    unit: int
    level: str
    as_unit: bool
    firms: tuple[int, ...] = ()


@dataclass(slots=True)
class Reach:
    """Who gets it, and what it does not reach, each with the reason."""

    to: list[Addressee] = field(default_factory=list)
    missed: list[Reason] = field(default_factory=list)

    @property
    def firms(self) -> int:
        return sum(len(each.firms) for each in self.to)


def reach(targets: Mapping[str, Any], *, by: Actor, on: date) -> Reach:
    """Whom the stored choice of targets reaches on a day. Codes and keys outside the territory are passed over."""
    match targets.get("kind"):
        case "units":
            found = _units(targets, by, on)
        case "posts":
            found = _posts(targets.get("posts", ()), by, on)
        case "firms":
            found = _firms(targets, by, on)
        case _:
            found = Reach()
    return Reach(_merged(found.to), found.missed)


def _merged(rows: Iterable[Addressee]) -> list[Addressee]:
    """One for each person and unit, in the order of units."""
    found: dict[tuple[int, int], Addressee] = {}
    for row in rows:
        known = found.get((row.person, row.unit))
        if known is not None:
            row = row._replace(firms=tuple(sorted({*known.firms, *row.firms})), as_unit=known.as_unit or row.as_unit)
        found[row.person, row.unit] = row
    return sorted(found.values(), key=lambda each: (each.unit, each.person))


def below(by: Actor, unit: int, *, on: date) -> list[tuple[int, str]]:
    """(code, name) of the units directly below one of the territory: to whom a unit hands down."""
    rows = grid.children(unit, on=on).filter(code__in=grid.visible_units(by, on=on).values("code"))
    return list(rows.values_list("code", "name"))


def _units(targets: Mapping[str, Any], by: Actor, on: date) -> Reach:
    """The first leader of each unit; where nobody leads, its office. `below`: all units directly below that one."""
    codes = list(targets.get("units", ()))
    if targets.get("below"):
        codes += grid.children(targets["below"], on=on).values_list("code", flat=True)
    wanted = [code for code in dict.fromkeys(codes) if by.territory.covers(code) and code != by.unit][:MOST_NAMED]
    led = grid.leaders(wanted, on=on)
    offices = _offices([code for code in wanted if code not in led], on)
    found, named = Reach(), grid.names(wanted)
    for code in wanted:
        post = led[code][0].post if code in led else offices.get(code)
        if post is None:
            text = gettext_noop("%(unit)s没有网格长，也没有办公室人员")
            found.missed.append(Reason("unit_without_leader", text, {"unit": named.get(code, str(code))}))
        else:
            found.to.append(Addressee(post.id, post.person_id, post.person.name, code, _level(code), True))
    return found


def _offices(codes: list[int], on: date) -> dict[int, Any]:
    rows = grid.posts(on=on).filter(unit__in=codes, is_office=True).order_by("-id")
    return {post.unit: post for post in rows}


def _level(code: int) -> str:
    return (level_of(code) or Level.VILLAGE).value


def _posts(ids: Iterable[int], by: Actor, on: date) -> Reach:
    rows = posts_in_reach(by, on=on).filter(id__in=list(ids)[:MOST_NAMED])
    return Reach([Addressee(post.id, post.person_id, post.person.name, post.unit, post.level, False) for post in rows])


def posts_in_reach(by: Actor, *, on: date) -> QuerySet[Any]:
    """Posts of officials inside the territory: no principals of enterprises, no administrators."""
    rows = grid.posts_for(by, on=on).filter(enterprise_id=None).exclude(kind__endswith="_admin")
    return rows.order_by("unit", "id")


def search_posts(by: Actor, word: str, chosen: list[int], *, on: date, limit: int) -> tuple[list[Any], list[Any]]:
    """(those chosen already, others whose name or title holds a word: the first `limit`) inside the territory."""
    mine = posts_in_reach(by, on=on)
    others = mine.exclude(id__in=chosen)
    others = others.filter(Q(person__name__icontains=word) | Q(title__icontains=word)) if word else others
    return list(mine.filter(id__in=chosen)), list(others[:limit])


def colleagues(receipt: Receipt, *, by: Actor, on: date) -> list[tuple[Any, str]]:
    """(post, name of its unit) of those to whom a returned receipt can go: of its unit first, then of the sender's."""
    rows = posts_in_reach(by, on=on).exclude(person_id=receipt.person_id)
    near = list(rows.filter(unit=receipt.unit)[:50])
    low, high = unit_range(receipt.from_unit)
    near += list(rows.filter(unit__gte=low, unit__lt=high).exclude(unit=receipt.unit)[:150])
    names = grid.names({post.unit for post in near})
    return [(post, names.get(post.unit, "")) for post in near]


def firms_in(targets: Mapping[str, Any], *, by: Actor) -> QuerySet[Any]:
    """Operating enterprises that the filter finds inside the territory."""
    rows = grid.within(enterprises.operating(), by)
    if area := targets.get("area"):
        low, high = unit_range(area)
        rows = rows.filter(place__gte=low, place__lt=high)
    if grades := [grade for grade in targets.get("grades", ()) if grade in set(Grade)]:
        rows = rows.filter(grade__in=grades)
    if industries := targets.get("industries"):
        rows = rows.filter(industry__in=industries)
    return rows


def _firms(targets: Mapping[str, Any], by: Actor, on: date) -> Reach:
    """The lead supervisor of each enterprise, each with the own list."""
    wanted = firms_in(targets, by=by)
    rows = assignments.leads_on(on).filter(enterprise_id__in=wanted.values("id"))
    columns = ("enterprise_id", "person_id", "post_id", "person__name", "post__unit", "post__level")
    firms: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    count = 0
    for firm, *who in rows.order_by("enterprise_id").values_list(*columns).iterator(chunk_size=10000):
        firms[tuple(who)].append(firm)
        count += 1
    found = Reach([Addressee(post, person, name, unit, level, False, tuple(own))
                   for (person, post, name, unit, level), own in firms.items()])  # fmt: skip
    if lost := wanted.count() - count:
        text = gettext_noop("%(n)s 家企业没有主包保人，任务送不到")
        found.missed.append(Reason("firms_without_lead", text, {"n": lost}))
    return found
