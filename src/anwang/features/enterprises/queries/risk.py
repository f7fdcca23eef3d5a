"""Risk points with their facts of a day, overrides, and the grade that follows (附件6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q

from anwang.domain.base import Grade
from anwang.domain.risk import (
    EffectiveGrade,
    EnterpriseGrade,
    HazardKind,
    Override,
    RiskFacts,
    effective_grade,
    grade_enterprise,
)
from anwang.features.policies import queries as policies

from ..models import GradeFact, RiskFact

MANY = 800


def narrowed(ids: Iterable[int] | None, column: str) -> Q:
    """A condition on a key, left out when there are so many that reading all is cheaper."""
    if ids is None:
        return Q()
    wanted = list(ids)
    return Q(**{f"{column}__in": wanted}) if len(wanted) <= MANY else Q()


class Point(NamedTuple):
    """A risk point as edits name it; `id` is its key."""

    id: int
    name: str
    location: str
    from_roster: bool


_FACTS = (
    *("serious_accident", "minor_accidents", "condition_persists", "major_hazard", "hazard_kinds", "persons"),
    *("evaluated", "point__name"),
)


@lru_cache(maxsize=20_000)
def _facts(
    serious: bool, minor: int, persists: bool, major: bool, kinds: tuple[str, ...], persons: int, evaluated: str,
    label: str,
) -> RiskFacts:  # fmt: skip
    """Equal facts are one object: a register has few different ones."""
    return RiskFacts(
        serious, minor, persists, major, frozenset(map(HazardKind, kinds)), persons,
        Grade(evaluated) if evaluated else None, label,
    )  # fmt: skip


def points_now(ids: Iterable[int] | None) -> dict[int, list[tuple[Point, RiskFacts]]]:
    """By enterprise, its risk points with the facts that hold now, in the order of their making."""
    rows = RiskFact.objects.filter(narrowed(ids, "point__enterprise_id"), valid_to=None, point__removed_on=None)
    names = ("point__enterprise_id", "point_id", "point__name", "point__location", "point__from_roster", *_FACTS)
    found: dict[int, list[tuple[Point, RiskFacts]]] = {}
    for owner, *rest in rows.order_by("point_id").values_list(*names).iterator(5000):
        rest[8] = tuple(rest[8])
        found.setdefault(owner, []).append((Point(*rest[:4]), _facts(*rest[4:])))
    return found


def override_of(fact: GradeFact) -> Override | None:
    """The override that a grade carries."""
    if not fact.override_until:
        return None
    return Override(Grade(fact.grade), fact.override_reason, fact.override_evidence, fact.override_until)


def overrides_now(ids: Iterable[int] | None) -> dict[int, Override]:
    """By enterprise, the override recorded with its present grade."""
    rows = GradeFact.objects.filter(narrowed(ids, "enterprise_id"), valid_to=None, override_until__isnull=False)
    return {row.enterprise_id: override for row in rows if (override := override_of(row))}


@lru_cache(maxsize=4096)
def _graded(points: tuple[RiskFacts, ...], day: date, version: str) -> EnterpriseGrade:
    return grade_enterprise(points, policies.current().grading(day))


def grade_for(points: Iterable[RiskFacts], override: Override | None, on: date) -> EffectiveGrade:
    """The grade of an enterprise on a day by the policy in force, with the override while it lasts."""
    return effective_grade(_graded(tuple(points), on, policies.current().version), override, on)


def grades_now(ids: Iterable[int] | None) -> dict[int, GradeFact]:
    """By enterprise, the grade in force."""
    rows = GradeFact.objects.filter(narrowed(ids, "enterprise_id"), valid_to=None)
    return {row.enterprise_id: row for row in rows}


def grade_differs(fact: GradeFact | None, wanted: EffectiveGrade) -> bool:
    """Whether the stored grade says something else: grade, computed grade, items or override."""
    if fact is None:
        return True
    override = wanted.override if wanted.overridden else None
    stored = (fact.grade, fact.computed, [(item["code"], item["params"]) for item in fact.items], fact.override_until)
    reasons = [(reason.code, reason.params) for reason in wanted.computed.reasons]
    return stored != (wanted.grade, wanted.computed.grade, reasons, override.until if override else None)
