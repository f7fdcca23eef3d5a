"""Grading by 附件6: a point by the items that fire on it, an enterprise by the worst of its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anwang.domain.base import Grade, Reason, gettext_noop
from anwang.domain.risk.facts import RiskFacts
from anwang.domain.risk.rules import GradingItem, GradingRules, HazardKind, ItemKind

SERIOUS = gettext_noop("发生过死亡、重伤或重大财产损失事故")
SERIOUS_PERSISTS = gettext_noop("发生过死亡、重伤或重大财产损失事故，且发生事故的条件依然存在")
MINOR = gettext_noop("发生过%(count)d次轻伤、一般财产损失事故")
MINOR_PERSISTS = gettext_noop("发生过%(count)d次轻伤、一般财产损失事故，且发生事故的条件依然存在")
HAZARD_SOURCE = gettext_noop("涉及重大危险源")
PERSONS = gettext_noop("具有%(hazards)s等危险因素的场所，同一作业时间作业人员%(persons)d人")
EVALUATED = gettext_noop("经评价确定为%(grade)s")
NO_POINTS = gettext_noop("没有登记风险点，暂按%(grade)s管理，请补充风险点")


@dataclass(frozen=True, slots=True)
class GradeResult:
    """A grade and why. `reasons` are the items of this grade that fired; `also` those of milder grades.

    The code of a reason is the code of its item in the policy, its clause the item's, its text a plain sentence.
    """

    grade: Grade
    reasons: tuple[Reason, ...]
    also: tuple[Reason, ...] = ()
    label: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """Codes of the items that fired, those of this grade first; stored with the grade."""
        return tuple(reason.code for reason in self.reasons + self.also)

    @property
    def plain(self) -> str:
        """One Chinese sentence: 重大风险：涉及重大危险源。"""
        return f"{self.grade.label}：{'；'.join(map(str, self.reasons))}。"


@dataclass(frozen=True, slots=True)
class EnterpriseGrade:
    """The worst of an enterprise's points, with the result of each point in the order given."""

    grade: Grade
    reasons: tuple[Reason, ...]
    points: tuple[GradeResult, ...] = ()

    @property
    def plain(self) -> str:
        return f"{self.grade.label}：{'；'.join(map(str, self.reasons))}。"


def grade_point(facts: RiskFacts, rules: GradingRules) -> GradeResult:
    """Grade one risk point by 附件6. 以上 includes the number and 不足 excludes it."""
    fired = [(item.grade, reason) for item in rules.items if (reason := _fires(item, facts))]
    if not fired:
        return _rest(facts, rules)
    worst = min((grade for grade, _ in fired), key=lambda grade: grade.rank)
    return GradeResult(
        worst,
        tuple(reason for grade, reason in fired if grade is worst),
        tuple(reason for grade, reason in fired if grade is not worst),
        facts.label,
    )


def grade_enterprise(points: Sequence[RiskFacts], rules: GradingRules) -> EnterpriseGrade:
    """Grade an enterprise: the worst of its points; without points the grade of the rest, and the reason says so."""
    if not points:
        params = {"grade": rules.otherwise.label}
        return EnterpriseGrade(rules.otherwise, (Reason("risk.no_points", NO_POINTS, params, rules.clause),))
    results = tuple(grade_point(facts, rules) for facts in points)
    worst = min((result.grade for result in results), key=lambda grade: grade.rank)
    reasons = [reason for result in results if result.grade is worst for reason in result.reasons]
    return EnterpriseGrade(worst, _once(reasons), results)


def _fires(item: GradingItem, facts: RiskFacts) -> Reason | None:
    match item.kind:
        case ItemKind.ACCIDENTS:
            return _accidents(item, facts)
        case ItemKind.MAJOR_HAZARD_SOURCE:
            return _reason(item, HAZARD_SOURCE) if facts.major_hazard_source else None
        case ItemKind.PERSONS:
            return _persons(item, facts)
        case ItemKind.EVALUATED:
            hit = facts.evaluated_level is item.grade
            return _reason(item, EVALUATED, grade=item.grade.label) if hit else None


def _accidents(item: GradingItem, facts: RiskFacts) -> Reason | None:
    needs = item.while_condition_persists
    if needs and not facts.condition_persists:
        return None
    if item.serious and facts.fatal_or_major_ever:
        return _reason(item, SERIOUS_PERSISTS if needs else SERIOUS)
    if facts.minor_accidents and item.covers(facts.minor_accidents):
        return _reason(item, MINOR_PERSISTS if needs else MINOR, count=facts.minor_accidents)
    return None


def _persons(item: GradingItem, facts: RiskFacts) -> Reason | None:
    present = [kind for kind in HazardKind if kind in item.hazards & facts.hazard_kinds]
    if not present or not item.covers(facts.persons):
        return None
    return _reason(item, PERSONS, hazards="、".join(kind.label for kind in present), persons=facts.persons)


def _rest(facts: RiskFacts, rules: GradingRules) -> GradeResult:
    """三: nothing fires. Low needs an evaluation that says so, else general."""
    evaluated = facts.evaluated_level
    if evaluated in (rules.lowest, rules.otherwise):
        reason = Reason("risk.evaluated", EVALUATED, {"grade": evaluated.label}, rules.rest_clause)
        return GradeResult(evaluated, (reason,), label=facts.label)
    return GradeResult(
        rules.otherwise, (Reason("risk.rest", rules.rest_text, {}, rules.rest_clause),), label=facts.label
    )


def _reason(item: GradingItem, text: str, **params: Any) -> Reason:
    return Reason(item.code, text, params, item.clause)


def _once(reasons: list[Reason]) -> tuple[Reason, ...]:
    """The same sentence of two points is said once."""
    return tuple({(reason.code, str(reason)): reason for reason in reasons}.values())
