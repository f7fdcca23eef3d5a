"""The form of the grading rules (附件6); thresholds and words come from the policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anwang.domain.base import Grade, gettext_noop


class HazardKind(StrEnum):
    """What can happen at a risk point; 附件6 counts persons only where the first three are present."""

    POISONING = "poisoning"
    EXPLOSION = "explosion"
    FIRE = "fire"
    OTHER = "other"

    @property
    def label(self) -> str:
        return HAZARD_LABELS[self]


HAZARD_LABELS = {
    HazardKind.POISONING: gettext_noop("中毒"),
    HazardKind.EXPLOSION: gettext_noop("爆炸"),
    HazardKind.FIRE: gettext_noop("火灾"),
    HazardKind.OTHER: gettext_noop("其他危险因素"),
}

COUNTED_HAZARDS = frozenset({HazardKind.POISONING, HazardKind.EXPLOSION, HazardKind.FIRE})


class ItemKind(StrEnum):
    """Which fact of a risk point an item looks at."""

    ACCIDENTS = "accidents"
    MAJOR_HAZARD_SOURCE = "major_hazard_source"
    PERSONS = "persons"
    EVALUATED = "evaluated"


@dataclass(frozen=True, slots=True)
class GradingItem:
    """One numbered item of 附件6, e.g. 1（一).

    `at_least` is 以上 and includes the number; `below` is 不足 and excludes it; None is no limit. They count minor
    accidents for ACCIDENTS and persons at the same time for PERSONS, and are not read for the other kinds.
    `serious`: any death, serious injury or major loss fires the item too (ACCIDENTS).
    `while_condition_persists`: the item needs the accident's condition to exist still (ACCIDENTS).
    `hazards`: at least one of them must be present (PERSONS).
    """

    code: str
    kind: ItemKind
    grade: Grade
    text: str
    clause: str
    at_least: int | None = None
    below: int | None = None
    serious: bool = False
    while_condition_persists: bool = True
    hazards: frozenset[HazardKind] = COUNTED_HAZARDS

    def covers(self, count: int) -> bool:
        """True when `count` lies in [at_least, below)."""
        return (self.at_least is None or count >= self.at_least) and (self.below is None or count < self.below)


@dataclass(frozen=True, slots=True)
class GradingRules:
    """The items of 附件6 and what holds when none fires.

    `otherwise` is the grade of a point on which nothing fires; `lowest` is given only when an evaluation says so
    (附件6 三 leaves 一般 and 低 to judgement). `rest_text` and `rest_clause` are the reason of both.
    """

    items: tuple[GradingItem, ...]
    rest_text: str
    rest_clause: str
    clause: str
    otherwise: Grade = Grade.GENERAL
    lowest: Grade = Grade.LOW
    valid_from: date | None = None
    valid_to: date | None = None
