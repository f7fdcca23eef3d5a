"""Who may lead whom, in the shape the compiled code reads: offices by level and unit, rules by managing and grade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anwang.domain.allocation.city import SIZES, Bools, Floats, Instance, Ints
from anwang.domain.allocation.rules import GRADES, MANAGING, OFFICIAL_LEVELS, LevelRule, Weights

LEVELS = len(OFFICIAL_LEVELS)


class Offices(NamedTuple):
    """Posts in scope sorted by level and unit. Office o holds the entries first[o] … first[o+1]-1 of the other arrays.

    `many` marks the entries whose official holds more than one post in scope. `reach[i]`: 0 when all posts of official
    i lie in one county, 1 in one city, 2 beyond; it decides in which stage an enterprise is placed.
    """

    first: Ints
    official: Ints
    post: Ints
    expertise: Ints
    xy: Floats
    many: Bools
    reach: npt.NDArray[np.int8]


class RuleTable(NamedTuple):
    """For managing kind m and grade g, the first fits[m*4+g] entries of level, surcharge and rule apply."""

    fits: Ints
    level: Ints
    surcharge: Ints
    rule: Ints


class Prices(NamedTuple):
    """The weights that make the cost of a pair, in cost units (distance per kilometre)."""

    miss: int
    per_km: int
    unknown: int
    stability: int
    rotation: int


class Field(NamedTuple):
    """Everything that the arc builder reads. office[e, level] is the office that covers enterprise e, or -1."""

    place: Ints
    industry: Ints
    kind: Ints
    xy: Floats
    incumbent: Ints
    rotate: Bools
    office: Ints
    offices: Offices
    rules: RuleTable
    prices: Prices


def field_of(instance: Instance, rules: Sequence[LevelRule], weights: Weights) -> Field:
    """Compile an instance that `validate` finds sound."""
    e = instance.enterprises
    offices, keys = _offices(instance)
    return Field(
        e.place,
        e.industry,
        e.managing * len(GRADES) + e.grade,
        e.xy,
        e.incumbent,
        e.rotate,
        _covering(e.place, keys),
        offices,
        _rule_table(rules),
        Prices(
            weights.expertise_miss,
            weights.distance_per_km,
            weights.unknown_distance_km * weights.distance_per_km,
            weights.stability,
            weights.rotation,
        ),
    )


def _offices(instance: Instance) -> tuple[Offices, list[tuple[Ints, int]]]:
    """Offices, and for each level its sorted unit codes with the number of its first office."""
    p = instance.posts
    rows = np.flatnonzero(p.in_scope)
    rows = rows[np.lexsort((p.official[rows], p.unit[rows], p.level[rows]))]
    level, unit = p.level[rows], p.unit[rows]
    new = np.ones(len(rows), np.bool_)
    new[1:] = (level[1:] != level[:-1]) | (unit[1:] != unit[:-1])
    heads = np.flatnonzero(new)
    first = np.append(heads, len(rows)).astype(np.int64)
    many = np.bincount(p.official[rows], minlength=instance.officials)[p.official[rows]] > 1
    offices = Offices(
        first, p.official[rows], rows.astype(np.int64), p.expertise[rows], p.xy[rows], many, _reach(instance, rows)
    )
    starts = np.searchsorted(level[heads], np.arange(LEVELS + 1))
    return offices, [(unit[heads][starts[at] : starts[at + 1]], int(starts[at])) for at in range(LEVELS)]


def _reach(instance: Instance, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    p = instance.posts
    reach = np.zeros(instance.officials, np.int8)
    county_wide = rows[p.level[rows] > 0]
    for size, value, some in ((SIZES[1], 1, county_wide), (SIZES[0], 2, rows)):
        low, high = np.full(instance.officials, 10**12, np.int64), np.full(instance.officials, -1, np.int64)
        np.minimum.at(low, p.official[some], p.unit[some] // size)
        np.maximum.at(high, p.official[some], p.unit[some] // size)
        reach[(high >= 0) & (low != high)] = value
        if value == 1:
            reach[p.official[rows[p.level[rows] == 0]]] = 1
    return reach


def _covering(place: Ints, keys: list[tuple[Ints, int]]) -> Ints:
    office = np.full((len(place), LEVELS), -1, np.int64)
    for level, (units, first) in enumerate(keys):
        if not len(units):
            continue
        wanted = place - place % SIZES[level]
        at = np.minimum(np.searchsorted(units, wanted), len(units) - 1)
        office[:, level] = np.where(units[at] == wanted, at + first, -1)
    return office


def _rule_table(rules: Sequence[LevelRule]) -> RuleTable:
    kinds = len(MANAGING) * len(GRADES)
    table = RuleTable(
        np.zeros(kinds, np.int64), *(np.zeros((kinds, LEVELS), np.int64) for _ in ("level", "surcharge", "rule"))
    )
    for m, managing in enumerate(MANAGING):
        for g, grade in enumerate(GRADES):
            _fill_kind(table, m * len(GRADES) + g, rules, managing, grade)
    return table


def _fill_kind(table: RuleTable, kind: int, rules: Sequence[LevelRule], managing: str, grade: str) -> None:
    best: dict[int, tuple[int, int]] = {}
    for number, rule in enumerate(rules):
        if managing in rule.managing and grade in rule.grades:
            level = OFFICIAL_LEVELS.index(rule.level)
            best[level] = min(best.get(level, (rule.surcharge, number)), (rule.surcharge, number))
    in_order = sorted(best.items(), key=lambda entry: entry[1][1])
    table.fits[kind] = len(in_order)
    for at, (level, (surcharge, number)) in enumerate(in_order):
        table.level[kind, at], table.surcharge[kind, at], table.rule[kind, at] = level, surcharge, number


def official_levels(instance: Instance) -> Ints:
    """The highest level at which each official holds a post in scope; 4 for those who hold none."""
    p = instance.posts
    top = np.full(instance.officials, LEVELS, np.int64)
    np.minimum.at(top, p.official[p.in_scope], p.level[p.in_scope])
    return top
