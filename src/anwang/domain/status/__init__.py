"""The safety status of an enterprise (N9): one light from several sources, with reasons and dates."""

from anwang.domain.status.judging import judge
from anwang.domain.status.rules import SafetyRules
from anwang.domain.status.sources import (
    DutyFacts,
    EvaluationFacts,
    Light,
    ProblemFacts,
    ReportFacts,
    SafetyStatus,
    Source,
)

__all__ = [
    "DutyFacts",
    "EvaluationFacts",
    "Light",
    "ProblemFacts",
    "ReportFacts",
    "SafetyRules",
    "SafetyStatus",
    "Source",
    "judge",
]
