"""New enterprises without moving anyone: each goes to the candidate who costs least now, in microseconds."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from anwang.domain.allocation.city import Instance, Ints, Pairs, validate
from anwang.domain.allocation.eligible import arc_costs, eligible, serving_posts, wishes_of
from anwang.domain.allocation.kernel import Arcs
from anwang.domain.allocation.offices import field_of
from anwang.domain.allocation.proposal import Left
from anwang.domain.allocation.propose import BadInstance, convexity_of
from anwang.domain.allocation.reasons import check_wishes, without_lead
from anwang.domain.allocation.rules import LevelRule, Weights


@dataclass(frozen=True, slots=True, eq=False)
class Insertion:
    """Leads of the new enterprises with post and rule as in a proposal, and the loads afterwards.

    `saving_at_most[e]`: planning everything anew could be cheaper by no more than the sum of these; 0 means that
    inserting is as good as planning anew. -1 where there is no lead.
    """

    lead: npt.NDArray[np.int32]
    post: Ints
    rule: Ints
    cost: Ints
    load: Ints
    saving_at_most: Ints
    without_lead: tuple[Left, ...]


@njit(cache=True, nogil=True)
def _insert(arcs: Arcs, load: Any, price: Any, convexity: Any, uncovered: int, lead: Any, saving: Any) -> None:
    for row in range(lead.shape[0]):
        best, least = np.int64(1) << 60, np.int64(1) << 60
        for arc in range(arcs.start[row], arcs.stop[row]):
            j = arcs.official[arc]
            cost = arcs.cost[arc] + (convexity[j] * load[j] if load[j] > 0 else -uncovered)
            least = min(least, arcs.cost[arc] - price[j])
            if cost < best:
                best, lead[row] = cost, j
        if lead[row] >= 0:
            load[lead[row]] += 1
            saving[row] = best - least


def insert(
    instance: Instance,
    rules: Sequence[LevelRule],
    weights: Weights,
    *,
    load: Ints,
    price: Ints,
    uncovered_price: int,
    forbids: Pairs = (),
) -> Insertion:
    """Place the enterprises of `instance` (the new ones only) one after another upon the loads of a standing plan.

    load, price and uncovered_price are those of the proposal in force; its posts and officials must be the same.
    Raises BadInstance as `propose` does.
    """
    forbids = list(forbids)
    faults = validate(instance) or check_wishes(instance, [], forbids)
    if faults:
        raise BadInstance(faults)
    field, wishes = field_of(instance, rules, weights), wishes_of(instance, (), forbids, False)
    n = instance.enterprises.count
    with ThreadPoolExecutor(1) as pool:
        arcs, _ = eligible(field, wishes, np.arange(n), pool, 1)
    lead, saving, loads = np.full(n, -1, np.int32), np.full(n, -1, np.int64), load.astype(np.int64)
    _insert(arcs, loads, price, convexity_of(instance, weights), uncovered_price, lead, saving)
    post, rule = serving_posts(field, lead)
    return Insertion(
        lead, post, rule, arc_costs(arcs, lead), loads, saving, without_lead(instance, field, wishes, lead)
    )
