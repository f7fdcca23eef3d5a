"""Risk grading of enterprises and risk points (附件6)."""

from anwang.domain.risk.checks import rule_faults
from anwang.domain.risk.facts import RiskFacts
from anwang.domain.risk.grading import EnterpriseGrade, GradeResult, grade_enterprise, grade_point
from anwang.domain.risk.override import EffectiveGrade, Override, effective_grade, may_override
from anwang.domain.risk.rules import GradingItem, GradingRules, HazardKind, ItemKind

__all__ = [
    "EffectiveGrade",
    "EnterpriseGrade",
    "GradeResult",
    "GradingItem",
    "GradingRules",
    "HazardKind",
    "ItemKind",
    "Override",
    "RiskFacts",
    "effective_grade",
    "grade_enterprise",
    "grade_point",
    "may_override",
    "rule_faults",
]
