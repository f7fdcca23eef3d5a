"""What the safety light looks at, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anwang.domain.base import Reason, gettext_noop

DUTIES, PROBLEMS, EVALUATION, REPORTS = "duties", "problems", "evaluation", "reports"
SOURCES = {
    DUTIES: gettext_noop("包保履职"),
    PROBLEMS: gettext_noop("问题整改"),
    EVALUATION: gettext_noop("全要素评价"),
    REPORTS: gettext_noop("举报（只您可见）"),
}


class Light(StrEnum):
    """Grey says that it is not known: it is no praise, and stands below green."""

    GREEN = "green"
    GREY = "grey"
    YELLOW = "yellow"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for green, 3 for red."""
        return list(Light).index(self)

    @property
    def label(self) -> str:
        return LIGHT_LABELS[self]


LIGHT_LABELS = {
    Light.GREEN: gettext_noop("平稳"),
    Light.GREY: gettext_noop("情况不明"),
    Light.YELLOW: gettext_noop("需关注"),
    Light.RED: gettext_noop("需立即处理"),
}


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """Duties that fell due of late: how many in all, open and still to be done, open and too late. `on`: the last."""

    due: int = 0
    overdue: int = 0
    missed: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """Open problems: all, those past their deadline, those that are major hazards. `on`: the latest report."""

    open: int = 0
    overdue: int = 0
    major: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """The latest evaluation: 0 to 100 points, and its day."""

    score: float
    on: date


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Reports on the reader's own desk that are not over. `on`: the day of the latest."""

    open: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What one source says, why, and of which day."""

    code: str
    light: Light
    reasons: tuple[Reason, ...]
    on: date | None = None

    @property
    def label(self) -> str:
        return SOURCES[self.code]


@dataclass(frozen=True, slots=True)
class SafetyStatus:
    """The light, and every source in the order of `SOURCES`."""

    light: Light
    sources: tuple[Source, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is this light: the sources that show it; of a green one, all."""
        return tuple(reason for source in self.sources if source.light is self.light for reason in source.reasons)
