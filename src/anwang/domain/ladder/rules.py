"""The form of the escalation ladder and of the deadline budget; the values come from the policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anwang.domain.base import Level, gettext_noop


class ProblemKind(StrEnum):
    """What a supervisor reports to the leader of the own level (三.4)."""

    MAJOR_HAZARD = "major_hazard"
    VIOLATION = "violation"
    PRINCIPAL = "principal"
    DIFFICULTY = "difficulty"
    OTHER = "other"

    @property
    def label(self) -> str:
        return PROBLEM_LABELS[self]


PROBLEM_LABELS = {
    ProblemKind.MAJOR_HAZARD: gettext_noop("重大事故隐患"),
    ProblemKind.VIOLATION: gettext_noop("违法违规行为"),
    ProblemKind.PRINCIPAL: gettext_noop("主要负责人严重不履行安全生产职责"),
    ProblemKind.DIFFICULTY: gettext_noop("企业困难"),
    ProblemKind.OTHER: gettext_noop("其他问题"),
}


@dataclass(frozen=True, slots=True)
class LevelClock:
    """How many calendar days a grid leader of `level` may be silent (`accept_days`) and may take (`solve_days`).

    Both are counted from the arrival at that level; past either the problem climbs by itself.
    """

    level: Level
    accept_days: int
    solve_days: int


@dataclass(frozen=True, slots=True)
class EscalationReason:
    """What is missing at this level: a hop upward names one of these."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class LadderRule:
    """The ladder of one kind of problem, dated; a running case keeps the version that it began under.

    `risk_days` is the longest time for which a risk may stay accepted, 0 for never; `listed_by` are the levels that put
    such a problem under 挂牌督办.

    `clocks` run from the lowest level up, in the order of the hops. `serious`: closing needs evidence and a second
    person. `extension_days` is the longest single extension, `extensions` how many may be approved in all.
    """

    code: str
    kind: ProblemKind
    clause: str
    serious: bool
    clocks: tuple[LevelClock, ...]
    reasons: tuple[EscalationReason, ...]
    extension_days: int
    extensions: int
    valid_from: date
    valid_to: date | None = None
    risk_days: int = 0
    listed_by: frozenset[Level] = frozenset()

    def reason(self, code: str) -> EscalationReason | None:
        """What is missing, by its code."""
        return next((reason for reason in self.reasons if reason.code == code), None)

    def clock(self, level: Level) -> LevelClock | None:
        """The clock of a level, or None where this ladder does not stop."""
        return next((clock for clock in self.clocks if clock.level is level), None)

    def next_hop(self, level: Level) -> Level | None:
        """The level that a problem climbs to from `level`, or None at the top."""
        higher = [clock.level for clock in self.clocks if clock.level.rank < level.rank]
        return max(higher, key=lambda found: found.rank, default=None)


@dataclass(frozen=True, slots=True)
class BudgetRule:
    """The share of the time it was given that each level may keep for itself, in per cent (N7.8, B4).

    `retract_days`: how many days after it the doer may take back a "done", unless it was accepted before.
    """

    clause: str
    keep_percent: Mapping[Level, int]
    retract_days: int
    valid_from: date
    valid_to: date | None = None

    def may_keep(self, level: Level, days: int) -> int:
        """Whole days of `days` that `level` may keep; at least one where there is more than one."""
        kept = days * self.keep_percent.get(level, 0) // 100
        return max(kept, 1) if days > 1 else kept
