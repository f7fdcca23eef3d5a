"""Loads weighed by risk: a generalised assignment, so near the optimum, with its bound and gap.

The load of an official is the sum of the risk weights of their enterprises, in hundredths of an ordinary one; w
hundredths cost convexity * w * (w - 100) / 20000, nothing below 100, so that equal weights of 100 cost just what unit
loads do. The bound is the linear programme's: every enterprise is cut into equal pieces of weight, which is a flow
again, and its prices are Lagrangian multipliers. Every plan considered leaves as few officials uncovered as the unit
solution, the fewest possible, so their price is the same for all and stays out of the flow, where a piece could buy it
off. The plan is the unit solution or the one that follows the multipliers, improved by seeded annealing.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from anwang.domain.allocation.city import Ints
from anwang.domain.allocation.kernel import NONE, Arcs, empty_state
from anwang.domain.allocation.offices import Field
from anwang.domain.allocation.rules import GRADES, Weights
from anwang.domain.allocation.solve import Solution, blocks_of, place_blocks

SCALE = 20_000
MOVES_PER_ENTERPRISE = 60
MOST_MOVES = 20_000_000
MOST_PIECES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Leads, loads in enterprises, what one more is worth, and the proof in cost units."""

    lead: npt.NDArray[np.int32]
    load: Ints
    price: Ints
    objective: int
    lower_bound: int


class Scales(NamedTuple):
    """weight[e] in hundredths, convexity[j], and the price of an uncovered official times SCALE."""

    weight: Ints
    convexity: Ints
    uncovered: int


def plain(solution: Solution) -> Answer:
    """Unit loads: the solution as it is."""
    state, proof = solution.state, solution.certificate
    return Answer(
        np.ascontiguousarray(state.lead),
        np.ascontiguousarray(state.load),
        np.ascontiguousarray(state.price),
        proof.objective,
        proof.lower_bound,
    )


def balance(
    arcs: Arcs,
    stage: npt.NDArray[np.int8],
    solution: Solution,
    field: Field,
    weights: Weights,
    seed: int,
    pool: Executor,
) -> Answer:
    """Risk-weighted loads; deterministic for a seed, never worse than the unit solution, as few uncovered as it."""
    of_grade = np.array([(weights.risk_weight or {})[grade] for grade in GRADES], np.int64)
    scales = Scales(
        of_grade[field.kind % len(GRADES)], np.ascontiguousarray(solution.state.convexity), solution.uncovered * SCALE
    )
    officials, rows = len(solution.state.load), len(field.place)
    uncovered = int(np.count_nonzero(solution.state.load == 0))
    free = scales._replace(uncovered=0)
    multiplier = _multipliers(arcs, stage, free, field.place, seed, pool)
    grain = int(np.gcd.reduce(scales.weight)) if rows else 100
    bound = float(_dual(arcs, free, multiplier, grain)) + float(scales.uncovered * uncovered)
    start = _positions(arcs, np.ascontiguousarray(solution.state.lead))
    guided = _guided(arcs, scales, multiplier, start.copy(), officials)
    random = np.uint64(seed % (1 << 63))
    moves = min(MOST_MOVES, MOVES_PER_ENTERPRISE * rows)
    seated = _anneal(arcs, scales, guided, officials, moves, random)
    total = int(_total(arcs, scales, seated, officials))
    if int(_total(arcs, scales, start, officials)) < total:
        seated, total = start, int(_total(arcs, scales, start, officials))
    lead = np.full(rows, -1, np.int32)
    lead[seated >= 0] = arcs.official[seated[seated >= 0]]
    load = np.bincount(lead[lead >= 0], minlength=officials).astype(np.int64)
    price = np.rint(-multiplier * 100 / SCALE).astype(np.int64)
    objective = -(-total // SCALE)
    return Answer(lead, load, price, objective, min(objective, int((bound - abs(bound) * 1e-9) // SCALE)))


def _multipliers(
    arcs: Arcs, stage: npt.NDArray[np.int8], scales: Scales, place: Ints, seed: int, pool: Executor
) -> npt.NDArray[np.float64]:
    """What a hundredth of weight costs at each official, SCALE-fold, from the flow of equal pieces. With a common grain
    of the weights and no more than MOST_PIECES pieces these are the best multipliers there are, else near them."""
    if not len(place):
        return np.zeros(len(scales.convexity))
    grain = int(np.gcd.reduce(scales.weight))
    grain //= -(-grain // 100)
    piece = max(float(grain), float(scales.weight.max()) / MOST_PIECES)
    pieces = np.maximum(1, np.rint(scales.weight / piece)).astype(np.int64)
    row = np.repeat(np.arange(len(place)), pieces)
    cost = np.zeros(len(arcs.cost), np.int32)
    _cut(arcs, pieces, cost)
    cut = Arcs(arcs.start[row], arcs.stop[row], arcs.official, cost)
    edges = np.arange(len(row) + 2) * piece
    step = np.diff(np.rint(np.maximum(0.0, edges * (edges - 100.0))).astype(np.int64))
    step[0] = 0
    state = empty_state(len(row), scales.convexity, scales.uncovered, np.maximum.accumulate(step))
    place_blocks(blocks_of(cut, stage[row], place[row], seed), cut, state, scales.uncovered, pool)
    return -state.price / piece


@njit(cache=True, nogil=True)
def _cut(arcs: Arcs, pieces: Any, cost: Any) -> None:
    """Cost of a piece on every arc, SCALE-fold, as far as 32 bits reach (a clipped cost only weakens the bound)."""
    for row in range(arcs.start.shape[0]):
        for arc in range(arcs.start[row], arcs.stop[row]):
            cost[arc] = min(np.int64(2**31 - 1), SCALE * np.int64(arcs.cost[arc]) // pieces[row])


@njit(cache=True, nogil=True)
def _guided(arcs: Arcs, scales: Scales, multiplier: Any, at: Any, officials: int) -> Any:
    """Move every row to where the multipliers want it, unless its lead would be left without any."""
    weight, count = _loads(arcs, scales, at, officials)
    for row in range(at.shape[0]):
        if at[row] < 0:
            continue
        best, to = np.inf, at[row]
        for arc in range(arcs.start[row], arcs.stop[row]):
            reduced = SCALE * float(arcs.cost[arc]) + multiplier[arcs.official[arc]] * scales.weight[row]
            if reduced < best:
                best, to = reduced, arc
        if count[arcs.official[at[row]]] > 1 and arcs.official[to] != arcs.official[at[row]]:
            _shift(arcs, scales, (weight, count), row, at[row], to)
            at[row] = to
    return at


@njit(cache=True, nogil=True)
def _positions(arcs: Arcs, lead: Any) -> Any:
    """The arc that each row uses, -1 for none."""
    at = np.full(lead.shape[0], -1, np.int64)
    for row in range(lead.shape[0]):
        for arc in range(arcs.start[row], arcs.stop[row]):
            if arcs.official[arc] == lead[row] and (at[row] < 0 or arcs.cost[arc] < arcs.cost[at[row]]):
                at[row] = arc
    return at


@njit(cache=True, nogil=True)
def _cost(scales: Scales, j: int, weight: int, count: int) -> Any:
    if count == 0:
        return scales.uncovered
    return scales.convexity[j] * weight * (weight - 100) if weight > 100 else 0


@njit(cache=True, nogil=True)
def _loads(arcs: Arcs, scales: Scales, at: Any, officials: int) -> Any:
    weight, count = np.zeros(officials, np.int64), np.zeros(officials, np.int64)
    for row in range(at.shape[0]):
        if at[row] >= 0:
            weight[arcs.official[at[row]]] += scales.weight[row]
            count[arcs.official[at[row]]] += 1
    return weight, count


@njit(cache=True, nogil=True)
def _total(arcs: Arcs, scales: Scales, at: Any, officials: int) -> Any:
    weight, count = _loads(arcs, scales, at, officials)
    total = 0
    for row in range(at.shape[0]):
        if at[row] >= 0:
            total += SCALE * arcs.cost[at[row]]
    for j in range(officials):
        total += _cost(scales, j, weight[j], count[j])
    return total


@njit(cache=True, nogil=True)
def _next(random: Any) -> Any:
    random ^= random << np.uint64(13)
    random ^= random >> np.uint64(7)
    random ^= random << np.uint64(17)
    return random


@njit(cache=True, nogil=True)
def _gain(arcs: Arcs, scales: Scales, loads: Any, row: int, old: int, new: int) -> Any:
    """Change of the total when `row` goes from arc `old` to arc `new`, another official's; NONE if that would leave
    one more official without any."""
    weight, count = loads
    a, b, w = arcs.official[old], arcs.official[new], scales.weight[row]
    if count[a] == 1 and count[b] > 0:
        return NONE
    before = _cost(scales, a, weight[a], count[a]) + _cost(scales, b, weight[b], count[b])
    after = _cost(scales, a, weight[a] - w, count[a] - 1) + _cost(scales, b, weight[b] + w, count[b] + 1)
    return after - before + SCALE * (arcs.cost[new] - arcs.cost[old])


@njit(cache=True, nogil=True)
def _shift(arcs: Arcs, scales: Scales, loads: Any, row: int, old: int, new: int) -> None:
    weight, count = loads
    a, b, w = arcs.official[old], arcs.official[new], scales.weight[row]
    weight[a] -= w
    weight[b] += w
    count[a] -= 1
    count[b] += 1


@njit(cache=True, nogil=True)
def _anneal(arcs: Arcs, scales: Scales, at: Any, officials: int, moves: int, seed: Any) -> Any:
    """Random single moves at a falling temperature, then moves downhill until none is left or the rounds are used."""
    loads = _loads(arcs, scales, at, officials)
    free = np.flatnonzero((at >= 0) & (arcs.stop - arcs.start > 1))
    if free.shape[0] == 0:
        return at
    random = _next(_next((seed + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)))
    hot, cold = 2.0 * SCALE, 0.5 * SCALE
    temperature, cooling = hot, (cold / hot) ** (1.0 / moves)
    for _ in range(moves):
        random = _next(random)
        row = free[np.int64(random % np.uint64(free.shape[0]))]
        random = _next(random)
        new = arcs.start[row] + np.int64(random % np.uint64(arcs.stop[row] - arcs.start[row]))
        temperature *= cooling
        if arcs.official[new] == arcs.official[at[row]]:
            continue
        gain = _gain(arcs, scales, loads, row, at[row], new)
        random = _next(random)
        if gain <= 0 or np.float64(random >> np.uint64(11)) * 2.0**-53 < np.exp(-gain / temperature):
            _shift(arcs, scales, loads, row, at[row], new)
            at[row] = new
    _descend(arcs, scales, loads, at, free)
    return at


@njit(cache=True, nogil=True)
def _descend(arcs: Arcs, scales: Scales, loads: Any, at: Any, free: Any) -> None:
    for _ in range(20):
        moved = False
        for row in free:
            best, to = 0, at[row]
            for arc in range(arcs.start[row], arcs.stop[row]):
                if arcs.official[arc] != arcs.official[at[row]]:
                    gain = _gain(arcs, scales, loads, row, at[row], arc)
                    if gain < best:
                        best, to = gain, arc
            if best < 0:
                _shift(arcs, scales, loads, row, at[row], to)
                at[row] = to
                moved = True
        if not moved:
            return


@njit(cache=True, nogil=True)
def _reachable(arcs: Arcs, scales: Scales, officials: int) -> Any:
    """The least weight that each official can carry if any, and the most."""
    least, most = np.full(officials, NONE, np.int64), np.zeros(officials, np.int64)
    for row in range(arcs.start.shape[0]):
        for arc in range(arcs.start[row], arcs.stop[row]):
            j = arcs.official[arc]
            least[j] = min(least[j], scales.weight[row])
            most[j] += scales.weight[row]
    return least, most


@njit(cache=True, nogil=True)
def _dual(arcs: Arcs, scales: Scales, multiplier: Any, grain: int) -> float:
    """Lagrangian bound, valid for any multipliers: rows at their cheapest, officials at their best weight, a multiple
    of the grain, as every sum of weights is."""
    value = 0.0
    for row in range(arcs.start.shape[0]):
        best = np.inf
        for arc in range(arcs.start[row], arcs.stop[row]):
            reduced = SCALE * float(arcs.cost[arc]) + multiplier[arcs.official[arc]] * scales.weight[row]
            best = min(best, reduced)
        if best < np.inf:
            value += best
    least, most = _reachable(arcs, scales, multiplier.shape[0])
    for j in range(multiplier.shape[0]):
        value += _dual_official(scales, j, multiplier[j], least[j], most[j], grain)
    return value


@njit(cache=True, nogil=True)
def _dual_official(scales: Scales, j: int, multiplier: float, least: int, most: int, grain: int) -> float:
    """Least of load cost minus multiplier times weight, over no weight and the multiples of grain in [least, most]."""
    best = float(scales.uncovered)
    if most == 0:
        return best
    wanted = 0.0
    if multiplier > 0:
        flat = scales.convexity[j] == 0
        wanted = float(most) if flat else max(100.0, (multiplier / scales.convexity[j] + 100.0) / 2)
    low = int(min(wanted, float(most)) // grain) * grain
    for load in (low, low + grain):
        weight = min(max(load, least), most)
        cost = scales.convexity[j] * float(weight) * (weight - 100.0) if weight > 100 else 0.0
        best = min(best, cost - multiplier * weight)
    return best
