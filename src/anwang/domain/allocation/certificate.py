"""The proof: a lower bound from prices alone, and the objective counted afresh from the arcs.

For any prices at all, the sum over rows of their least cost-minus-price, plus the sum over officials of the least of
load cost plus price times load, cannot exceed the cost of any solution (weak duality). The solver's answer is exact
when its cost equals that bound; nothing the solver remembers is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from anwang.domain.allocation.kernel import NONE, Arcs, State


class CertificateError(Exception):
    """The solver's answer is not proven: a defect of the program, never of the input. Nothing may be adopted."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Objective and lower bound in cost units; `misplaced` rows sit at no candidate of theirs, `miscounted` officials
    carry another load than stated."""

    objective: int
    lower_bound: int
    misplaced: int
    miscounted: int

    @property
    def holds(self) -> bool:
        return self.objective == self.lower_bound and not self.misplaced and not self.miscounted


@njit(cache=True, nogil=True)
def _load_cost(load: int, convexity: int, uncovered: int, summed: Any) -> Any:
    """Cost of an official's load: `uncovered` for none, else convexity times the sum of the first `load` steps."""
    return uncovered if load == 0 else convexity * summed[load]


@njit(cache=True, nogil=True)
def _rows(arcs: Arcs, lead: Any, price: Any, counted: Any, degree: Any) -> Any:
    bound, cost, misplaced = 0, 0, 0
    for row in range(lead.shape[0]):
        least: Any = NONE
        own: Any = NONE
        for arc in range(arcs.start[row], arcs.stop[row]):
            j = arcs.official[arc]
            degree[j] += 1
            least = min(least, arcs.cost[arc] - price[j])
            if j == lead[row]:
                own = min(own, arcs.cost[arc])
        if own < NONE:
            counted[lead[row]] += 1
            cost += own
        elif least < NONE or lead[row] >= 0:
            misplaced += 1
        if least < NONE:
            bound += least
    return bound, cost, misplaced


@njit(cache=True, nogil=True)
def _officials(price: Any, convexity: Any, step: Any, uncovered: int, degree: Any, counted: Any) -> Any:
    bound, cost = 0, 0
    summed = np.zeros(step.shape[0] + 1, np.int64)
    summed[1:] = np.cumsum(step)
    for j in range(price.shape[0]):
        cost += _load_cost(counted[j], convexity[j], uncovered, summed)
        worth = -price[j]
        best = uncovered
        if degree[j] > 0:
            most = min(degree[j], step.shape[0])
            if convexity[j] > 0:
                most = max(1, np.searchsorted(step[:most], worth // convexity[j], "right"))
            elif worth <= 0:
                most = 1
            best = min(best, _load_cost(most, convexity[j], uncovered, summed) - worth * most)
        bound += best
    return bound, cost


def certify(arcs: Arcs, state: State, uncovered: int) -> Certificate:
    """Weigh a solution against its own prices. Rows without candidates may stay without a lead; no other row may."""
    officials = len(state.price)
    lead, price = np.ascontiguousarray(state.lead), np.ascontiguousarray(state.price)
    counted, degree = np.zeros(officials, np.int64), np.zeros(officials, np.int64)
    rows, pairs, misplaced = _rows(arcs, lead, price, counted, degree)
    bound, loads = _officials(price, np.ascontiguousarray(state.convexity), state.step, uncovered, degree, counted)
    miscounted = int(np.count_nonzero(counted != state.load))
    return Certificate(int(pairs + loads), int(rows + bound), int(misplaced), miscounted)


def require(certificate: Certificate) -> Certificate:
    """The certificate itself, or CertificateError."""
    if not certificate.holds:
        raise CertificateError(str(certificate))
    return certificate


@njit(cache=True, nogil=True)
def _rows_of_idle(arcs: Arcs, load: npt.NDArray[np.int64]) -> Any:
    """The arcs of officials who carry at most one row, turned round: rows of j are back[first[j]] … first[j+1]-1."""
    first = np.zeros(load.shape[0] + 1, np.int64)
    for row in range(arcs.start.shape[0]):
        for arc in range(arcs.start[row], arcs.stop[row]):
            j = arcs.official[arc]
            if load[j] < 2:
                first[j + 1] += 1
    first = np.cumsum(first)
    at = first[:-1].copy()
    back = np.empty(first[-1], np.int32)
    for row in range(arcs.start.shape[0]):
        for arc in range(arcs.start[row], arcs.stop[row]):
            j = arcs.official[arc]
            if load[j] < 2:
                back[at[j]] = row
                at[j] += 1
    return first, back


@njit(cache=True, nogil=True)
def coverage_is_largest(arcs: Arcs, lead: npt.NDArray[np.int32], load: npt.NDArray[np.int64]) -> bool:
    """No other solution leaves fewer officials without a row (Hall's condition, read off the solution).

    Starting from the uncovered, follow candidate rows to their leads. If all leads met carry one row, these officials
    together have fewer rows than they are, by just the number uncovered; if one carries two, a row could be passed on.
    """
    first, back = _rows_of_idle(arcs, load)
    met = load == 0
    queue = np.empty(load.shape[0], np.int32)
    size = 0
    for j in np.flatnonzero(met):
        queue[size] = j
        size += 1
    at = 0
    while at < size:
        j = queue[at]
        at += 1
        for k in range(first[j], first[j + 1]):
            other = lead[back[k]]
            if met[other]:
                continue
            if load[other] > 1:
                return False
            met[other] = True
            queue[size] = other
            size += 1
    return True
