"""For every enterprise of a proposal at once: what the pair costs in parts, and who would be the next best.

The same figures as `explain.Explainer` gives for one enterprise, for thousands in milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from anwang.domain.allocation.city import Instance, Ints, Pairs
from anwang.domain.allocation.eligible import Wishes, banned, look_at, pair_cost, wishes_of
from anwang.domain.allocation.explain import NEAR
from anwang.domain.allocation.kernel import NONE
from anwang.domain.allocation.offices import Field, field_of
from anwang.domain.allocation.proposal import Proposal
from anwang.domain.allocation.rules import MAX_KM, LevelRule, Weights


@dataclass(frozen=True, slots=True, eq=False)
class RunnersUp:
    """By enterprise: `official`, `post` and `rule` of the next best candidate (-1: there is none), `at_least` what no
    plan that takes them instead can save itself (cost units), `near_tie`: the difference is too small to be a reason.

    `lead_parts` and `parts` name what the lead's and the next best one's pair costs (distance, expertise, surcharge,
    stability, rotation, load); they are 0 where there is nobody.
    """

    official: Ints
    post: Ints
    rule: Ints
    at_least: Ints
    near_tie: npt.NDArray[np.bool_]
    lead_parts: dict[str, Ints]
    parts: dict[str, Ints]


@njit(cache=True, nogil=True)
def _search(field: Field, wishes: Wishes, lead: Any, price: Any, found: Any) -> None:
    """Fill found[:, e] with official, post, rule and cost-minus-price of the best candidate other than the lead."""
    for e in range(lead.shape[0]):
        look, kind, best = look_at(field, e), field.kind[e], NONE
        for at in range(field.rules.fits[kind]):
            office = field.office[e, field.rules.level[kind, at]]
            if office < 0:
                continue
            for entry in range(field.offices.first[office], field.offices.first[office + 1]):
                official = field.offices.official[entry]
                if official == lead[e] or banned(wishes, e, official):
                    continue
                xy = field.offices.xy[entry]
                own = pair_cost(look, field.prices, official, field.offices.expertise[entry], xy[0], xy[1])
                total = field.rules.surcharge[kind, at] + own - price[official]
                if total < best or (total == best and official < found[0, e]):
                    best = total
                    found[0, e], found[1, e] = official, field.offices.post[entry]
                    found[2, e], found[3, e] = field.rules.rule[kind, at], total


def runners_up(
    proposal: Proposal,
    rules: Sequence[LevelRule],
    weights: Weights,
    *,
    forbids: Pairs = (),
    near: int = NEAR,
) -> RunnersUp:
    """The next best of every enterprise. Pins are set aside, so that what they cost shows; conflicts are kept."""
    instance = proposal.instance
    field, wishes = field_of(instance, rules, weights), wishes_of(instance, (), forbids, False)
    found = np.full((4, instance.enterprises.count), -1, np.int64)
    _search(field, wishes, proposal.lead, proposal.price, found)
    official, post, rule, total = found
    lead = proposal.lead.astype(np.int64)
    mine = proposal.cost - np.where(lead >= 0, proposal.price[lead], 0)
    both = (lead >= 0) & (official >= 0)
    ahead = np.where(both, total - mine, -1)
    return RunnersUp(
        official, post, rule, np.where(both, np.maximum(0, ahead), -1), both & (ahead >= 0) & (ahead < near),
        _parts(proposal, rules, weights, lead, proposal.post, proposal.rule),
        _parts(proposal, rules, weights, official, post, rule),
    )  # fmt: skip


def _parts(
    proposal: Proposal, rules: Sequence[LevelRule], weights: Weights, official: Ints, post: Ints, rule: Ints
) -> dict[str, Ints]:
    instance, there = proposal.instance, official >= 0
    e, p, surcharges = instance.enterprises, instance.posts, [*(rule.surcharge for rule in rules), 0]
    known = (e.industry < 0) | ((p.expertise[post] >> np.maximum(e.industry, 0)) & 1 == 1)
    other = (e.incumbent >= 0) & (e.incumbent != official)
    staying = (e.incumbent >= 0) & (e.incumbent == official) & e.rotate
    parts = {
        "distance": _distances(instance, post, weights),
        "expertise": np.where(known, 0, weights.expertise_miss),
        "surcharge": np.array(surcharges, np.int64)[rule],
        "stability": np.where(other, weights.stability, 0),
        "rotation": np.where(staying, weights.rotation, 0),
        "load": -proposal.price[official],
    }
    return {name: np.where(there, values, 0).astype(np.int64) for name, values in parts.items()}


def _distances(instance: Instance, post: Ints, weights: Weights) -> Ints:
    here, there = instance.enterprises.xy, instance.posts.xy[post]
    km = np.minimum(np.hypot(here[:, 0] - there[:, 0], here[:, 1] - there[:, 1]), MAX_KM)
    cost = np.floor(np.nan_to_num(km) * weights.distance_per_km + 0.5).astype(np.int64)
    cost[np.isnan(there[:, 0])] = weights.unknown_distance_km * weights.distance_per_km
    cost[np.isnan(here[:, 0])] = 0
    return cost
