"""Successive shortest paths with prices for the semi-assignment with convex loads, compiled.

Every row (an enterprise) takes exactly one of its candidates (officials). The k-th row of a candidate costs
convexity * step[k-1], the steps never falling, and a candidate with no row at all costs `uncovered`. Rows are placed
one after another, each along a cheapest chain of moves found by Dijkstra on reduced costs (cost minus price), so the
placed part is optimal at every moment: a county can be solved alone and the rest added to it.

Prices only fall, so reduced costs only rise: what was once too dear for a row stays too dear. Each row therefore keeps
its few nearest candidates and what all others cost at least, and seldom looks at the others again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

NONE = np.int64(1) << 60
NEAR = 16

OFFICIAL = np.dtype(
    [
        ("price", np.int64),
        ("load", np.int64),
        ("convexity", np.int64),
        ("dist", np.int64),
        ("via_cost", np.int64),
        ("via", np.int32),
        ("place", np.int32),
        ("head", np.int32),
        ("spare", np.int32),  # keeps the 64-bit fields aligned
    ]
)
"""All of an official in one place: price, load and the first row of their list; the rest is scratch of a search, with
`place` the position in the heap (-1 outside)."""

ROW = np.dtype(
    [
        ("lead_cost", np.int64),
        ("bound", np.int64),
        ("rest", np.int64),
        ("lead", np.int32),
        ("after", np.int32),
        ("before", np.int32),
        ("known", np.int32),
    ]
)
"""A row, its lead and its neighbours in the lead's list. `bound` never exceeds the least reduced cost among officials
other than the lead, `rest` the least among those that are not near; `known` are near."""


HEAP = np.dtype([("key", np.int64), ("item", np.int32), ("touched", np.int32)])
"""Officials by distance, each at most once, so it can never overflow; and those a search has touched."""

CANDIDATE = np.dtype([("least", np.int64), ("official", np.int32), ("cost", np.int32)])
"""A near candidate, with a reduced cost that it cannot fall below."""


class Arcs(NamedTuple):
    """Eligible pairs: row r owns the entries start[r] … stop[r]-1 of `official` (int32) and `cost` (int32)."""

    start: npt.NDArray[np.int64]
    stop: npt.NDArray[np.int64]
    official: npt.NDArray[np.int32]
    cost: npt.NDArray[np.int32]


class Tables(NamedTuple):
    """What the compiled code works on. near[r] are the candidates that were nearest when last looked at, in order;
    step[0] is 0."""

    rows: Any
    officials: Any
    near: Any
    step: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A partial solution; the properties are views into its tables."""

    tables: Tables

    @property
    def lead(self) -> npt.NDArray[np.int32]:
        """The official of every row, -1 for none."""
        view: npt.NDArray[np.int32] = self.tables.rows["lead"]
        return view

    @property
    def load(self) -> npt.NDArray[np.int64]:
        """Rows of every official."""
        view: npt.NDArray[np.int64] = self.tables.officials["load"]
        return view

    @property
    def price(self) -> npt.NDArray[np.int64]:
        """What one more row is worth at every official."""
        view: npt.NDArray[np.int64] = self.tables.officials["price"]
        return view

    @property
    def convexity(self) -> npt.NDArray[np.int64]:
        view: npt.NDArray[np.int64] = self.tables.officials["convexity"]
        return view

    @property
    def step(self) -> npt.NDArray[np.int64]:
        return self.tables.step


def empty_state(
    rows: int, convexity: npt.NDArray[np.int64], uncovered: int, step: npt.NDArray[np.int64] | None = None
) -> State:
    """Nobody placed yet; every official is worth what covering them saves. Without steps the k-th row weighs k-1."""
    row, official = np.zeros(rows, ROW), np.zeros(len(convexity), OFFICIAL)
    for name in ("lead", "after", "before"):
        row[name] = -1
    row["bound"] = -NONE
    official["price"], official["convexity"], official["dist"] = uncovered, convexity, NONE
    official["place"] = official["head"] = -1
    near = np.zeros((rows, NEAR), CANDIDATE)
    return State(Tables(row, official, near, np.arange(rows + 1, dtype=np.int64) if step is None else step))


@njit(cache=True, nogil=True)
def _sift_up(officials: Any, heap: Any, at: int, key: int, item: int) -> None:
    while at > 0:
        parent = (at - 1) >> 1
        if heap[parent].key <= key:
            break
        heap[at].key = heap[parent].key
        heap[at].item = heap[parent].item
        officials[heap[at].item].place = at
        at = parent
    heap[at].key = key
    heap[at].item = item
    officials[item].place = at


@njit(cache=True, nogil=True)
def _pop(officials: Any, heap: Any, size: int) -> int:
    """Remove the least entry of a heap of `size`; the caller has read it."""
    size -= 1
    officials[heap[0].item].place = -1
    if size == 0:
        return size
    key, item, at = heap[size].key, heap[size].item, 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1].key < heap[child].key:
            child += 1
        if heap[child].key >= key:
            break
        heap[at].key = heap[child].key
        heap[at].item = heap[child].item
        officials[heap[at].item].place = at
        at = child
    heap[at].key = key
    heap[at].item = item
    officials[item].place = at
    return size


@njit(cache=True, nogil=True)
def _remember(arcs: Arcs, tables: Tables, row: int) -> Any:
    """Renew the nearest candidates of a row and what the others cost at least; returns the least reduced cost."""
    near = tables.near
    size, rest = 0, NONE
    for arc in range(arcs.start[row], arcs.stop[row]):
        reduced = arcs.cost[arc] - tables.officials[arcs.official[arc]].price
        if size == NEAR:
            if reduced >= near[row, NEAR - 1].least:
                rest = min(rest, reduced)
                continue
            rest = near[row, NEAR - 1].least
            size -= 1
        at = size
        while at > 0 and near[row, at - 1].least > reduced:
            near[row, at] = near[row, at - 1]
            at -= 1
        near[row, at].least = reduced
        near[row, at].official = arcs.official[arc]
        near[row, at].cost = arcs.cost[arc]
        size += 1
    tables.rows[row].rest = rest
    tables.rows[row].known = size
    return near[row, 0].least


@njit(cache=True, nogil=True)
def _reach(
    officials: Any, heap: Any, step: Any, uncovered: int, row: int, j: int, d: Any, cost: Any, found: Any
) -> Any:
    """Official j is reached from `row` more cheaply than before, at distance d. `found` is (best end, its official,
    touched, heap size) before and after."""
    best, end, touched, size = found
    if officials[j].dist == NONE:
        heap[touched].touched = j
        touched += 1
    officials[j].dist = d
    officials[j].via = row
    officials[j].via_cost = cost
    load = officials[j].load
    total = d + officials[j].price + (officials[j].convexity * step[load] if load > 0 else -uncovered)
    if total < best:
        best, end = total, j
    if load > 0:
        place = officials[j].place
        if place < 0:
            place = size
            size += 1
        _sift_up(officials, heap, place, d, j)
    return best, end, touched, size


@njit(cache=True, nogil=True)
def _widen(arcs: Arcs, tables: Tables, heap: Any, row: int, offset: Any, uncovered: int, found: Any) -> Any:
    """Relax all candidates of a row and choose its nearest anew."""
    officials = tables.officials
    for arc in range(arcs.start[row], arcs.stop[row]):
        j = arcs.official[arc]
        d = offset + arcs.cost[arc] - officials[j].price
        if d < found[0] and d < officials[j].dist:
            found = _reach(officials, heap, tables.step, uncovered, row, j, d, arcs.cost[arc], found)
    _remember(arcs, tables, row)
    return found


@njit(cache=True, nogil=True)
def _expand(arcs: Arcs, tables: Tables, heap: Any, row: int, own: Any, base: Any, uncovered: int, found: Any) -> Any:
    """Relax the candidates of `row` and of the rows after it in the list of `own`: of each the nearest, the others only
    where they can matter. A row that cannot matter at all is passed over."""
    best, end, touched, size = found
    rows, officials, near = tables.rows, tables.officials, tables.near
    while row >= 0:
        offset = base - rows[row].lead_cost
        if offset + rows[row].bound < best:
            least = rows[row].rest
            for at in range(rows[row].known):
                if offset + near[row, at].least >= best:
                    least = min(least, near[row, at].least)
                    break
                j, cost = near[row, at].official, near[row, at].cost
                reduced = cost - officials[j].price
                if j != own and reduced < least:
                    least = reduced
                d = offset + reduced
                if d < best and d < officials[j].dist:
                    best, end, touched, size = _reach(
                        officials, heap, tables.step, uncovered, row, j, d, cost, (best, end, touched, size)
                    )
            rows[row].bound = least
            if offset + rows[row].rest < best:
                best, end, touched, size = _widen(
                    arcs, tables, heap, row, offset, uncovered, (best, end, touched, size)
                )
        row = rows[row].after
    return best, end, touched, size


@njit(cache=True, nogil=True)
def _search(arcs: Arcs, tables: Tables, heap: Any, row: int, uncovered: int) -> Any:
    """Cheapest chain of moves that seats `row`: its length, the official who gains a row, how many were touched."""
    officials = tables.officials
    least = _remember(arcs, tables, row)
    none = (NONE, np.int32(-1), 0, 0)
    best, end, touched, size = _expand(arcs, tables, heap, row, np.int32(-1), -least, uncovered, none)
    while size > 0 and heap[0].key < best:
        base, own = heap[0].key + officials[heap[0].item].price, heap[0].item
        size = _pop(officials, heap, size)
        first = officials[own].head
        best, end, touched, size = _expand(arcs, tables, heap, first, own, base, uncovered, (best, end, touched, size))
    for at in range(size):
        tables.officials[heap[at].item].place = -1
    return best, end, touched


@njit(cache=True, nogil=True)
def _lower_prices(officials: Any, heap: Any, best: int, touched: int) -> None:
    for at in range(touched):
        j = heap[at].touched
        if officials[j].dist < best:
            officials[j].price += officials[j].dist - best
        officials[j].dist = NONE


@njit(cache=True, nogil=True)
def _unlink(tables: Tables, row: int, own: int) -> None:
    before, after = tables.rows[row].before, tables.rows[row].after
    if before >= 0:
        tables.rows[before].after = after
    else:
        tables.officials[own].head = after
    if after >= 0:
        tables.rows[after].before = before


@njit(cache=True, nogil=True)
def _move_along(tables: Tables, row: int, end: int) -> None:
    """Carry out the chain found: everyone on it hands over one row, the last one gains."""
    rows, officials = tables.rows, tables.officials
    officials[end].load += 1
    own = end
    while True:
        moved = officials[own].via
        previous = rows[moved].lead
        if previous >= 0:
            _unlink(tables, moved, previous)
        first = officials[own].head
        rows[moved].after = first
        rows[moved].before = -1
        if first >= 0:
            rows[first].before = moved
        officials[own].head = moved
        rows[moved].lead = own
        rows[moved].lead_cost = officials[own].via_cost
        rows[moved].bound = -NONE
        if moved == row:
            return
        own = previous


@njit(cache=True, nogil=True)
def _place(order: Any, arcs: Arcs, tables: Tables, uncovered: int) -> None:
    n = tables.officials.shape[0]
    heap = np.empty(n, HEAP)
    for row in order:
        best, end, touched = _search(arcs, tables, heap, row, uncovered)
        _lower_prices(tables.officials, heap, best, touched)
        _move_along(tables, row, end)


def place_rows(order: npt.NDArray[np.int64], arcs: Arcs, state: State, uncovered: int) -> None:
    """Place the rows of `order` one by one into `state`, which stays optimal for all rows placed so far.

    Each row needs at least one candidate. Blocks whose rows share no official may run in threads on one state.
    """
    _place(order, arcs, state.tables, uncovered)
