"""Officials left without an enterprise become joint supervisors (协同) of one in their territory, evenly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from anwang.domain.allocation.certificate import certify, require
from anwang.domain.allocation.city import SIZES, Instance, Ints
from anwang.domain.allocation.eligible import Wishes, banned, distance_cost
from anwang.domain.allocation.kernel import Arcs, empty_state, place_rows
from anwang.domain.allocation.offices import Field
from anwang.domain.allocation.rules import Weights

CANDIDATES = 500
"""An official chooses among at most this many enterprises, taken in turn so that officials of one office differ."""

OUTSIDE_RULES = 5_000
NO_LEAD = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Seats:
    """official[i] jointly supervises enterprise[i] in post[i]; `without` found none, `conflicted` of these only
    because of conflicts of interest."""

    official: Ints
    enterprise: Ints
    post: Ints
    without: Ints
    conflicted: Ints


@njit(cache=True, nogil=True)
def _ruled(field: Field, e: int, level: int) -> bool:
    kind = field.kind[e]
    return bool((field.rules.level[kind, : field.rules.fits[kind]] == level).any())


@njit(cache=True, nogil=True)
def _cost(field: Field, posts: Any, post: int, e: int, lead: Any, former: int, stability: int) -> int:
    _, level, _, expertise, xy, _ = posts
    prices = field.prices
    cost = distance_cost(field.xy[e, 0], field.xy[e, 1], xy[post, 0], xy[post, 1], prices.per_km, prices.unknown)
    industry = field.industry[e]
    if industry >= 0 and (expertise[post] >> industry) & 1 == 0:
        cost += prices.miss
    if former >= 0 and former != e:
        cost += stability
    if lead[e] < 0:
        cost += NO_LEAD
    return cost if _ruled(field, e, level[post]) else cost + OUTSIDE_RULES


@njit(cache=True, nogil=True)
def _choose(
    field: Field, wishes: Wishes, posts: Any, post: int, by_place: Any, low: int, high: int, out: Any, ruled: bool
) -> int:
    """Collect enterprises for a post from by_place[low:high], beginning at a place that depends on the official."""
    holder, level = posts[0][post], posts[1][post]
    taken, width = 0, high - low
    for step in range(width):
        e = by_place[low + (holder * 7919 + step) % width]
        if taken == CANDIDATES:
            break
        if _ruled(field, e, level) == ruled and not banned(wishes, e, holder):
            out[taken] = e
            taken += 1
    return taken


@njit(cache=True, nogil=True)
def _rows(field: Field, wishes: Wishes, posts: Any, mine: Any, spans: Any, by_place: Any, lead: Any, joint: Any) -> Any:
    """Arcs from each row's official (posts mine[0][r] … mine[0][r+1]-1 of mine[1]) to enterprises."""
    first, own = mine
    rows = first.shape[0] - 1
    start, stop = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    official, cost = np.empty(1024, np.int32), np.empty(1024, np.int32)
    out, total, met = np.empty(CANDIDATES, np.int64), 0, np.zeros(rows, np.bool_)
    for row in range(rows):
        start[row] = total
        for ruled in (True, False):
            if total > start[row]:
                break
            for k in range(first[row], first[row + 1]):
                low, high = spans[0][k], spans[1][k]
                met[row] |= high > low
                taken = _choose(field, wishes, posts, own[k], by_place, low, high, out, ruled)
                if total + taken > official.shape[0]:
                    more = total + taken
                    official = np.append(official, np.empty(more, np.int32))
                    cost = np.append(cost, np.empty(more, np.int32))
                former = joint[posts[0][own[k]]]
                for at in range(taken):
                    official[total] = out[at]
                    cost[total] = _cost(field, posts, own[k], out[at], lead, former, field.prices.stability)
                    total += 1
        stop[row] = total
    return start, stop, official[:total].copy(), cost[:total].copy(), met


def seat(
    instance: Instance, field: Field, wishes: Wishes, lead: npt.NDArray[np.int32], idle: Ints, weights: Weights
) -> Seats:
    """Give every official of `idle` one enterprise of their territory at least total cost, loads convex.

    Enterprises that the level rules open to the official come first; only where there are none, any other of the
    territory. Proven like the leads (CertificateError otherwise).
    """
    p = instance.posts
    posts = (p.official, p.level, p.unit, p.expertise, p.xy, p.in_scope)
    by_place = np.argsort(field.place, kind="stable").astype(np.int64)
    mine = _posts_of(instance, idle)
    spans = _spans(instance, mine[1], field.place[by_place])
    start, stop, target, cost, met = _rows(field, wishes, posts, mine, spans, by_place, lead, instance.joint)
    arcs = Arcs(start, stop, target, cost)
    chosen = _place(arcs, instance.enterprises.count, weights.joint_convexity)
    seated = np.flatnonzero(chosen >= 0)
    rest = np.flatnonzero(chosen < 0)
    position, post = np.empty(len(by_place), np.int64), np.full(len(seated), -1, np.int64)
    position[by_place] = np.arange(len(by_place))
    _serving(mine, spans, position, chosen, seated, post)
    return Seats(idle[seated], chosen[seated].astype(np.int64), post, idle[rest], idle[rest[met[rest]]])


def _place(arcs: Arcs, enterprises: int, convexity: int) -> npt.NDArray[np.int32]:
    degree = arcs.stop - arcs.start
    order = np.argsort(degree, kind="stable").astype(np.int64)
    state = empty_state(len(degree), np.full(enterprises, convexity, np.int64), 0)
    place_rows(order[degree[order] > 0], arcs, state, 0)
    require(certify(arcs, state, 0))
    return np.ascontiguousarray(state.lead)


def _posts_of(instance: Instance, idle: Ints) -> tuple[Ints, Ints]:
    p = instance.posts
    row_of = np.full(instance.officials, -1, np.int64)
    row_of[idle] = np.arange(len(idle))
    own = np.flatnonzero(p.in_scope & (row_of[p.official] >= 0))
    own = own[np.lexsort((p.level[own], row_of[p.official[own]]))].astype(np.int64)
    counts = np.bincount(row_of[p.official[own]], minlength=len(idle))
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), own


def _spans(instance: Instance, own: Ints, places: Ints) -> tuple[Ints, Ints]:
    unit = instance.posts.unit[own]
    size = np.array(SIZES, np.int64)[instance.posts.level[own]]
    return (
        np.searchsorted(places, unit).astype(np.int64),
        np.searchsorted(places, unit + size).astype(np.int64),
    )


@njit(cache=True, nogil=True)
def _serving(mine: Any, spans: Any, position: Any, chosen: Any, rows: Any, post: Any) -> None:
    """The most local post whose territory holds the enterprise; a row's posts go from the top level down."""
    first, own = mine
    for at in range(rows.shape[0]):
        where = position[chosen[rows[at]]]
        for k in range(first[rows[at]], first[rows[at] + 1]):
            if spans[0][k] <= where < spans[1][k]:
                post[at] = own[k]
