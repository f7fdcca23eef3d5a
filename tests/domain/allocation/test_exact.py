"""The engine against OR-Tools, against brute force, against its own certificate."""

from __future__ import annotations

import numpy as np
import pytest

from anwang.domain.allocation.certificate import CertificateError, certify, require
from anwang.domain.allocation.city import Enterprises, Instance, Posts
from anwang.domain.allocation.kernel import Arcs, State, empty_state, place_rows
from anwang.domain.allocation.propose import propose
from tests.domain.allocation.cases import (
    CITY,
    RULES,
    WEIGHTS,
    convexities,
    cost_of,
    every_plan,
    flow_optimum,
    largest_matching,
    pair_costs,
    random_instance,
    scope,
    weights,
)


def _wishes(seed: int, rows: list[dict[int, int]]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    r = np.random.default_rng(seed)
    open_rows = [e for e, row in enumerate(rows) if row]
    chosen = [e for e in open_rows if r.random() < 0.3]
    pins = [(e, int(r.choice(list(rows[e])))) for e in chosen[::2]]
    return pins, [(e, int(r.choice(list(rows[e])))) for e in chosen[1::2]]


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_the_objective_equals_that_of_or_tools_on_hundreds_of_random_cities(block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        r = np.random.default_rng(seed)
        instance = random_instance(seed, int(r.integers(1, 60)), int(r.integers(1, 40)))
        wanted = weights(int(r.choice([0, 30, 2000])), int(r.integers(0, 100)), int(r.integers(0, 90)))
        pins, forbids = _wishes(seed, pair_costs(instance, wanted)) if seed % 2 else ([], [])
        keep = seed % 5 == 0
        plan = propose(instance, RULES, wanted, pins=pins, forbids=forbids, keep=keep, seed=seed, threads=1)
        rows = pair_costs(instance, wanted, pins=pins, forbids=forbids, keep=keep)
        convexity = convexities(instance, wanted)
        assert plan.gap == 0
        assert plan.objective == cost_of(plan.lead, rows, convexity, wanted.uncovered)
        best = flow_optimum(rows, convexity, plan.uncovered_price)
        assert plan.objective + (plan.uncovered_price - wanted.uncovered) * plan.uncovered == best
        assert plan.uncovered == len(scope(instance)) - largest_matching(rows)
        assert plan.pairs == sum(map(len, rows))


@pytest.mark.slow
def test_tiny_cities_agree_with_trying_every_plan() -> None:
    tried = 0
    for seed in range(160):
        instance = random_instance(seed, 6, 5)
        rows, convexity = pair_costs(instance, WEIGHTS), convexities(instance, WEIGHTS)
        if len(rows) == 6 and np.prod([max(1, len(row)) for row in rows]) < 2000:
            plan = propose(instance, RULES, WEIGHTS, threads=1)
            fewest = min(len(convexity) - len({o for o in leads if o >= 0}) for leads in every_plan(rows))
            best = min(
                cost_of(leads, rows, convexity, WEIGHTS.uncovered)
                for leads in every_plan(rows)
                if len(convexity) - len({o for o in leads if o >= 0}) == fewest
            )
            assert (plan.uncovered, plan.objective) == (fewest, best)
            tried += 1
    assert tried > 100


def test_a_price_that_would_leave_someone_out_is_raised_until_the_fewest_are_left_out() -> None:
    """Two officials of one village, the second a hundred kilometres away: cheap to leave out, and not left out."""
    village = CITY + 1_001_001
    instance = Instance.of(
        Enterprises.of([village] * 2, [3, 3], [2, 2], xy=[[0, 0], [0, 0]]),
        Posts.of([0, 1], [3, 3], [village] * 2, xy=[[0, 0], [100, 0]]),
        2,
    )
    plan = propose(instance, RULES, weights(uncovered=1))
    assert plan.load.tolist() == [1, 1]
    assert plan.uncovered_price > 1000
    assert plan.gap == 0
    assert plan.objective == 1000


def _solved() -> tuple[Arcs, State]:
    r = np.random.default_rng(5)
    start = np.arange(40, dtype=np.int64) * 6
    officials = np.concatenate([r.permutation(12)[:6] for _ in range(40)]).astype(np.int32)
    arcs = Arcs(start, start + 6, officials, r.integers(0, 500, 240).astype(np.int32))
    state = empty_state(40, np.full(12, 60, np.int64), 2000)
    place_rows(np.arange(40), arcs, state, 2000)
    return arcs, state


def test_the_certificate_holds_for_the_solver_and_for_nothing_else() -> None:
    arcs, state = _solved()
    assert certify(arcs, state, 2000).holds
    for row in range(40):
        own, other = state.lead[row], next(o for o in arcs.official[row * 6 : row * 6 + 6] if o != state.lead[row])
        state.lead[row] = other
        state.load[own] -= 1
        state.load[other] += 1
        proof = certify(arcs, state, 2000)
        arc = {int(arcs.official[a]): int(arcs.cost[a]) for a in range(row * 6, row * 6 + 6)}
        dearer = arc[int(other)] - arc[int(own)] + 60 * (int(state.load[other]) - 1 - int(state.load[own]))
        assert proof.objective - proof.lower_bound == dearer
        assert proof.holds == (dearer == 0)
        state.lead[row] = own
        state.load[own] += 1
        state.load[other] -= 1
    assert certify(arcs, state, 2000).holds


def test_a_tampered_solution_is_refused() -> None:
    arcs, state = _solved()
    state.price[3] -= 4000
    with pytest.raises(CertificateError):
        require(certify(arcs, state, 2000))
    arcs, state = _solved()
    state.load[0] += 1
    assert certify(arcs, state, 2000).miscounted == 1
    arcs, state = _solved()
    state.lead[7] = -1
    assert certify(arcs, state, 2000).misplaced == 1
    arcs, state = _solved()
    stranger = next(o for o in range(12) if o not in arcs.official[42:48])
    state.lead[7] = stranger
    assert not certify(arcs, state, 2000).holds


def test_prices_alone_bound_every_plan_from_below() -> None:
    arcs, state = _solved()
    best = certify(arcs, state, 2000).objective
    r = np.random.default_rng(1)
    for _ in range(50):
        state.price[:] = r.integers(-3000, 3000, 12)
        assert certify(arcs, state, 2000).lower_bound <= best


def test_many_threads_and_one_give_the_same_plan() -> None:
    instance = random_instance(11, 300, 120)
    one, four = (propose(instance, RULES, WEIGHTS, seed=3, threads=n) for n in (1, 4))
    assert one.lead.tolist() == four.lead.tolist()
    assert one.joint_enterprise.tolist() == four.joint_enterprise.tolist()


def test_a_seed_repeats_its_plan_and_another_one_may_choose_another_of_equal_cost() -> None:
    village = CITY + 1_001_001
    instance = Instance.of(
        Enterprises.of([village] * 8, [3] * 8, [2] * 8), Posts.of(range(4), [3] * 4, [village] * 4), 4
    )
    plans = {seed: propose(instance, RULES, WEIGHTS, seed=seed) for seed in (*range(8), 0)}
    again = propose(instance, RULES, WEIGHTS, seed=0)
    assert plans[0].lead.tolist() == again.lead.tolist()
    assert len({tuple(plan.lead.tolist()) for plan in plans.values()}) > 1
    assert len({plan.objective for plan in plans.values()}) == 1


def test_three_hundred_enterprises_of_one_official_are_no_trouble() -> None:
    village = CITY + 1_001_001
    instance = Instance.of(Enterprises.of([village] * 300, [3] * 300, [2] * 300), Posts.of([0], [3], [village]), 1)
    plan = propose(instance, RULES, WEIGHTS)
    assert plan.load.tolist() == [300]
    assert plan.objective == 40 * 300 * 299 // 2
