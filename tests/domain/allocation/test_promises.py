"""What holds for every plan, whatever the city."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.allocation.city import SIZES, Enterprises, Instance, Posts
from anwang.domain.allocation.proposal import REASONS, Proposal
from anwang.domain.allocation.propose import propose
from anwang.domain.allocation.rules import LevelRule
from anwang.domain.base import Grade, Level
from tests.domain.allocation.cases import CITY, RULES, WEIGHTS, covers, pair_costs, random_instance, scope, weights

COUNTY = CITY + SIZES[1]
TOWN = COUNTY + SIZES[2]
VILLAGE = TOWN + 1

cities = st.builds(random_instance, st.integers(0, 10**6), st.integers(0, 40), st.integers(0, 30))


def _check_territory(plan: Proposal) -> None:
    served = [(int(e), int(plan.post[e])) for e in np.flatnonzero(plan.lead >= 0)]
    joined = zip(plan.joint_enterprise.tolist(), plan.joint_post.tolist(), strict=True)
    for enterprise, post in [*served, *joined]:
        assert covers(plan.instance, post, enterprise)
        assert plan.instance.posts.in_scope[post]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(cities, st.integers(0, 100))
def test_every_coverable_enterprise_has_one_lead_and_every_official_something(instance: Instance, seed: int) -> None:
    plan = propose(instance, RULES, WEIGHTS, seed=seed, threads=1)
    rows = pair_costs(instance, WEIGHTS)
    assert [left.number for left in plan.without_lead] == [e for e, row in enumerate(rows) if not row]
    for e, row in enumerate(rows):
        assert (plan.lead[e] in row and plan.cost[e] == row[int(plan.lead[e])]) if row else plan.lead[e] == -1
    _check_territory(plan)
    leads = set(plan.lead.tolist()) - {-1}
    joint, without = plan.joint_official.tolist(), [left.number for left in plan.officials_without]
    assert sorted([*leads, *joint, *without]) == sorted(scope(instance))
    assert all(left.reason in REASONS for left in (*plan.without_lead, *plan.officials_without))
    for official in without:
        own = np.flatnonzero((instance.posts.official == official) & instance.posts.in_scope)
        assert not any(covers(instance, int(k), e) for k in own for e in range(instance.enterprises.count))
    assert plan.summary(seconds=0)["gap"] == 0


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(cities, st.data())
def test_pins_and_forbids_are_respected(instance: Instance, data: st.DataObject) -> None:
    rows = pair_costs(instance, WEIGHTS)
    pairs = [(e, o) for e, row in enumerate(rows) for o in row]
    chosen = data.draw(
        st.lists(st.sampled_from(pairs), max_size=12, unique_by=lambda pair: pair[0]) if pairs else st.just([])
    )
    pins, forbids = chosen[::2], chosen[1::2]
    plan = propose(instance, RULES, WEIGHTS, pins=pins, forbids=forbids, threads=1)
    assert all(plan.lead[e] == o for e, o in pins)
    joined = set(zip(plan.joint_enterprise.tolist(), plan.joint_official.tolist(), strict=True))
    assert all(plan.lead[e] != o and (e, o) not in joined for e, o in forbids)
    _check_territory(plan)
    again = propose(instance, RULES, WEIGHTS, pins=pins, forbids=forbids, threads=2)
    assert again.lead.tolist() == plan.lead.tolist()
    assert again.joint_enterprise.tolist() == plan.joint_enterprise.tolist()


def test_an_empty_city_has_an_empty_plan() -> None:
    plan = propose(Instance.of(Enterprises.of([], [], []), Posts.of([], [], []), 0), RULES, WEIGHTS)
    assert plan.summary(seconds=0.25) == {
        "enterprises": 0,
        "officials": 0,
        "pairs": 0,
        "objective": 0,
        "lower_bound": 0,
        "gap": 0.0,
        "seconds": 0.25,
        "without_lead": 0,
        "officials_without": 0,
        "joint": 0,
        "by_level": {"city": 0, "county": 0, "township": 0, "village": 0},
        "load": {"p50": 0, "p95": 0, "max": 0},
        "moved": 0,
    }


def test_officials_without_any_enterprise_in_the_city_are_named() -> None:
    plan = propose(Instance.of(Enterprises.of([], [], []), Posts.of([0], [1], [COUNTY]), 1), RULES, WEIGHTS)
    assert [(left.number, left.reason) for left in plan.officials_without] == [(0, "no_enterprise")]


def test_enterprises_without_any_official_are_named_with_the_reason() -> None:
    instance = Instance.of(
        Enterprises.of([VILLAGE, TOWN, 0, COUNTY, VILLAGE, VILLAGE], [3, 3, 3, 2, 0, 1], [2, 2, 2, 2, 1, 2]),
        Posts.of([0], [1], [COUNTY]),
        1,
    )
    rules = tuple(rule for rule in RULES if rule.code not in ("general-county", "county-managed"))
    plan = propose(instance, rules, WEIGHTS, forbids=[(5, 0)])
    assert [(left.number, left.reason) for left in plan.without_lead] == [
        (0, "no_official"),
        (1, "place_too_coarse"),
        (2, "place_unknown"),
        (3, "place_too_coarse"),
        (4, "no_rule"),
        (5, "all_forbidden"),
    ]


def test_a_place_known_only_to_the_township_is_led_from_the_township() -> None:
    instance = Instance.of(
        Enterprises.of([TOWN, VILLAGE], [3, 3], [2, 2]), Posts.of([0, 1], [2, 3], [TOWN, VILLAGE]), 2
    )
    assert propose(instance, RULES, WEIGHTS).lead.tolist() == [0, 1]


def test_an_official_of_two_counties_serves_each_in_the_right_post() -> None:
    far = CITY + 2 * SIZES[1] + SIZES[2] + 1
    instance = Instance.of(
        Enterprises.of([VILLAGE, far], [3, 3], [2, 2]), Posts.of([0, 0, 1], [3, 3, 3], [VILLAGE, far, VILLAGE]), 2
    )
    plan = propose(instance, RULES, WEIGHTS)
    assert plan.lead.tolist() == [1, 0]
    assert plan.post.tolist() == [2, 1]
    assert plan.candidates.tolist() == [2, 1]


def test_a_post_out_of_scope_makes_nobody_a_supervisor() -> None:
    posts = Posts.of([0, 1], [3, 3], [VILLAGE] * 2, in_scope=[True, False])
    plan = propose(Instance.of(Enterprises.of([VILLAGE] * 3, [3] * 3, [2] * 3), posts, 2), RULES, WEIGHTS)
    assert plan.load.tolist() == [3, 0]
    assert plan.officials == 1
    assert plan.uncovered == 0
    assert plan.objective == plan.lower_bound == 40 * 3


def test_joint_supervisors_spread_over_the_enterprises_of_the_village() -> None:
    instance = Instance.of(Enterprises.of([VILLAGE] * 2, [3, 3], [2, 2]), Posts.of(range(8), [3] * 8, [VILLAGE] * 8), 8)
    plan = propose(instance, RULES, WEIGHTS)
    assert plan.uncovered == 6
    assert sorted(plan.joint_enterprise.tolist()) == [0, 0, 0, 1, 1, 1]


def test_a_village_without_low_risk_firms_joins_at_another_firm_of_its_own() -> None:
    instance = Instance.of(
        Enterprises.of([VILLAGE, VILLAGE + 1], [1, 3], [2, 2]), Posts.of([0, 1], [1, 3], [COUNTY, VILLAGE]), 2
    )
    plan = propose(instance, RULES, WEIGHTS)
    assert plan.lead.tolist() == [0, -1]
    assert plan.joint_official.tolist() == [1]
    assert plan.joint_enterprise.tolist() == [0]


def test_a_joint_supervisor_stays_where_they_are() -> None:
    posts = Posts.of(range(3), [3] * 3, [VILLAGE] * 3)
    enterprises = Enterprises.of([VILLAGE] * 2, [3, 3], [2, 2], incumbent=[0, 1])
    for seat in (0, 1):
        plan = propose(Instance.of(enterprises, posts, 3, [-1, -1, seat]), RULES, WEIGHTS)
        assert plan.joint_enterprise.tolist() == [seat]


def test_a_village_conflict_leaves_the_only_firm_to_others_and_says_so() -> None:
    instance = Instance.of(Enterprises.of([VILLAGE], [3], [2]), Posts.of([0, 1], [3, 2], [VILLAGE, TOWN]), 2)
    plan = propose(instance, RULES, WEIGHTS, forbids=[(0, 0)])
    assert plan.lead.tolist() == [1]
    assert [(left.number, left.reason) for left in plan.officials_without] == [(0, "all_conflicted")]


def test_a_pin_may_pass_over_the_level_rules() -> None:
    instance = Instance.of(Enterprises.of([VILLAGE], [0], [0]), Posts.of([0, 1], [0, 3], [CITY, VILLAGE]), 2)
    plan = propose(instance, RULES, WEIGHTS, pins=[(0, 1)])
    assert plan.lead.tolist() == [1]
    assert plan.rule.tolist() == [-1]


def test_an_earlier_of_two_equal_rules_is_named() -> None:
    twice = (*RULES, LevelRule("again", frozenset({"local"}), frozenset({Grade.LOW}), Level.VILLAGE, 0, "二.2"))
    instance = Instance.of(Enterprises.of([VILLAGE], [3], [2]), Posts.of([0], [3], [VILLAGE]), 1)
    assert twice[propose(instance, twice, WEIGHTS).rule[0]].code == "low"


def test_dearer_changes_mean_fewer_changes_and_keeping_means_none_that_can_be_helped() -> None:
    instance = random_instance(4, 200, 90)
    free, dear = (propose(instance, RULES, weights(stability=cost)) for cost in (0, 400))
    kept = propose(instance, RULES, WEIGHTS, keep=True)
    assert free.moved > dear.moved >= dear.moved_forced
    assert kept.moved == kept.moved_forced == free.moved_forced
    assert kept.moved > 0


def test_a_plan_that_is_kept_does_not_move() -> None:
    instance = random_instance(8, 120, 60)
    first = propose(instance, RULES, weights(stability=0))
    e = instance.enterprises
    settled = Enterprises.of(e.place, e.grade, e.managing, industry=e.industry, xy=e.xy, incumbent=first.lead)
    again = propose(Instance.of(settled, instance.posts, instance.officials), RULES, weights(stability=1), seed=9)
    assert again.moved == 0


def test_someone_due_to_rotate_is_replaced_when_rotation_weighs_more_than_staying() -> None:
    enterprises = Enterprises.of([VILLAGE] * 2, [3, 3], [2, 2], incumbent=[0, 1], rotate=[True, True])
    instance = Instance.of(enterprises, Posts.of([0, 1], [3, 3], [VILLAGE] * 2), 2)
    assert propose(instance, RULES, weights(stability=50, rotation=0)).lead.tolist() == [0, 1]
    assert propose(instance, RULES, weights(stability=50, rotation=80)).lead.tolist() == [1, 0]
