"""The form of the quarterly assessment (四.3); weights and thresholds come from the policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is weighed. `weight` is in points of 100; `source` names what it is counted from."""

    code: str
    title: str
    weight: int
    source: str
    clause: str


@dataclass(frozen=True, slots=True)
class SampleRule:
    """How many closed duties of a stratum are verified: `percent`, but `at_least` rows; `confidence` is in per cent."""

    percent: int
    at_least: int
    confidence: int


@dataclass(frozen=True, slots=True)
class AccidentThreshold:
    """From here an accident is 较大 or worse; each number is included (以上). Losses are direct, in yuan."""

    deaths: int
    serious_injuries: int
    loss_yuan: int

    def reached_by(self, *, deaths: int = 0, serious_injuries: int = 0, loss_yuan: int = 0) -> bool:
        """True when one of the three is reached."""
        return deaths >= self.deaths or serious_injuries >= self.serious_injuries or loss_yuan >= self.loss_yuan


@dataclass(frozen=True, slots=True)
class AssessmentRule:
    """The quarterly assessment. Indicator weights sum to 100.

    `disqualifies_from`: the accident of 四.3; it disqualifies only together with a duty of the eight left undone.
    `appeal_days`: calendar days in which the person may object before the result is issued.
    """

    clause: str
    indicators: tuple[Indicator, ...]
    sample: SampleRule
    disqualifies_from: AccidentThreshold
    appeal_days: int
    valid_from: date
    valid_to: date | None = None
