"""The exact solution of the lead supervisors: blocks in threads, then what couples them, proven on every run."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anwang.domain.allocation.certificate import (
    Certificate,
    CertificateError,
    certify,
    coverage_is_largest,
    require,
)
from anwang.domain.allocation.city import SIZES, Ints
from anwang.domain.allocation.kernel import Arcs, State, empty_state, place_rows

_LARGEST_PRICE = 1 << 44
_BLOCK_SIZES = (SIZES[1], SIZES[0], 10**12)


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """`certificate` counts every uncovered official at `uncovered`, which is the policy's price or, where that left
    more officials uncovered than must be, a higher one."""

    state: State
    certificate: Certificate
    uncovered: int


def solve(
    arcs: Arcs, stage: npt.NDArray[np.int8], place: Ints, convexity: Ints, uncovered: int, seed: int, pool: Executor
) -> Solution:
    """The least cost among the solutions that leave the fewest officials uncovered.

    stage[r]: 0 when all candidates of row r stay in its county, 1 in its city, 2 beyond. Raises CertificateError when
    the result is not proven, which would be a defect of this program.
    """
    blocks = blocks_of(arcs, stage, place, seed)
    price = uncovered
    while price <= _LARGEST_PRICE:
        state = empty_state(len(place), convexity, price)
        place_blocks(blocks, arcs, state, price, pool)
        proof = pool.submit(certify, arcs, state, price)
        largest = coverage_is_largest(arcs, np.ascontiguousarray(state.lead), np.ascontiguousarray(state.load))
        certificate = require(proof.result())
        if largest:
            return Solution(state, certificate, price)
        price = max(1, price) * 16
    raise CertificateError("coverage is not the largest possible at any price")


def place_blocks(blocks: list[list[Ints]], arcs: Arcs, state: State, price: int, pool: Executor) -> None:
    """Fill an empty state, stage after stage, the blocks of a stage side by side."""
    for of_stage in blocks:
        list(pool.map(lambda rows: place_rows(rows, arcs, state, price), of_stage))


def blocks_of(arcs: Arcs, stage: npt.NDArray[np.int8], place: Ints, seed: int) -> list[list[Ints]]:
    """The rows that have candidates, by stage and block, in the order in which they are placed."""
    return [list(_blocks(arcs, stage, place, seed, at)) for at in range(len(_BLOCK_SIZES))]


def _blocks(arcs: Arcs, stage: npt.NDArray[np.int8], place: Ints, seed: int, at: int) -> Iterator[Ints]:
    """Rows of one stage by county, city or at once, the largest block first; in a block those with the fewest
    candidates first, and among equals in an order that the seed shuffles."""
    degree = arcs.stop - arcs.start
    rows = np.flatnonzero((stage == at) & (degree > 0))
    if not len(rows):
        return
    _, block = np.unique(place[rows] // _BLOCK_SIZES[at], return_inverse=True)
    key = (block.astype(np.int64) << 42) | (np.minimum(degree[rows], (1 << 20) - 1) << 22) | shuffle_keys(rows, seed)
    order = np.argsort(key, kind="stable")
    counts = np.bincount(block)
    weights = np.bincount(block, weights=degree[rows])
    parts = np.split(rows[order], np.cumsum(counts)[:-1])
    for number in np.argsort(-weights, kind="stable"):
        yield parts[number].astype(np.int64)


def shuffle_keys(rows: npt.NDArray[np.intp], seed: int) -> Ints:
    """22 well mixed bits for each row number; the same seed gives the same bits."""
    mixed = rows.astype(np.uint64) + np.uint64((seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % (1 << 64))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed >> np.uint64(42)).astype(np.int64)
