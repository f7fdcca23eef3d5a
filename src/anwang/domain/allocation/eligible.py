"""Eligible pairs and their costs, compiled: by rule and territory, without conflicts, reduced by pins and keeping."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from anwang.domain.allocation.city import Instance, Ints, Pairs
from anwang.domain.allocation.kernel import NONE, Arcs
from anwang.domain.allocation.offices import LEVELS, Field, Prices
from anwang.domain.allocation.rules import MAX_KM

_MAX_KM = float(MAX_KM)


class Wishes(NamedTuple):
    """What people decided: pin[e] the only official allowed or -1; the officials forbidden to e are
    forbidden[ban[e]] … forbidden[ban[e+1]-1]; keep: a still eligible incumbent stays."""

    pin: Ints
    ban: Ints
    forbidden: Ints
    keep: bool


def wishes_of(instance: Instance, pins: Pairs, forbids: Pairs, keep: bool) -> Wishes:
    """Pins and forbids are (enterprise, official) pairs with sound numbers."""
    n = instance.enterprises.count
    pin = np.full(n, -1, np.int64)
    for enterprise, official in pins:
        pin[enterprise] = official
    banned = np.array(sorted(set(forbids)), np.int64).reshape(-1, 2)
    ban = np.zeros(n + 1, np.int64)
    ban[1:] = np.cumsum(np.bincount(banned[:, 0], minlength=n)[:n])
    return Wishes(pin, ban, np.ascontiguousarray(banned[:, 1]), keep)


@njit(cache=True, nogil=True)
def distance_cost(x: float, y: float, other_x: float, other_y: float, per_km: int, unknown: int) -> int:
    """Nothing when the enterprise's place is unknown (all alike), `unknown` when only the official's is."""
    if math.isnan(x):
        return 0
    if math.isnan(other_x):
        return unknown
    dx, dy = x - other_x, y - other_y
    return int(min(math.sqrt(dx * dx + dy * dy), _MAX_KM) * per_km + 0.5)


class Look(NamedTuple):
    """What the cost of a pair asks of the enterprise. Small on purpose: it is passed once per candidate."""

    x: float
    y: float
    industry: int
    incumbent: int
    rotate: bool


@njit(cache=True, nogil=True)
def look_at(field: Field, e: int) -> Any:
    """The Look of enterprise e."""
    return Look(field.xy[e, 0], field.xy[e, 1], field.industry[e], field.incumbent[e], field.rotate[e])


@njit(cache=True, nogil=True)
def pair_cost(look: Look, prices: Prices, official: int, expertise: int, x: float, y: float) -> Any:
    """Cost of a pair but for the rule's surcharge; expertise, x and y are those of the post."""
    cost = distance_cost(look.x, look.y, x, y, prices.per_km, prices.unknown)
    if look.industry >= 0 and (expertise >> look.industry) & 1 == 0:
        cost += prices.miss
    if look.incumbent >= 0:
        if official != look.incumbent:
            cost += prices.stability
        elif look.rotate:
            cost += prices.rotation
    return cost


@njit(cache=True, nogil=True)
def _room(field: Field, wishes: Wishes, order: npt.NDArray[np.int64], start: npt.NDArray[np.int64]) -> int:
    """Where each enterprise's arcs may begin, in the order in which they will be read; returns the room needed."""
    total = 0
    for e in order:
        start[e] = total
        if wishes.pin[e] >= 0:
            total += 1
            continue
        kind = field.kind[e]
        for at in range(field.rules.fits[kind]):
            office = field.office[e, field.rules.level[kind, at]]
            if office >= 0:
                total += field.offices.first[office + 1] - field.offices.first[office]
    return total


@njit(cache=True, nogil=True)
def banned(wishes: Wishes, e: int, official: int) -> bool:
    """A conflict of interest forbids the pair."""
    return bool((wishes.forbidden[wishes.ban[e] : wishes.ban[e + 1]] == official).any())


@njit(cache=True, nogil=True)
def _allowed(wishes: Wishes, e: int, official: int) -> bool:
    if wishes.pin[e] >= 0 and wishes.pin[e] != official:
        return False
    return not banned(wishes, e, official)


@njit(cache=True, nogil=True)
def _fill_office(
    field: Field, wishes: Wishes, e: int, office: int, surcharge: int, arcs: Arcs, stop: int, seen: Any
) -> Any:
    """Append the posts of one office. An official with several posts counts once, the cheapest."""
    offices, prices, look, first = field.offices, field.prices, look_at(field, e), arcs.start[e]
    picky = wishes.pin[e] >= 0 or wishes.ban[e] < wishes.ban[e + 1]
    for entry in range(offices.first[office], offices.first[office + 1]):
        official = offices.official[entry]
        if picky and not _allowed(wishes, e, official):
            continue
        cost = surcharge + pair_cost(
            look, prices, official, offices.expertise[entry], offices.xy[entry, 0], offices.xy[entry, 1]
        )
        if offices.many[entry]:
            earlier = seen[official]
            if first <= earlier < stop and arcs.official[earlier] == official:
                arcs.cost[earlier] = min(arcs.cost[earlier], cost)
                continue
            seen[official] = stop
        arcs.official[stop] = official
        arcs.cost[stop] = cost
        stop += 1
    return stop


@njit(cache=True, nogil=True)
def _fill_row(field: Field, wishes: Wishes, e: int, arcs: Arcs, seen: Any) -> Any:
    """Write the arcs of e and return where they stop. A pin whom no rule opens to e is taken from any level: a person
    may put an official there whom the rules would not."""
    stop, kind, rules = arcs.start[e], field.kind[e], field.rules
    for at in range(rules.fits[kind]):
        office = field.office[e, rules.level[kind, at]]
        if office >= 0:
            stop = _fill_office(field, wishes, e, office, rules.surcharge[kind, at], arcs, stop, seen)
    if wishes.pin[e] >= 0 and stop == arcs.start[e]:
        for level in range(LEVELS):
            if field.office[e, level] >= 0:
                stop = _fill_office(field, wishes, e, field.office[e, level], 0, arcs, stop, seen)
    return stop


@njit(cache=True, nogil=True)
def _fill(field: Field, wishes: Wishes, order: npt.NDArray[np.int64], arcs: Arcs, stage: npt.NDArray[np.int8]) -> None:
    """Fill the rows of `order`; stage[e] becomes the widest reach among the candidates of e."""
    seen = np.full(field.offices.reach.shape[0], -1, np.int64)
    for e in order:
        stop = _fill_row(field, wishes, e, arcs, seen)
        if wishes.keep and field.incumbent[e] >= 0:
            for arc in range(arcs.start[e], stop):
                if arcs.official[arc] == field.incumbent[e]:
                    arcs.official[arcs.start[e]], arcs.cost[arcs.start[e]] = arcs.official[arc], arcs.cost[arc]
                    stop = arcs.start[e] + 1
                    break
        arcs.stop[e] = stop
        widest = 0
        for arc in range(arcs.start[e], stop):
            widest = max(widest, field.offices.reach[arcs.official[arc]])
        stage[e] = widest


def eligible(
    field: Field, wishes: Wishes, order: npt.NDArray[np.int64], pool: Executor, parts: int
) -> tuple[Arcs, npt.NDArray[np.int8]]:
    """Arcs of every enterprise, laid out in `order`, and the stage in which each is placed."""
    n = len(field.place)
    start = np.zeros(n, np.int64)
    room = int(_room(field, wishes, order, start))
    arcs = Arcs(start, np.zeros(n, np.int64), np.empty(room, np.int32), np.empty(room, np.int32))
    stage = np.zeros(n, np.int8)
    chunks: Sequence[npt.NDArray[np.int64]] = np.array_split(order, parts)
    list(pool.map(lambda chunk: _fill(field, wishes, chunk, arcs, stage), chunks))
    return arcs, stage


@njit(cache=True, nogil=True)
def _cheapest_entry(field: Field, e: int, office: int, official: int) -> Any:
    """Entry and cost of the official's cheapest post in an office, (-1, NONE) if they hold none there."""
    offices, look, best, found = field.offices, look_at(field, e), NONE, -1
    for entry in range(offices.first[office], offices.first[office + 1]):
        if offices.official[entry] == official:
            cost = pair_cost(
                look, field.prices, official, offices.expertise[entry], offices.xy[entry, 0], offices.xy[entry, 1]
            )
            if cost < best:
                best, found = cost, entry
    return found, best


@njit(cache=True, nogil=True)
def _serving(field: Field, lead: Any, post: Any, rule: Any) -> None:
    for e in range(lead.shape[0]):
        best, kind, rules = NONE, field.kind[e], field.rules
        for at in range(rules.fits[kind] if lead[e] >= 0 else 0):
            office = field.office[e, rules.level[kind, at]]
            if office >= 0:
                entry, cost = _cheapest_entry(field, e, office, lead[e])
                if entry >= 0 and rules.surcharge[kind, at] + cost < best:
                    best, post[e] = rules.surcharge[kind, at] + cost, field.offices.post[entry]
                    rule[e] = rules.rule[kind, at]
        for level in range(LEVELS if lead[e] >= 0 and rule[e] < 0 else 0):
            office = field.office[e, level]
            if office >= 0:
                entry, cost = _cheapest_entry(field, e, office, lead[e])
                if entry >= 0 and cost < best:
                    best, post[e] = cost, field.offices.post[entry]


def serving_posts(field: Field, lead: npt.NDArray[np.int32]) -> tuple[Ints, Ints]:
    """The post in which each lead serves, the cheapest of theirs, and the rule (-1: a pin past the rules)."""
    post, rule = np.full(len(lead), -1, np.int64), np.full(len(lead), -1, np.int64)
    _serving(field, lead, post, rule)
    return post, rule


@njit(cache=True, nogil=True)
def _arc_costs(arcs: Arcs, who: Any, cost: Any) -> None:
    for row in range(who.shape[0]):
        for arc in range(arcs.start[row], arcs.stop[row]):
            if arcs.official[arc] == who[row]:
                cost[row] = arcs.cost[arc]
                break


def arc_costs(arcs: Arcs, who: npt.NDArray[Any]) -> Ints:
    """Cost of the pair (row, who[row]), -1 where it is not eligible."""
    cost = np.full(len(who), -1, np.int64)
    _arc_costs(arcs, who.astype(np.int64), cost)
    return cost
