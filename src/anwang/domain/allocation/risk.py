"""Loads weighed by risk: a generalised assignment, so near the optimum, with its bound and gap.

The load of an official is the sum of the risk weights of their enterprises, in hundredths of an ordinary one; w
hundredths cost convexity * w * (w - 100) / 20000, nothing below 100, so that equal weights of 100 cost just what unit
loads do. The exact unit solution is the start, seeded annealing improves it, Lagrangian prices bound it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from anwang.domain.allocation.city import Ints
from anwang.domain.allocation.kernel import NONE, Arcs
from anwang.domain.allocation.offices import Field
from anwang.domain.allocation.rules import GRADES, Weights
from anwang.domain.allocation.solve import Solution

SCALE = 20_000
MOVES_PER_ENTERPRISE = 60
MOST_MOVES = 20_000_000
ASCENTS = 120


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
    return Answer(state.lead, state.load, state.price, proof.objective, proof.lower_bound)


def balance(arcs: Arcs, solution: Solution, field: Field, weights: Weights, seed: int) -> Answer:
    """Risk-weighted loads from the unit solution; deterministic for a seed, never worse than the start."""
    of_grade = np.array([(weights.risk_weight or {})[grade] for grade in GRADES], np.int64)
    scales = Scales(of_grade[field.kind % len(GRADES)], solution.state.convexity, solution.uncovered * SCALE)
    start = _positions(arcs, solution.state.lead)
    moves = min(MOST_MOVES, MOVES_PER_ENTERPRISE * len(start))
    better = _anneal(arcs, scales, start.copy(), len(solution.state.load), moves, np.uint64(seed % (1 << 63)))
    seated = min((start, better), key=lambda at: int(_total(arcs, scales, at, len(solution.state.load))))
    total = int(_total(arcs, scales, seated, len(solution.state.load)))
    first = -solution.state.price * SCALE / max(1.0, float(scales.weight.mean() if len(start) else 100))
    bound, multiplier = _ascend(arcs, scales, first.astype(np.float64), float(total), ASCENTS)
    lead = np.where(seated >= 0, arcs.official[np.maximum(seated, 0)], -1).astype(np.int32) if len(start) else start
    load = np.bincount(lead[lead >= 0], minlength=len(solution.state.load)).astype(np.int64)
    price = np.rint(-multiplier * 100 / SCALE).astype(np.int64)
    return Answer(lead.astype(np.int32), load, price, -(-total // SCALE), min(int(bound // SCALE), -(-total // SCALE)))


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
    hot, cold = 60.0 * SCALE, 1.0 * SCALE
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
def _dual_rows(arcs: Arcs, scales: Scales, multiplier: Any, slope: Any) -> float:
    value = 0.0
    for row in range(arcs.start.shape[0]):
        if arcs.start[row] == arcs.stop[row]:
            continue
        best, who, w = np.inf, 0, scales.weight[row]
        for arc in range(arcs.start[row], arcs.stop[row]):
            reduced = SCALE * float(arcs.cost[arc]) + multiplier[arcs.official[arc]] * w
            if reduced < best:
                best, who = reduced, arcs.official[arc]
        value += best
        slope[who] += w
    return value


@njit(cache=True, nogil=True)
def _dual_officials(scales: Scales, multiplier: Any, least: Any, most: Any, slope: Any) -> float:
    """Least of load cost minus multiplier times weight, the weight any real number between least and most, or 0."""
    value = 0.0
    for j in range(multiplier.shape[0]):
        best, w = float(scales.uncovered), 0.0
        if most[j] > 0:
            wanted = 0.0
            if multiplier[j] > 0:
                wanted = (
                    max(100.0, (multiplier[j] / scales.convexity[j] + 100.0) / 2) if scales.convexity[j] else np.inf
                )
            load = min(max(wanted, float(least[j])), float(most[j]))
            cost = scales.convexity[j] * load * (load - 100.0) if load > 100.0 else 0.0
            if cost - multiplier[j] * load < best:
                best, w = cost - multiplier[j] * load, load
        value += best
        slope[j] -= w
    return value


@njit(cache=True, nogil=True)
def _ascend(arcs: Arcs, scales: Scales, multiplier: Any, target: float, rounds: int) -> Any:
    """Subgradient ascent on the Lagrangian dual; any multiplier gives a valid bound, the best one found is returned."""
    officials = multiplier.shape[0]
    least, most = np.full(officials, NONE, np.int64), np.zeros(officials, np.int64)
    for row in range(arcs.start.shape[0]):
        for arc in range(arcs.start[row], arcs.stop[row]):
            j = arcs.official[arc]
            least[j] = min(least[j], scales.weight[row])
            most[j] += scales.weight[row]
    best, kept, pace, stale = -np.inf, multiplier.copy(), 1.0, 0
    for _ in range(rounds):
        slope = np.zeros(officials)
        value = _dual_rows(arcs, scales, multiplier, slope)
        value += _dual_officials(scales, multiplier, least, most, slope)
        if value > best:
            best, kept, stale = value, multiplier.copy(), 0
        else:
            stale += 1
            if stale == 4:
                pace, stale = pace * 0.6, 0
                multiplier = kept.copy()
                continue
        norm = (slope * slope).sum()
        if norm == 0.0 or value >= target:
            break
        multiplier = multiplier + slope * (pace * (target - value) / norm)
    return best - abs(best) * 1e-9, kept
