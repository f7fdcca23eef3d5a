"""What is known of a risk point on a day."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.domain.base import Grade
from anwang.domain.risk.rules import HazardKind


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """The dated facts of one risk point, as 附件6 asks for them. ValueError for negative numbers.

    `fatal_or_major_ever`: 死亡、重伤、重大财产损失事故, ever. `minor_accidents`: number of 轻伤、一般财产损失事故.
    `condition_persists`: the condition that led to them exists still; unknown counts as still existing.
    `persons`: at work at the same time. `evaluated_level`: what an evaluation (评价) found, None when there is none.
    `label`: the point's name, for sentences.
    """

    fatal_or_major_ever: bool = False
    minor_accidents: int = 0
    condition_persists: bool = True
    major_hazard_source: bool = False
    hazard_kinds: frozenset[HazardKind] = frozenset()
    persons: int = 0
    evaluated_level: Grade | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if self.minor_accidents < 0 or self.persons < 0:
            raise ValueError("accidents and persons are counted from 0")
