"""Explanations keep their promise, new enterprises move nobody, risk-weighted loads report an honest gap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anwang.domain.allocation.city import SIZES, Enterprises, Instance, Posts
from anwang.domain.allocation.explain import Explainer, explain
from anwang.domain.allocation.insert import insert
from anwang.domain.allocation.propose import BadInstance, propose
from anwang.domain.allocation.rules import GRADES
from tests.domain.allocation.cases import (
    CITY,
    RISK,
    RULES,
    WEIGHTS,
    convexities,
    cost_of,
    every_plan,
    pair_costs,
    random_instance,
    scope,
    weights,
)

VILLAGE = CITY + SIZES[1] + SIZES[2] + 1


@pytest.mark.slow
def test_a_change_costs_at_least_what_the_explanation_promises() -> None:
    near = 0
    for seed in range(25):
        instance = random_instance(seed, 25, 18)
        plan = propose(instance, RULES, WEIGHTS, seed=seed)
        explainer = Explainer(plan, RULES, WEIGHTS)
        for e in np.flatnonzero(plan.lead >= 0)[:6]:
            told = explainer.explain(int(e))
            near += told.near_tie
            for other in told.next_best:
                forced = propose(instance, RULES, WEIGHTS, pins=[(int(e), other.official)])
                assert other.at_least is not None
                assert other.alone is not None
                if forced.uncovered == plan.uncovered:
                    assert forced.objective - plan.objective >= other.at_least
                    assert other.alone >= forced.objective - plan.objective
    assert near > 0


@pytest.mark.slow
def test_the_parts_of_a_cost_add_up_to_the_cost() -> None:
    for seed in range(40):
        instance = random_instance(seed, 30, 20)
        wanted = weights(rotation=70)
        plan = propose(instance, RULES, wanted, seed=seed)
        explainer = Explainer(plan, RULES, wanted)
        rows = pair_costs(instance, wanted)
        for e, row in enumerate(rows):
            told = explainer.explain(e, k=50)
            assert told.candidates == len(row)
            for candidate in (told.lead, *told.next_best) if told.lead else ():
                assert candidate is not None
                assert candidate.total - candidate.parts["load"] == row[candidate.official]


def _two_in_a_village(apart: float) -> Instance:
    enterprises = Enterprises.of([VILLAGE] * 2, [3, 3], [2, 2], industry=[4, 4], xy=[[0, 0], [apart, 0]])
    return Instance.of(enterprises, Posts.of([0, 1], [3, 3], [VILLAGE] * 2, xy=[[0, 0], [apart, 0]]), 2)


def test_the_nearer_official_is_explained_by_distance() -> None:
    instance = _two_in_a_village(30.0)
    plan = propose(instance, RULES, WEIGHTS)
    told = explain(plan, RULES, WEIGHTS, 0)
    assert told.lead is not None
    assert told.lead.official == 0
    assert told.lead.rule == "low"
    assert "distance" in told.decisive
    assert not told.near_tie
    assert told.next_best[0].alone == 300 + 40 + 2000


def test_equal_candidates_are_called_a_near_tie() -> None:
    instance = _two_in_a_village(0.3)
    assert explain(propose(instance, RULES, WEIGHTS), RULES, WEIGHTS, 0).near_tie


def test_notes_tell_pins_forbids_and_the_incumbent() -> None:
    instance = Instance.of(
        Enterprises.of([VILLAGE] * 3, [3] * 3, [2] * 3, incumbent=[1, 1, -1]),
        Posts.of([0, 1, 2], [3, 3, 0], [VILLAGE, VILLAGE, CITY]),
        3,
    )
    pins, forbids = [(0, 2)], [(1, 0)]
    plan = propose(instance, RULES, WEIGHTS, pins=pins, forbids=forbids)
    explainer = Explainer(plan, RULES, WEIGHTS, pins=pins, forbids=forbids)
    assert explainer.explain(0).notes == ("pinned", "pinned_past_rules", "new_lead")
    told = explainer.explain(1)
    assert told.notes == ("kept_incumbent", "only_candidate")
    assert told.forbidden == 1
    assert told.candidates == 1


def test_an_enterprise_without_a_lead_has_no_explanation_but_a_reason() -> None:
    instance = Instance.of(Enterprises.of([VILLAGE], [3], [2]), Posts.of([0], [1], [CITY + SIZES[1]]), 1)
    plan = propose(instance, RULES, WEIGHTS)
    told = explain(plan, RULES, WEIGHTS, 0)
    assert told.lead is None
    assert told.next_best == ()


@pytest.mark.slow
def test_new_enterprises_move_nobody_and_planning_anew_saves_no_more_than_said() -> None:
    better = 0
    for seed in range(30):
        whole = random_instance(seed, 40, 20)
        e = whole.enterprises

        def part(rows: slice, e: Enterprises = e, whole: Instance = whole) -> Instance:
            some = Enterprises.of(
                e.place[rows], e.grade[rows], e.managing[rows], industry=e.industry[rows], xy=e.xy[rows]
            )
            return Instance.of(some, whole.posts, whole.officials)

        old = propose(part(slice(0, 34)), RULES, WEIGHTS)
        new = insert(
            part(slice(34, 40)),
            RULES,
            WEIGHTS,
            load=old.load,
            price=old.price,
            uncovered_price=old.uncovered_price,
        )
        anew = propose(part(slice(0, 40)), RULES, WEIGHTS)
        assert new.load.sum() == old.load.sum() + np.count_nonzero(new.lead >= 0)
        assert sorted(left.number + 34 for left in new.without_lead) == [
            left.number for left in anew.without_lead if left.number >= 34
        ]
        if old.uncovered_price == anew.uncovered_price == WEIGHTS.uncovered:
            rows = pair_costs(part(slice(0, 40)), WEIGHTS)
            together = [*old.lead.tolist(), *new.lead.tolist()]
            cost = _plan_cost(together, rows, part(slice(0, 40)))
            saving = int(new.saving_at_most[new.lead >= 0].sum())
            assert 0 <= cost - anew.objective <= saving
            better += cost > anew.objective
    assert better > 0


def _plan_cost(leads: list[int], rows: list[dict[int, int]], instance: Instance) -> int:
    return cost_of(leads, rows, convexities(instance, WEIGHTS), WEIGHTS.uncovered)


def test_inserting_refuses_bad_input_too() -> None:
    bad = Instance.of(Enterprises.of([VILLAGE], [9], [2]), Posts.of([0], [3], [VILLAGE]), 1)
    zeros = np.zeros(1, np.int64)
    with pytest.raises(BadInstance):
        insert(bad, RULES, WEIGHTS, load=zeros, price=zeros, uncovered_price=0)


def _risk_cost(leads: tuple[int, ...], rows: list[dict[int, int]], instance: Instance) -> float:
    convexity = convexities(instance, WEIGHTS)
    load = dict.fromkeys(convexity, 0)
    total = 0.0
    for e, lead in enumerate(leads):
        if lead >= 0:
            total += rows[e][lead]
            load[lead] += RISK[GRADES[int(instance.enterprises.grade[e])]]
    for official, w in load.items():
        total += WEIGHTS.uncovered if w == 0 else convexity[official] * max(0, w * (w - 100)) / 20000
    return total


@pytest.mark.slow
def test_risk_weighted_loads_report_a_bound_below_the_true_optimum() -> None:
    tried, exact = 0, 0
    for seed in range(100):
        instance = random_instance(seed, 7, 5)
        rows = pair_costs(instance, WEIGHTS)
        if not any(rows) or np.prod([max(1, len(row)) for row in rows]) > 400:
            continue
        plan = propose(instance, RULES, WEIGHTS, load="risk", seed=seed)
        if plan.uncovered_price != WEIGHTS.uncovered:
            continue
        plans = [leads for leads in every_plan(rows) if len(set(leads) - {-1}) == plan.officials - plan.uncovered]
        best = min(_risk_cost(leads, rows, instance) for leads in plans)
        reached = _risk_cost(tuple(plan.lead.tolist()), rows, instance)
        assert plan.lower_bound <= best + 1e-6 <= plan.objective + 1
        assert plan.objective == int(np.ceil(reached - 1e-9))
        tried, exact = tried + 1, exact + (reached <= best + 1e-6)
    assert tried > 40
    assert exact >= 0.9 * tried


def test_risk_weighted_loads_even_out_the_danger_not_the_number() -> None:
    county = CITY + SIZES[1]
    instance = Instance.of(
        Enterprises.of([county] * 4, [0, 1, 1, 1], [1] * 4), Posts.of([0, 1], [1, 1], [county] * 2), 2
    )
    plan = propose(instance, RULES, WEIGHTS, load="risk")
    again = propose(instance, RULES, WEIGHTS, load="risk")
    assert plan.lead.tolist() == again.lead.tolist()
    alone = [int(np.bincount(plan.lead, np.array([300, 200, 200, 200]))[o]) for o in (0, 1)]
    assert sorted(alone) == [400, 500]
    assert plan.lower_bound <= plan.objective


def test_risk_weights_are_needed_for_risk_loads_only() -> None:
    bare = replace(WEIGHTS, risk_weight=None)
    instance = _two_in_a_village(1.0)
    assert propose(instance, RULES, bare).gap == 0
    with pytest.raises(ValueError, match="risk_weight"):
        propose(instance, RULES, bare, load="risk")


@pytest.mark.slow
def test_weighing_risk_leaves_as_few_uncovered_as_counting() -> None:
    for seed in range(20):
        instance = random_instance(seed, 30, 25)
        plain, risky = (propose(instance, RULES, WEIGHTS, load=load) for load in ("unit", "risk"))
        assert risky.uncovered == plain.uncovered
        assert risky.officials == len(scope(instance))
