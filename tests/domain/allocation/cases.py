"""Random problems and the same model written a second time, slowly and plainly, as the oracle of the engine."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import product

import numpy as np
from ortools.graph.python import min_cost_flow

from anwang.domain.allocation.city import SIZES, Enterprises, Instance, Posts
from anwang.domain.allocation.rules import GRADES, MANAGING, OFFICIAL_LEVELS, LevelRule, Weights
from anwang.domain.base import Grade, Level

CITY = 371300000000
ALL = frozenset(GRADES)


def rule(code: str, managing: str, grades: Iterable[Grade], level: Level, surcharge: int = 0) -> LevelRule:
    return LevelRule(code, frozenset({managing}), frozenset(grades), level, surcharge, "二.2")


RULES = (
    rule("city-managed", "city", ALL, Level.CITY),
    rule("county-managed", "county", ALL, Level.COUNTY),
    rule("major-city", "local", {Grade.MAJOR}, Level.CITY),
    rule("major-county", "local", {Grade.MAJOR}, Level.COUNTY),
    rule("larger", "local", {Grade.LARGER}, Level.COUNTY),
    rule("general", "local", {Grade.GENERAL}, Level.TOWNSHIP),
    rule("general-county", "local", {Grade.GENERAL}, Level.COUNTY, 200),
    rule("low", "local", {Grade.LOW}, Level.VILLAGE),
    rule("low-township", "local", {Grade.LOW}, Level.TOWNSHIP, 500),
)

RISK = {Grade.MAJOR: 300, Grade.LARGER: 200, Grade.GENERAL: 100, Grade.LOW: 50}


def weights(uncovered: int = 2000, stability: int = 50, rotation: int = 0, **convexity: int) -> Weights:
    per_level = {Level.CITY: 300, Level.COUNTY: 60, Level.TOWNSHIP: 60, Level.VILLAGE: 40}
    per_level.update({Level(name): value for name, value in convexity.items()})
    return Weights(
        uncovered=uncovered,
        convexity=per_level,
        expertise_miss=150,
        distance_per_km=10,
        stability=stability,
        rotation=rotation,
        risk_weight=RISK,
    )


WEIGHTS = weights()


def units(counties: int = 2, towns: int = 2, villages: int = 3) -> tuple[list[int], ...]:
    """Codes by level of a small city."""
    county = [CITY + (at + 1) * SIZES[1] for at in range(counties)]
    town = [code + (at + 1) * SIZES[2] for code in county for at in range(towns)]
    village = [code + at + 1 for code in town for at in range(villages)]
    return [CITY], county, town, village


def random_instance(seed: int, enterprises: int = 30, officials: int = 20) -> Instance:
    """Everything that occurs: places known only to township or county or not at all, several posts, posts out of
    scope, unknown coordinates and industries, incumbents good and bad."""
    r = np.random.default_rng(seed)
    codes = units()
    known = r.choice([3, 2, 1, 0], enterprises, p=[0.82, 0.1, 0.05, 0.03])
    place = np.array([r.choice(codes[level]) for level in known], np.int64)
    place[r.random(enterprises) < 0.03] = 0
    xy = r.uniform(0, 60, (enterprises, 2))
    xy[r.random(enterprises) < 0.2] = np.nan
    holder = (
        np.concatenate([np.arange(officials), r.integers(0, max(1, officials), officials // 4)]) if officials else []
    )
    holder = np.asarray(holder, np.int64)
    level = r.choice(4, len(holder), p=[0.1, 0.2, 0.3, 0.4])
    post_xy = r.uniform(0, 60, (len(holder), 2))
    post_xy[r.random(len(holder)) < 0.2] = np.nan
    return Instance.of(
        Enterprises.of(
            place,
            r.integers(0, 4, enterprises),
            r.choice(3, enterprises, p=[0.1, 0.1, 0.8]),
            industry=r.integers(-1, 5, enterprises),
            xy=xy,
            incumbent=r.integers(-1, officials, enterprises) if officials else np.full(enterprises, -1),
            rotate=r.random(enterprises) < 0.2,
        ),
        Posts.of(
            holder,
            level,
            np.array([r.choice(codes[at]) for at in level], np.int64),
            expertise=r.integers(0, 32, len(holder)),
            xy=post_xy,
            in_scope=r.random(len(holder)) < 0.9,
        ),
        officials,
        r.integers(-1, enterprises, officials) if enterprises else None,
    )


def covers(instance: Instance, post: int, enterprise: int) -> bool:
    unit, level = int(instance.posts.unit[post]), int(instance.posts.level[post])
    return unit <= int(instance.enterprises.place[enterprise]) < unit + SIZES[level]


def scope(instance: Instance) -> set[int]:
    return {int(o) for o, inside in zip(instance.posts.official, instance.posts.in_scope, strict=True) if inside}


def pair_costs(
    instance: Instance,
    wanted: Weights,
    *,
    rules: Iterable[LevelRule] = RULES,
    pins: Iterable[tuple[int, int]] = (),
    forbids: Iterable[tuple[int, int]] = (),
    keep: bool = False,
) -> list[dict[int, int]]:
    """For every enterprise its candidates and what each costs, straight from the words of the rules."""
    pinned, banned = dict(pins), set(forbids)
    rows = []
    for e in range(instance.enterprises.count):
        row: dict[int, int] = {}
        past: dict[int, int] = {}
        for post in np.flatnonzero(instance.posts.in_scope):
            official = int(instance.posts.official[post])
            if not covers(instance, int(post), e) or (e, official) in banned or pinned.get(e, official) != official:
                continue
            extra = _surcharge(instance, rules, int(post), e)
            cost = (extra or 0) + _cost(instance, wanted, int(post), e)
            which = past if extra is None else row
            which[official] = min(cost, which.get(official, cost))
        if e in pinned and not row:
            row = past
        incumbent = int(instance.enterprises.incumbent[e])
        rows.append({incumbent: row[incumbent]} if keep and incumbent in row else row)
    return rows


def _surcharge(instance: Instance, rules: Iterable[LevelRule], post: int, e: int) -> int | None:
    fitting = [
        rule.surcharge
        for rule in rules
        if MANAGING[int(instance.enterprises.managing[e])] in rule.managing
        and GRADES[int(instance.enterprises.grade[e])] in rule.grades
        and rule.level is OFFICIAL_LEVELS[int(instance.posts.level[post])]
    ]
    return min(fitting, default=None)


def _cost(instance: Instance, wanted: Weights, post: int, e: int) -> int:
    ent, posts = instance.enterprises, instance.posts
    cost = 0
    if not math.isnan(ent.xy[e, 0]):
        km = wanted.unknown_distance_km
        if not math.isnan(posts.xy[post, 0]):
            km = math.hypot(ent.xy[e, 0] - posts.xy[post, 0], ent.xy[e, 1] - posts.xy[post, 1])
        cost += math.floor(km * wanted.distance_per_km + 0.5)
    if ent.industry[e] >= 0 and not (int(posts.expertise[post]) >> int(ent.industry[e])) & 1:
        cost += wanted.expertise_miss
    if ent.incumbent[e] >= 0:
        same = ent.incumbent[e] == posts.official[post]
        cost += (wanted.rotation if ent.rotate[e] else 0) if same else wanted.stability
    return cost


def convexities(instance: Instance, wanted: Weights) -> dict[int, int]:
    top = dict.fromkeys(scope(instance), 4)
    for post in np.flatnonzero(instance.posts.in_scope):
        official = int(instance.posts.official[post])
        top[official] = min(top[official], int(instance.posts.level[post]))
    return {o: wanted.convexity[OFFICIAL_LEVELS[level]] for o, level in top.items()}


def cost_of(leads: Iterable[int], rows: list[dict[int, int]], convexity: dict[int, int], uncovered: int) -> int:
    """Cost of a whole plan; -1 leads count nothing."""
    loads = dict.fromkeys(convexity, 0)
    total = 0
    for e, lead in enumerate(leads):
        if lead >= 0:
            total += rows[e][lead]
            loads[lead] += 1
    return total + sum(uncovered if n == 0 else convexity[o] * n * (n - 1) // 2 for o, n in loads.items())


def flow_optimum(rows: list[dict[int, int]], convexity: dict[int, int], uncovered: int) -> int:
    """The least cost by OR-Tools' minimum cost flow, every further enterprise of an official a dearer arc."""
    flow = min_cost_flow.SimpleMinCostFlow()
    officials = {o: len(rows) + 1 + at for at, o in enumerate(convexity)}
    sink = len(rows) + len(officials) + 1
    placed = [e for e, row in enumerate(rows) if row]
    for e in placed:
        flow.add_arc_with_capacity_and_unit_cost(0, e + 1, 1, 0)
        for official, cost in rows[e].items():
            flow.add_arc_with_capacity_and_unit_cost(e + 1, officials[official], 1, cost)
    for official, node in officials.items():
        for k in range(len(placed)):
            marginal = -uncovered if k == 0 else convexity[official] * k
            flow.add_arc_with_capacity_and_unit_cost(node, sink, 1, marginal)
    flow.set_node_supply(0, len(placed))
    flow.set_node_supply(sink, -len(placed))
    assert flow.solve() == flow.OPTIMAL
    return int(flow.optimal_cost()) + uncovered * len(officials)


def largest_matching(rows: list[dict[int, int]]) -> int:
    """How many officials can have an enterprise of their own at most."""
    holder: dict[int, int] = {}

    def seat(e: int, seen: set[int]) -> bool:
        for official in rows[e]:
            if official in seen:
                continue
            seen.add(official)
            if official not in holder or seat(holder[official], seen):
                holder[official] = e
                return True
        return False

    return sum(seat(e, set()) for e in range(len(rows)))


def every_plan(rows: list[dict[int, int]]) -> Iterable[tuple[int, ...]]:
    return product(*(list(row) or [-1] for row in rows))
