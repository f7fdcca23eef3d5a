"""A synthetic prefecture city of the published figures: 16 counties, 156 townships, 4,000 villages, 30,000 enterprises
and some 15,000 officials. Names and places are invented; the same seed always makes the same city."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from anwang.domain.allocation.city import Enterprises, Instance, Posts
from anwang.domain.allocation.rules import GRADES, LevelRule, Weights
from anwang.domain.base import Grade, Level

Array = np.ndarray[Any, Any]

# The thirteen industries by frequency, and for each the share of major, larger, general, low.
SHARES = np.array([4, 5, 1.5, 0.5, 2.5, 1.5, 1.5, 12, 18, 20, 8, 0.5, 25.0])
GRADE_SHARES = np.array(
    [
        [0.10, 0.28, 0.42, 0.20],
        [0.15, 0.35, 0.40, 0.10],
        [0.05, 0.2, 0.5, 0.25],
        [0.3, 0.4, 0.25, 0.05],
        [0.12, 0.30, 0.45, 0.13],
        [0.08, 0.25, 0.5, 0.17],
        [0.06, 0.22, 0.5, 0.22],
        [0.01, 0.06, 0.45, 0.48],
        [0.007, 0.055, 0.43, 0.508],
        [0.004, 0.04, 0.38, 0.576],
        [0.005, 0.05, 0.40, 0.545],
        [0.02, 0.1, 0.5, 0.38],
        [0.002, 0.02, 0.30, 0.678],
    ]
)
COUNTIES, TOWNS, VILLAGES, CITY_STAFF = 16, 156, 4000, 110
COUNTY_STAFF, TOWN_STAFF, VILLAGE_STAFF = 60, 20, 2.7


class Land(NamedTuple):
    """Codes and centres (km) of counties, townships and villages, parents, and the villages' weights."""

    city: int
    county: Array
    town: Array
    village: Array
    county_xy: Array
    town_xy: Array
    village_xy: Array
    weight: Array


def city(seed: int, enterprises: int = 30_000, code: int = 3713) -> Instance:
    """One city as an allocation problem."""
    r = np.random.default_rng(seed)
    land = _land(r, code)
    firms = _enterprises(r, land, enterprises)
    posts = _posts(r, land)
    return Instance.of(firms, posts, posts.count)


def province(cities: int = 16, enterprises: int = 30_000) -> Instance:
    """Several cities in one problem."""
    parts = [city(seed, enterprises, 3700 + seed) for seed in range(2, 2 + cities)]
    firms, posts = Enterprises(*_joined(p.enterprises for p in parts)), Posts(*_joined(p.posts for p in parts))
    holders = np.arange(posts.count, dtype=np.int64)
    whole = Posts(holders, posts.level, posts.unit, posts.expertise, posts.xy, posts.in_scope)
    return Instance.of(firms, whole, posts.count)


def _joined(parts: Iterable[Any]) -> list[Array]:
    some = list(parts)
    return [np.concatenate([getattr(part, name) for part in some]) for name in some[0].__dataclass_fields__]


def _land(r: np.random.Generator, code: int) -> Land:
    county_weight = r.lognormal(0, 0.35, COUNTIES)
    county_weight /= county_weight.sum()
    county_xy = r.uniform(0, 140, (COUNTIES, 2))
    in_county = np.concatenate([np.arange(COUNTIES), r.choice(COUNTIES, TOWNS - COUNTIES, p=county_weight)])
    in_county.sort()
    town_xy = county_xy[in_county] + r.normal(0, 12, (TOWNS, 2))
    town_weight = county_weight[in_county] * r.lognormal(0, 0.5, TOWNS)
    town_weight /= town_weight.sum()
    in_town = np.concatenate([np.arange(TOWNS), r.choice(TOWNS, VILLAGES - TOWNS, p=town_weight)])
    in_town.sort()
    village_xy = town_xy[in_town] + r.normal(0, 3, (VILLAGES, 2))
    weight = town_weight[in_town] * r.lognormal(0, 1.0, VILLAGES)
    county = (code * 100 + 1 + np.arange(COUNTIES)) * 10**6
    town = county[in_county] + (100 + np.arange(TOWNS) - np.searchsorted(in_county, in_county)) * 1000
    village = town[in_town] + 200 + np.arange(VILLAGES) - np.searchsorted(in_town, in_town)
    return Land(code * 10**8, county, town, village, county_xy, town_xy, village_xy, weight / weight.sum())


def _enterprises(r: np.random.Generator, land: Land, n: int) -> Enterprises:
    at = r.choice(VILLAGES, n, p=land.weight)
    xy = land.village_xy[at] + r.normal(0, 0.8, (n, 2))
    industry = r.choice(len(SHARES), n, p=SHARES / SHARES.sum())
    drawn = r.random(n)
    grade = (drawn[:, None] > np.cumsum(GRADE_SHARES[industry], 1)[:, :3]).sum(1)
    drawn = r.random(n)
    managing = np.full(n, 2)
    managing[(drawn < 0.01) | ((grade == 0) & (drawn < 0.08))] = 0
    managing[(managing == 2) & (drawn < 0.05)] = 1
    return Enterprises.of(land.village[at], grade, managing, industry=industry, xy=xy)


def _posts(r: np.random.Generator, land: Land) -> Posts:
    numbers = [np.maximum(1, r.poisson(mean, n)) for n, mean in _STAFF]
    sizes = [CITY_STAFF, *(int(number.sum()) for number in numbers)]
    at = [np.repeat(np.arange(len(number)), number) for number in numbers]
    xy = np.concatenate(
        [
            np.tile(land.county_xy.mean(0), (CITY_STAFF, 1)) + r.normal(0, 1, (CITY_STAFF, 2)),
            land.county_xy[at[0]] + r.normal(0, 8, (sizes[1], 2)),
            land.town_xy[at[1]] + r.normal(0, 2.5, (sizes[2], 2)),
            land.village_xy[at[2]] + r.normal(0, 0.2, (sizes[3], 2)),
        ]
    )
    level = np.repeat(np.arange(4), sizes)
    share = SHARES / SHARES.sum()
    first, second = (r.choice(len(SHARES), len(level), p=share) for _ in range(2))
    expertise = (1 << first) | (1 << second)
    expertise[level == 3] = (1 << len(SHARES)) - 1
    unit = np.concatenate([np.full(CITY_STAFF, land.city), land.county[at[0]], land.town[at[1]], land.village[at[2]]])
    return Posts.of(np.arange(len(level)), level, unit, expertise=expertise, xy=xy)


_STAFF = ((COUNTIES, COUNTY_STAFF), (TOWNS, TOWN_STAFF), (VILLAGES, VILLAGE_STAFF))


def _rule(managing: str, grade: Grade | None, level: Level, surcharge: int = 0) -> LevelRule:
    grades = frozenset(GRADES) if grade is None else frozenset({grade})
    return LevelRule(f"{managing}-{grade or 'all'}-{level}", frozenset({managing}), grades, level, surcharge, "二.2")


RULES = (
    _rule("city", None, Level.CITY),
    _rule("county", None, Level.COUNTY),
    _rule("local", Grade.MAJOR, Level.CITY),
    _rule("local", Grade.MAJOR, Level.COUNTY),
    _rule("local", Grade.LARGER, Level.COUNTY),
    _rule("local", Grade.GENERAL, Level.TOWNSHIP),
    _rule("local", Grade.GENERAL, Level.COUNTY, 200),
    _rule("local", Grade.LOW, Level.VILLAGE),
    _rule("local", Grade.LOW, Level.TOWNSHIP, 500),
)
WEIGHTS = Weights(
    uncovered=2000,
    convexity={Level.CITY: 300, Level.COUNTY: 60, Level.TOWNSHIP: 60, Level.VILLAGE: 40},
    expertise_miss=150,
    distance_per_km=10,
    stability=50,
    risk_weight={Grade.MAJOR: 300, Grade.LARGER: 200, Grade.GENERAL: 100, Grade.LOW: 50},
)
