"""The allocation problem of a unit on a day, read from the roster, the posts and the standing assignments (二.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from math import cos, nan, pi, radians
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Q

from anwang.domain.allocation.city import Enterprises, Instance, Posts
from anwang.domain.allocation.reasons import covers
from anwang.domain.allocation.rules import GRADES, MANAGING, OFFICIAL_LEVELS
from anwang.domain.base import gettext_noop
from anwang.domain.grid.codes import digits_of, unit_range
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Assignment, PairRule, Part

#: Posts whose holders the notice makes supervisors (二.2).
KINDS = (
    *("bureau", "county_bureau", "township_leader", "township_safety"),
    *("village_principal", "village_deputy"),
)
_DIGITS = {"city": 4, "county": 6, "township": 9, "village": 12}
_LEVELS = {level.value: at for at, level in enumerate(OFFICIAL_LEVELS)}
FAULTS = {
    "post_unit": gettext_noop("任职单位与层级不符，未参加分配"),
    "pin_outside": gettext_noop("指定的包保人管辖范围不含该企业，指定未采用"),
    "pin_forbidden": gettext_noop("指定的包保人同时须回避，指定未采用"),
}


class Post(NamedTuple):
    """A post in scope."""

    id: int
    person: int
    level: str
    unit: int
    expertise: tuple[str, ...]


class Held(NamedTuple):
    """A standing assignment."""

    id: int
    enterprise: int
    person: int
    post: int


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What a plan of `unit` from `on` may decide. Enterprise, person and post numbers of `instance` are positions in
    `firms`, `people`, `posts`. `leads` and `joints` are the standing assignments that the plan may replace; `above`
    are enterprises led from a unit further up, which it leaves alone. `seen` is what it was read from, in digests."""

    unit: int
    on: date
    instance: Instance
    firms: list[enterprises.AllocationRow]
    people: list[int]
    posts: list[Post]
    leads: dict[int, Held]
    joints: dict[tuple[int, int], Held]
    above: list[int]
    pins: list[tuple[int, int]]
    forbids: list[tuple[int, int]]
    faults: list[dict[str, Any]] = field(default_factory=list)
    seen: dict[str, list[Any]] = field(default_factory=dict)


def posts_in_scope(unit: int, on: date) -> Any:
    """The posts of a unit and below that make their holders supervisors (全员包保)."""
    low, high = unit_range(unit)
    return grid.posts(on=on).filter(kind__in=KINDS, is_supervisor=True, unit__gte=low, unit__lt=high)


def read_scope(unit: int, on: date) -> Scope:
    """Everything that a plan of the unit rests on; about a second for a city of 30,000 enterprises."""
    rows = enterprises.allocation_rows(unit, on)
    posts, faults = _posts(unit, on)
    mine = {post.id for post in posts}
    leads, joints = _standing(on, {row.id for row in rows}, {post.person for post in posts})
    above = sorted(_from_above(leads, mine, on))
    for firm in above:
        del leads[firm]
    outside = set(above)
    firms = [row for row in rows if row.id not in outside]
    people = sorted({post.person for post in posts} | {held.person for held in leads.values()})
    instance = _instance(firms, posts, people, leads, joints, on)
    pins, forbids, odd = _wishes(instance, firms, people, on)
    seen = _seen(rows, posts, leads, joints, on)
    return Scope(unit, on, instance, firms, people, posts, leads, joints, above, pins, forbids, faults + odd, seen)


def _posts(unit: int, on: date) -> tuple[list[Post], list[dict[str, Any]]]:
    """Posts with a level that fits their unit; the others are named, never silently left out."""
    found, faults = [], []
    rows = posts_in_scope(unit, on).order_by("id").values_list("id", "person_id", "level", "unit", "expertise")
    for key, person, level, code, expertise in rows.iterator(chunk_size=5000):
        if _DIGITS.get(level) == digits_of(code):
            found.append(Post(key, person, level, code, tuple(sorted(expertise or ()))))
        else:
            faults.append({"kind": "person", "id": person, "reason": "post_unit"})
    return found, faults


def _standing(on: date, firms: set[int], people: set[int]) -> tuple[dict[int, Held], dict[tuple[int, int], Held]]:
    """Leads by enterprise, and joint assignments of the people by (enterprise, person), that still run on the day."""
    running = Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    rows = running.exclude(part=Part.DEPUTY).order_by("id")
    leads: dict[int, Held] = {}
    joints: dict[tuple[int, int], Held] = {}
    fields = rows.values_list("id", "enterprise_id", "person_id", "post_id", "part")
    for key, firm, person, post, part in fields.iterator(chunk_size=10000):
        if firm not in firms:
            continue
        if part == Part.LEAD:
            leads[firm] = Held(key, firm, person, post)
        elif person in people:
            joints[firm, person] = Held(key, firm, person, post)
    return leads, joints


def _from_above(leads: Mapping[int, Held], mine: set[int], on: date) -> set[int]:
    """Enterprises whose lead serves in a unit outside the plan and still holds that post."""
    others = {held.post for held in leads.values() if held.post not in mine}
    if not others:
        return set()
    valid = set(grid.posts(on=on).filter(kind__in=KINDS, is_supervisor=True).values_list("id", flat=True)) - mine
    return {firm for firm, held in leads.items() if held.post in valid}


def _instance(
    firms: Sequence[enterprises.AllocationRow],
    posts: Sequence[Post],
    people: Sequence[int],
    leads: Mapping[int, Held],
    joints: Iterable[tuple[int, int]],
    on: date,
) -> Instance:
    number = {person: at for at, person in enumerate(people)}
    place_of = {row.id: at for at, row in enumerate(firms)}
    industries = {each.code: at for at, each in enumerate(policies.current().industries)}
    xy = _plane(firms)
    joint = np.full(len(people), -1, np.int64)
    for firm, person in joints:
        if firm in place_of:
            joint[number[person]] = place_of[firm]
    grades, managing = {g.value: at for at, g in enumerate(GRADES)}, {m: at for at, m in enumerate(MANAGING)}
    table = Enterprises.of(
        _ints(row.place for row in firms),
        _ints(grades[row.grade] for row in firms),
        _ints(managing[row.managing] for row in firms),
        industry=_ints(industries.get(row.industry, -1) for row in firms),
        xy=xy,
        incumbent=_ints(number[leads[row.id].person] if row.id in leads else -1 for row in firms),
    )
    held = Posts.of(
        _ints(number[post.person] for post in posts),
        _ints(_LEVELS[post.level] for post in posts),
        _ints(post.unit for post in posts),
        expertise=_ints(_known(p.expertise, industries) for p in posts),
        xy=_where(posts, table.place, xy, on),
    )
    return Instance.of(table, held, len(people), joint)


def _ints(values: Iterable[int]) -> Any:
    return np.fromiter(values, np.int64)


def _plane(firms: Sequence[enterprises.AllocationRow]) -> Any:
    """Kilometres on a plane that touches the earth in the middle of the enterprises."""
    pairs = [(r.longitude, r.latitude) if r.longitude and r.latitude else (nan, nan) for r in firms]
    degrees = np.array(pairs, np.float64).reshape(-1, 2)
    known = degrees[~np.isnan(degrees[:, 0])]
    middle = float(known[:, 1].mean()) if len(known) else 0.0
    per_degree = 6371.0 * pi / 180
    return degrees * np.array([per_degree * cos(radians(middle)), per_degree])


def _where(posts: Sequence[Post], places: Any, xy: Any, on: date) -> Any:
    """Where an official's work lies: amid the enterprises of the units they sponsor (市包县区、县区包乡镇、乡镇包村居),
    of their own township or village otherwise; unknown for the staff of a whole county or city."""
    order = np.argsort(places, kind="stable")
    sorted_places, known = places[order], ~np.isnan(xy[order, 0])
    sums = np.vstack([np.zeros(2), np.cumsum(np.nan_to_num(xy[order]), axis=0)])
    counts = np.concatenate([[0], np.cumsum(known)])
    sponsored = grid.sponsored(on=on)

    def middle(units: Sequence[int]) -> tuple[float, float]:
        ends = [np.searchsorted(sorted_places, unit_range(unit)) for unit in units]
        n = sum(counts[high] - counts[low] for low, high in ends)
        total = sum((sums[high] - sums[low] for low, high in ends), np.zeros(2))
        return (float(total[0] / n), float(total[1] / n)) if n else (nan, nan)

    known_middles: dict[tuple[int, ...], tuple[float, float]] = {}
    found = []
    for post in posts:
        own = (post.unit,) if post.level in ("township", "village") else ()
        units = tuple(sponsored.get(post.id, ())) or own
        if units not in known_middles:
            known_middles[units] = middle(units)
        found.append(known_middles[units])
    return np.array(found, np.float64).reshape(-1, 2)


def _wishes(
    instance: Instance, firms: Sequence[enterprises.AllocationRow], people: Sequence[int], on: date
) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[dict[str, Any]]]:
    """Pins and conflicts of interest as numbers; an official is never put to an enterprise whose principal they are."""
    place_of, number = {row.id: at for at, row in enumerate(firms)}, {person: at for at, person in enumerate(people)}
    rules = [r for r in PairRule.objects.filter(ended_at=None).order_by("id") if r.enterprise_id in place_of]
    own = grid.posts(on=on).filter(kind="principal", enterprise_id__isnull=False).values_list("enterprise_id", "person")
    banned = {(r.enterprise_id, r.person_id) for r in rules if r.kind == "forbid"} | set(own)
    forbids = [(place_of[f], number[p]) for f, p in sorted(banned) if f in place_of and p in number]
    pins, faults, kept = [], [], set(forbids)
    for rule in (rule for rule in rules if rule.kind == "pin"):
        pair = place_of[rule.enterprise_id], number.get(rule.person_id, -1)
        if pair in kept:
            faults.append({"kind": "enterprise", "id": rule.enterprise_id, "reason": "pin_forbidden"})
        elif pair[1] < 0 or not covers(instance, pair[1], pair[0]):
            faults.append({"kind": "enterprise", "id": rule.enterprise_id, "reason": "pin_outside"})
        else:
            pins.append(pair)
    return pins, forbids, faults


def _seen(
    rows: Sequence[enterprises.AllocationRow],
    posts: Sequence[Post],
    leads: Mapping[int, Held],
    joints: Mapping[tuple[int, int], Held],
    on: date,
) -> dict[str, list[Any]]:
    """How many of each and a digest, so that a later look tells what has changed."""
    pairs = PairRule.objects.filter(ended_at=None).order_by("id").values_list("enterprise_id", "person_id", "kind")
    parts: dict[str, list[Any]] = {
        "enterprises": [row[:5] for row in rows],
        "posts": list(posts),
        "leads": [*sorted(leads.values()), *sorted(joints.values())],
        "rules": list(pairs),
        "policy": [policies.current().version],
    }
    return {name: [len(found), sha256(repr(found).encode()).hexdigest()[:16]] for name, found in parts.items()}


def _known(expertise: tuple[str, ...], industries: dict[str, int]) -> int:
    """Industries known well as bits. Who names none is held against none: a village's cadres know their village."""
    named = set(expertise) & industries.keys()
    return sum(1 << industries[code] for code in named or industries)
