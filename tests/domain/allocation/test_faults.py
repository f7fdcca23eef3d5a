"""Bad input has a name and rows; nothing crashes and nothing is let through."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from anwang.domain.allocation.city import SIZES, Enterprises, Instance, Posts, validate
from anwang.domain.allocation.propose import BadInstance, propose
from anwang.domain.allocation.rules import LevelRule, Weights
from anwang.domain.base import Grade, Level
from tests.domain.allocation.cases import CITY, RULES, WEIGHTS, rule, weights

COUNTY = CITY + SIZES[1]
TOWN = COUNTY + SIZES[2]
VILLAGE = TOWN + 1


def _instance(enterprise: dict[str, Any] | None = None, post: dict[str, Any] | None = None, **rest: Any) -> Instance:
    e: dict[str, Any] = {"place": [VILLAGE, VILLAGE], "grade": [3, 3], "managing": [2, 2], **(enterprise or {})}
    p: dict[str, Any] = {"official": [0, 1], "level": [3, 2], "unit": [VILLAGE, TOWN], **(post or {})}
    return Instance.of(Enterprises.of(**e), Posts.of(**p), rest.get("officials", 2), rest.get("joint"))


@pytest.mark.parametrize(
    ("code", "instance"),
    [
        ("lengths", _instance({"grade": [3]})),
        ("lengths", _instance(post={"unit": [VILLAGE]})),
        ("lengths", _instance(joint=[-1])),
        ("lengths", _instance({"xy": [[0, 0]]})),
        ("place_range", _instance({"place": [VILLAGE, 10**12]})),
        ("place_range", _instance({"place": [VILLAGE, -1]})),
        ("industry_range", _instance({"industry": [0, 62]})),
        ("grade_range", _instance({"grade": [3, 4]})),
        ("managing_range", _instance({"managing": [2, -1]})),
        ("enterprise_xy", _instance({"xy": [[0, 0], [np.nan, 0]]})),
        ("enterprise_xy", _instance({"xy": [[0, 0], [np.inf, 0]]})),
        ("incumbent_range", _instance({"incumbent": [0, 2]})),
        ("joint_range", _instance(joint=[0, 2])),
        ("post_official", _instance(post={"official": [0, 2]})),
        ("post_level", _instance(post={"level": [3, 4]})),
        ("post_unit", _instance(post={"unit": [VILLAGE, VILLAGE]})),
        ("post_unit", _instance(post={"unit": [VILLAGE, COUNTY]})),
        ("post_unit", _instance(post={"unit": [TOWN, TOWN]})),
        ("post_expertise", _instance(post={"expertise": [0, -1]})),
        ("post_xy", _instance(post={"xy": [[0, 0], [0, 2e5]]})),
    ],
)
def test_a_fault_is_named_and_refused(code: str, instance: Instance) -> None:
    faults = validate(instance)
    assert [fault.code for fault in faults] == [code]
    assert faults[0].rows in ((), (1,)) or code == "post_unit"
    assert "%" not in str(faults[0])
    with pytest.raises(BadInstance) as caught:
        propose(instance, RULES, WEIGHTS)
    assert caught.value.faults == faults
    assert caught.value.code == "allocation-input"


def test_several_faults_are_collected() -> None:
    faults = validate(_instance({"grade": [9, 9], "incumbent": [-2, 5]}, {"level": [7, 0]}))
    assert [(fault.code, fault.count) for fault in faults] == [
        ("grade_range", 2),
        ("incumbent_range", 2),
        ("post_level", 1),
        ("post_unit", 1),
    ]


@pytest.mark.parametrize(
    ("code", "pins", "forbids"),
    [
        ("pin_range", [(2, 0)], []),
        ("forbid_range", [], [(0, -1)]),
        ("pin_twice", [(0, 0), (0, 1)], []),
        ("pin_forbidden", [(0, 0)], [(0, 0)]),
        ("pin_outside", [(1, 0)], []),
    ],
)
def test_an_impossible_wish_is_named(code: str, pins: list[tuple[int, int]], forbids: list[tuple[int, int]]) -> None:
    instance = _instance({"place": [VILLAGE, TOWN + 2]})
    with pytest.raises(BadInstance) as caught:
        propose(instance, RULES, WEIGHTS, pins=pins, forbids=forbids)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_fractions_are_no_codes() -> None:
    with pytest.raises(TypeError):
        Enterprises.of([1.5], [3], [2])


@pytest.mark.parametrize(
    "change",
    [{"uncovered": -1}, {"uncovered": 10**9}, {"stability": 1.5}, {"distance_per_km": 10**6}, {"convexity": {}}],
)
def test_a_weight_out_of_bounds_is_refused(change: dict[str, Any]) -> None:
    given = {
        "uncovered": 2000,
        "convexity": WEIGHTS.convexity,
        "expertise_miss": 150,
        "distance_per_km": 10,
        "stability": 50,
    }
    with pytest.raises(ValueError, match=r"must be|needs exactly"):
        Weights(**{**given, **change})


def test_a_rule_of_unknown_managing_or_level_is_refused() -> None:
    with pytest.raises(ValueError, match="managing"):
        rule("x", "province", {Grade.LOW}, Level.CITY)
    with pytest.raises(ValueError, match="officials"):
        rule("x", "city", {Grade.LOW}, Level.ENTERPRISE)
    with pytest.raises(ValueError, match="grades"):
        LevelRule("x", frozenset({"city"}), frozenset(), Level.CITY, 0, "二.2")


def test_the_largest_weights_still_fit() -> None:
    """Costs at every limit at once, over the largest distance: no overflow, still proven."""
    most = Weights(
        uncovered=10_000_000,
        convexity=dict.fromkeys(weights().convexity, 10_000_000),
        expertise_miss=10_000_000,
        distance_per_km=100_000,
        stability=10_000_000,
        unknown_distance_km=1000,
    )
    instance = _instance(
        {"xy": [[-9e4, 0], [9e4, 0]], "industry": [1, 1], "incumbent": [1, 0]},
        {"expertise": [0, 0], "xy": [[0, 0]] * 2},
    )
    plan = propose(instance, RULES, most)
    assert plan.gap == 0
    assert max(plan.cost) >= 100_000_000
