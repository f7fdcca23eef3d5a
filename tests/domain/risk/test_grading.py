"""附件6 at its limits: 以上 includes the number, 不足 excludes it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.domain.base import Grade
from anwang.domain.risk import (
    GradingItem,
    GradingRules,
    HazardKind,
    ItemKind,
    RiskFacts,
    grade_enterprise,
    grade_point,
    rule_faults,
)

FEW = settings(max_examples=40, deadline=None)

FIRE = frozenset({HazardKind.FIRE})


def item(code: str, kind: ItemKind, grade: Grade, **more: object) -> GradingItem:
    return GradingItem(code, kind, grade, f"条文 {code}", f"附件6 {code}", **more)  # type: ignore[arg-type]


ITEMS = (
    item("1.1", ItemKind.ACCIDENTS, Grade.MAJOR, at_least=3, serious=True),
    item("1.2", ItemKind.MAJOR_HAZARD_SOURCE, Grade.MAJOR),
    item("1.3", ItemKind.PERSONS, Grade.MAJOR, at_least=10),
    item("1.4", ItemKind.EVALUATED, Grade.MAJOR),
    item("2.1", ItemKind.ACCIDENTS, Grade.LARGER, at_least=1, below=3),
    item("2.2", ItemKind.PERSONS, Grade.LARGER, at_least=3, below=10),
    item("2.3", ItemKind.EVALUATED, Grade.LARGER),
)
RULES = GradingRules(ITEMS, "可能性与严重性较低", "附件6 3", "附件6")
FACTS = st.builds(
    RiskFacts,
    fatal_or_major_ever=st.booleans(),
    minor_accidents=st.integers(0, 5),
    condition_persists=st.booleans(),
    major_hazard_source=st.booleans(),
    hazard_kinds=st.frozensets(st.sampled_from(HazardKind)),
    persons=st.integers(0, 15),
    evaluated_level=st.sampled_from([None, *Grade]),
)


@pytest.mark.parametrize(
    ("accidents", "grade"), [(0, Grade.GENERAL), (1, Grade.LARGER), (2, Grade.LARGER), (3, Grade.MAJOR)]
)
def test_three_minor_accidents_make_a_major_risk_and_one_a_larger(accidents: int, grade: Grade) -> None:
    assert grade_point(RiskFacts(minor_accidents=accidents), RULES).grade is grade


@pytest.mark.parametrize(
    ("persons", "grade"),
    [(0, Grade.GENERAL), (2, Grade.GENERAL), (3, Grade.LARGER), (9, Grade.LARGER), (10, Grade.MAJOR)],
)
def test_ten_persons_make_a_major_risk_and_three_a_larger(persons: int, grade: Grade) -> None:
    assert grade_point(RiskFacts(hazard_kinds=FIRE, persons=persons), RULES).grade is grade


@pytest.mark.parametrize("kind", [HazardKind.POISONING, HazardKind.EXPLOSION, HazardKind.FIRE])
def test_each_of_the_three_hazards_counts_persons(kind: HazardKind) -> None:
    assert grade_point(RiskFacts(hazard_kinds=frozenset({kind}), persons=10), RULES).grade is Grade.MAJOR


@pytest.mark.parametrize("kinds", [frozenset(), frozenset({HazardKind.OTHER})])
def test_persons_without_one_of_the_three_hazards_do_not_count(kinds: frozenset[HazardKind]) -> None:
    assert grade_point(RiskFacts(hazard_kinds=kinds, persons=500), RULES).grade is Grade.GENERAL


def test_one_death_makes_a_major_risk_while_its_condition_persists() -> None:
    assert grade_point(RiskFacts(fatal_or_major_ever=True), RULES).grade is Grade.MAJOR


def test_accidents_whose_condition_is_gone_do_not_count() -> None:
    facts = RiskFacts(fatal_or_major_ever=True, minor_accidents=9, condition_persists=False)
    assert grade_point(facts, RULES).grade is Grade.GENERAL


def test_a_policy_may_count_accidents_whose_condition_is_gone() -> None:
    items = (replace(ITEMS[0], while_condition_persists=False), *ITEMS[1:])
    result = grade_point(RiskFacts(minor_accidents=3, condition_persists=False), replace(RULES, items=items))
    assert result.plain == "重大风险：发生过3次轻伤、一般财产损失事故。"


def test_a_major_hazard_source_makes_a_major_risk() -> None:
    result = grade_point(RiskFacts(major_hazard_source=True), RULES)
    assert (result.plain, result.reasons[0].clause) == ("重大风险：涉及重大危险源。", "附件6 1.2")


@pytest.mark.parametrize("level", list(Grade))
def test_an_evaluation_alone_decides_every_level(level: Grade) -> None:
    assert grade_point(RiskFacts(evaluated_level=level), RULES).grade is level


def test_low_needs_an_evaluation_that_says_so() -> None:
    result = grade_point(RiskFacts(), RULES)
    assert (result.grade, result.items) == (Grade.GENERAL, ("risk.rest",))
    assert result.plain == "一般风险：可能性与严重性较低。"


def test_an_evaluation_as_low_never_lowers_what_an_item_fires() -> None:
    facts = RiskFacts(evaluated_level=Grade.LOW, major_hazard_source=True)
    assert grade_point(facts, RULES).grade is Grade.MAJOR


def test_every_item_that_fires_is_stored_the_deciding_ones_first() -> None:
    facts = RiskFacts(minor_accidents=1, hazard_kinds=FIRE | {HazardKind.POISONING}, persons=12)
    result = grade_point(facts, RULES)
    assert result.items == ("1.3", "2.1")
    assert result.plain == "重大风险：具有中毒、火灾等危险因素的场所，同一作业时间作业人员12人。"


def test_negative_numbers_are_no_facts() -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        RiskFacts(persons=-1)


@FEW
@given(FACTS, st.integers(0, 20), st.integers(0, 20))
def test_more_accidents_or_persons_never_make_the_grade_milder(facts: RiskFacts, accidents: int, persons: int) -> None:
    more = replace(facts, minor_accidents=facts.minor_accidents + accidents, persons=facts.persons + persons)
    assert grade_point(more, RULES).grade.rank <= grade_point(facts, RULES).grade.rank


@FEW
@given(FACTS)
def test_a_grade_always_has_a_reason_with_a_clause(facts: RiskFacts) -> None:
    result = grade_point(facts, RULES)
    assert result.reasons
    assert all(reason.clause and str(reason) for reason in result.reasons)


@FEW
@given(st.lists(FACTS, min_size=1, max_size=5))
def test_an_enterprise_is_as_bad_as_its_worst_point(points: list[RiskFacts]) -> None:
    result = grade_enterprise(points, RULES)
    assert result.grade.rank == min(grade_point(facts, RULES).grade.rank for facts in points)
    assert len(result.points) == len(points)
    assert result.reasons


def test_the_same_reason_of_two_points_is_said_once() -> None:
    result = grade_enterprise([RiskFacts(major_hazard_source=True)] * 2, RULES)
    assert result.plain == "重大风险：涉及重大危险源。"


def test_an_enterprise_without_risk_points_is_general_and_says_why() -> None:
    result = grade_enterprise([], RULES)
    assert (result.grade, result.reasons[0].code, result.points) == (Grade.GENERAL, "risk.no_points", ())
    assert result.plain == "一般风险：没有登记风险点，暂按一般风险管理，请补充风险点。"


def test_the_rules_of_the_notice_have_no_fault() -> None:
    assert rule_faults(RULES) == []


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ((replace(ITEMS[4], below=1),), ["risk.rules.limits"]),
        ((ITEMS[0], replace(ITEMS[4], below=2)), ["risk.rules.gap"]),
        ((replace(ITEMS[2], at_least=12), ITEMS[5]), ["risk.rules.gap"]),
        ((ITEMS[1], replace(ITEMS[3], code="1.2")), ["risk.rules.code"]),
    ],
)
def test_limits_that_do_not_join_are_faults_of_the_policy(items: tuple[GradingItem, ...], codes: list[str]) -> None:
    assert [fault.code for fault in rule_faults(replace(RULES, items=items))] == codes
