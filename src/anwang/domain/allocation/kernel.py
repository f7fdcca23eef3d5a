"""Successive shortest paths with prices for the semi-assignment with convex loads, compiled.

Every row (an enterprise) takes exactly one of its candidates (officials). The k-th row of a candidate costs
convexity * step[k-1], the steps never falling, and a candidate with no row at all costs `uncovered`. Rows are placed
one after another, each along a cheapest chain of moves found by Dijkstra on reduced costs (cost minus price), so the
placed part is optimal at every moment: a county can be solved alone and the rest added to it. Prices only fall, so
reduced costs only rise, and the least once seen lets most rows of a chain be passed over without a look.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

NONE = np.int64(1) << 60


class Arcs(NamedTuple):
    """Eligible pairs: row r owns the entries start[r] … stop[r]-1 of `official` (int32) and `cost` (int32)."""

    start: npt.NDArray[np.int64]
    stop: npt.NDArray[np.int64]
    official: npt.NDArray[np.int32]
    cost: npt.NDArray[np.int32]


class State(NamedTuple):
    """A partial solution. Rows of one official form a list through head, after and before; price is never above
    `uncovered`; step[0] is 0; bound[r] never exceeds the least reduced cost of r among officials other than its own."""

    lead: npt.NDArray[np.int32]
    lead_cost: npt.NDArray[np.int64]
    bound: npt.NDArray[np.int64]
    after: npt.NDArray[np.int32]
    before: npt.NDArray[np.int32]
    head: npt.NDArray[np.int32]
    load: npt.NDArray[np.int64]
    price: npt.NDArray[np.int64]
    convexity: npt.NDArray[np.int64]
    step: npt.NDArray[np.int64]


class Work(NamedTuple):
    """Scratch of one search. The heap holds each official at most once, so it can never overflow."""

    dist: npt.NDArray[np.int64]
    via: npt.NDArray[np.int32]
    via_cost: npt.NDArray[np.int64]
    touched: npt.NDArray[np.int32]
    key: npt.NDArray[np.int64]
    item: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]


def empty_state(
    rows: int, convexity: npt.NDArray[np.int64], uncovered: int, step: npt.NDArray[np.int64] | None = None
) -> State:
    """Nobody placed yet; every official is worth what covering them saves. Without steps the k-th row weighs k-1."""
    officials = len(convexity)
    return State(
        np.full(rows, -1, np.int32),
        np.zeros(rows, np.int64),
        np.full(rows, -NONE, np.int64),
        np.full(rows, -1, np.int32),
        np.full(rows, -1, np.int32),
        np.full(officials, -1, np.int32),
        np.zeros(officials, np.int64),
        np.full(officials, uncovered, np.int64),
        np.ascontiguousarray(convexity, np.int64),
        np.arange(rows + 1, dtype=np.int64) if step is None else step,
    )


@njit(cache=True, nogil=True)
def _sift_up(work: Work, at: int, key: int, item: int) -> None:
    while at > 0:
        parent = (at - 1) >> 1
        if work.key[parent] <= key:
            break
        work.key[at] = work.key[parent]
        work.item[at] = work.item[parent]
        work.place[work.item[at]] = at
        at = parent
    work.key[at] = key
    work.item[at] = item
    work.place[item] = at


@njit(cache=True, nogil=True)
def _pop(work: Work, size: int) -> int:
    """Remove the least entry of a heap of `size`; the caller has read it."""
    size -= 1
    work.place[work.item[0]] = -1
    if size == 0:
        return size
    key, item, at = work.key[size], work.item[size], 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and work.key[child + 1] < work.key[child]:
            child += 1
        if work.key[child] >= key:
            break
        work.key[at] = work.key[child]
        work.item[at] = work.item[child]
        work.place[work.item[at]] = at
        at = child
    work.key[at] = key
    work.item[at] = item
    work.place[item] = at
    return size


@njit(cache=True, nogil=True)
def _scan(arcs: Arcs, state: State, work: Work, row: int, offset: Any, own: Any, uncovered: int, found: Any) -> Any:
    """Relax the candidates of a row; `found` is (best end, its official, touched, heap size) before and after."""
    best, end, touched, size = found
    least = NONE
    for arc in range(arcs.start[row], arcs.stop[row]):
        j = arcs.official[arc]
        reduced = arcs.cost[arc] - state.price[j]
        if j != own and reduced < least:
            least = reduced
        d = offset + reduced
        if d >= best or d >= work.dist[j]:
            continue
        if work.dist[j] == NONE:
            work.touched[touched] = j
            touched += 1
        work.dist[j] = d
        work.via[j] = row
        work.via_cost[j] = arcs.cost[arc]
        load = state.load[j]
        total = d + state.price[j] + (state.convexity[j] * state.step[load] if load > 0 else -uncovered)
        if total < best:
            best, end = total, j
        if load > 0:
            at = work.place[j]
            if at < 0:
                at = size
                size += 1
            _sift_up(work, at, d, j)
    state.bound[row] = least
    return best, end, touched, size


@njit(cache=True, nogil=True)
def _search(arcs: Arcs, state: State, work: Work, row: int, uncovered: int) -> Any:
    """Cheapest chain of moves that seats `row`: its length, the official who gains a row, how many were touched."""
    least = NONE
    for arc in range(arcs.start[row], arcs.stop[row]):
        reduced = arcs.cost[arc] - state.price[arcs.official[arc]]
        if reduced < least:
            least = reduced
    found = _scan(arcs, state, work, row, -least, -1, uncovered, (NONE, np.int32(-1), 0, 0))
    best, end, touched, size = found
    while size > 0 and work.key[0] < best:
        base, own = work.key[0], work.item[0]
        size = _pop(work, size)
        member = state.head[own]
        while member >= 0:
            offset = base + state.price[own] - state.lead_cost[member]
            if offset + state.bound[member] < best:
                best, end, touched, size = _scan(
                    arcs, state, work, member, offset, own, uncovered, (best, end, touched, size)
                )
            member = state.after[member]
    for at in range(size):
        work.place[work.item[at]] = -1
    return best, end, touched


@njit(cache=True, nogil=True)
def _lower_prices(state: State, work: Work, best: int, touched: int) -> None:
    for at in range(touched):
        j = work.touched[at]
        if work.dist[j] < best:
            state.price[j] += work.dist[j] - best
        work.dist[j] = NONE


@njit(cache=True, nogil=True)
def _unlink(state: State, row: int, own: int) -> None:
    before, after = state.before[row], state.after[row]
    if before >= 0:
        state.after[before] = after
    else:
        state.head[own] = after
    if after >= 0:
        state.before[after] = before


@njit(cache=True, nogil=True)
def _move_along(state: State, work: Work, row: int, end: int) -> None:
    """Carry out the chain found: everyone on it hands over one row, the last one gains."""
    state.load[end] += 1
    own = end
    while True:
        moved = work.via[own]
        previous = state.lead[moved]
        if previous >= 0:
            _unlink(state, moved, previous)
        first = state.head[own]
        state.after[moved], state.before[moved] = first, -1
        if first >= 0:
            state.before[first] = moved
        state.head[own] = moved
        state.lead[moved] = own
        state.lead_cost[moved] = work.via_cost[own]
        state.bound[moved] = -NONE
        if moved == row:
            return
        own = previous


@njit(cache=True, nogil=True)
def place_rows(order: Any, arcs: Arcs, state: State, uncovered: int) -> None:
    """Place the rows of `order` one by one into `state`, which stays optimal for all rows placed so far.

    Each row needs at least one candidate. Blocks whose rows share no official may run in threads on one state.
    """
    officials = state.price.shape[0]
    work = Work(
        np.full(officials, NONE, np.int64),
        np.empty(officials, np.int32),
        np.empty(officials, np.int64),
        np.empty(officials, np.int32),
        np.empty(officials, np.int64),
        np.empty(officials, np.int32),
        np.full(officials, -1, np.int32),
    )
    for row in order:
        best, end, touched = _search(arcs, state, work, row, uncovered)
        _lower_prices(state, work, best, touched)
        _move_along(state, work, row, end)
