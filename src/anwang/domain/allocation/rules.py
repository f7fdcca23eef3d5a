"""The form of the level rules and of the weights (二.2); the values come from the policy.

This module imports neither numpy nor numba, so a policy can be read without loading the engine.

All costs are whole numbers of one unit. With the usual `distance_per_km` of 10 a unit is 100 m of travel,
so a surcharge of 200 reads "as bad as twenty kilometres further away".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anwang.domain.base import Grade, Level

MANAGING = ("city", "county", "local")
"""Who manages an enterprise: 市管, 县区管, or neither (属地)."""

OFFICIAL_LEVELS = (Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
"""Levels whose officials may lead an enterprise, from the top down; arrays index levels in this order."""

GRADES = (Grade.MAJOR, Grade.LARGER, Grade.GENERAL, Grade.LOW)
"""Grades in the order in which arrays index them."""

MAX_WEIGHT = 10_000_000
"""Largest value of a weight or surcharge: the cost of a pair stays inside 32 bits, a province's sum inside 64."""

MAX_PER_KM = 100_000
MAX_KM = 1_000
"""Farther than this counts as this far: a wrong coordinate must not outweigh everything else."""


@dataclass(frozen=True, slots=True)
class LevelRule:
    """Officials of `level` may lead enterprises of these managing kinds and grades, at an extra cost of `surcharge`.

    Every rule that fits an enterprise gives it candidates; a fallback is a rule with a surcharge. Where two rules
    give the same pair, the cheaper counts, then the earlier. `clause` is the place in the notice, as 二.2.
    """

    code: str
    managing: frozenset[str]
    grades: frozenset[Grade]
    level: Level
    surcharge: int
    clause: str

    def __post_init__(self) -> None:
        unknown = self.managing - set(MANAGING)
        if unknown or not self.managing:
            raise ValueError(f"rule {self.code}: managing must be some of {MANAGING}, got {sorted(self.managing)}")
        if not self.grades or not self.grades <= set(GRADES):
            raise ValueError(f"rule {self.code}: grades must be some of {[str(grade) for grade in GRADES]}")
        if self.level not in OFFICIAL_LEVELS:
            raise ValueError(f"rule {self.code}: level {self.level} has no officials")
        _check_weight(f"rule {self.code}: surcharge", self.surcharge)


@dataclass(frozen=True, slots=True)
class Weights:
    """What the allocation weighs, in cost units (see the module).

    `uncovered`: an official in scope without any enterprise (每人不少于1家).
    `convexity[level]`: the k-th enterprise of an official costs (k-1) times this, so loads even out.
    `expertise_miss`: the enterprise's industry is not among the official's.
    `distance_per_km`: each kilometre between enterprise and official, when both places are known.
    `unknown_distance_km`: kilometres counted when the enterprise's place is known and the official's is not.
    `stability`: giving an enterprise to somebody other than its incumbent.
    `rotation`: leaving an enterprise with an incumbent who is due to rotate.
    `joint_convexity`: the k-th joint supervisor of an enterprise costs (k-1) times this.
    `risk_weight[grade]`: the load that an enterprise of this grade stands for, in hundredths of an ordinary one;
    used with load="risk" only.
    """

    uncovered: int
    convexity: Mapping[Level, int]
    expertise_miss: int
    distance_per_km: int
    stability: int
    rotation: int = 0
    risk_weight: Mapping[Grade, int] | None = None
    unknown_distance_km: int = 10
    joint_convexity: int = 100

    def __post_init__(self) -> None:
        for name in ("uncovered", "expertise_miss", "stability", "rotation", "joint_convexity"):
            _check_weight(name, getattr(self, name))
        _check_weight("distance_per_km", self.distance_per_km, MAX_PER_KM)
        _check_weight("unknown_distance_km", self.unknown_distance_km, MAX_KM)
        if set(self.convexity) != set(OFFICIAL_LEVELS):
            raise ValueError(f"convexity needs exactly the levels {[str(level) for level in OFFICIAL_LEVELS]}")
        for level, value in self.convexity.items():
            _check_weight(f"convexity of {level}", value)
        if self.risk_weight is not None:
            self._check_risk_weight(self.risk_weight)

    @staticmethod
    def _check_risk_weight(weights: Mapping[Grade, int]) -> None:
        if set(weights) != set(GRADES):
            raise ValueError(f"risk_weight needs exactly the grades {[str(grade) for grade in GRADES]}")
        for grade, value in weights.items():
            if not isinstance(value, int) or not 1 <= value <= 10_000:
                raise ValueError(f"risk_weight of {grade} must lie between 1 and 10000 hundredths, got {value}")


def _check_weight(name: str, value: int, most: int = MAX_WEIGHT) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{name} must be a whole number from 0 to {most}, got {value!r}")
