"""The policy: the notice as typed, validated, dated data."""

from anwang.domain.policy.build import build_policy
from anwang.domain.policy.cases import Case, CaseResult, run_cases
from anwang.domain.policy.faults import Fault, PolicyError
from anwang.domain.policy.industry import IndustryMatch
from anwang.domain.policy.model import (
    BoardRules,
    CarriedOutBy,
    Clause,
    CodeRule,
    Column,
    ColumnKind,
    Dated,
    DocumentText,
    GradeName,
    Industry,
    LevelName,
    Meta,
    Milestone,
    QuietDays,
    Seat,
    VisitRules,
)
from anwang.domain.policy.policy import Policy

__all__ = [
    "BoardRules",
    "CarriedOutBy",
    "Case",
    "CaseResult",
    "Clause",
    "CodeRule",
    "Column",
    "ColumnKind",
    "Dated",
    "DocumentText",
    "Fault",
    "GradeName",
    "Industry",
    "IndustryMatch",
    "LevelName",
    "Meta",
    "Milestone",
    "Policy",
    "PolicyError",
    "QuietDays",
    "Seat",
    "VisitRules",
    "build_policy",
    "run_cases",
]
