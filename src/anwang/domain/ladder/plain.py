"""A ladder as plain values and back: a running case keeps the one that it began under."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anwang.domain.base import Level
from anwang.domain.ladder.rules import EscalationReason, LadderRule, LevelClock, ProblemKind


def to_plain(rule: LadderRule) -> dict[str, Any]:
    """Only texts, numbers, lists: the same rule gives the same values."""
    return {
        "code": rule.code, "kind": rule.kind.value, "clause": rule.clause, "serious": rule.serious,
        "clocks": [[clock.level.value, clock.accept_days, clock.solve_days] for clock in rule.clocks],
        "reasons": [[reason.code, reason.label] for reason in rule.reasons],
        "extension_days": rule.extension_days, "extensions": rule.extensions, "risk_days": rule.risk_days,
        "listed_by": sorted(level.value for level in rule.listed_by), "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
    }  # fmt: skip


def from_plain(kept: Mapping[str, Any]) -> LadderRule:
    """The rule that `to_plain` was given."""
    return LadderRule(
        code=kept["code"], kind=ProblemKind(kept["kind"]), clause=kept["clause"], serious=kept["serious"],
        clocks=tuple(LevelClock(Level(level), accept, solve) for level, accept, solve in kept["clocks"]),
        reasons=tuple(EscalationReason(code, label) for code, label in kept["reasons"]),
        extension_days=kept["extension_days"], extensions=kept["extensions"],
        valid_from=date.fromisoformat(kept["valid_from"]),
        valid_to=date.fromisoformat(kept["valid_to"]) if kept["valid_to"] else None,
        risk_days=kept["risk_days"], listed_by=frozenset(Level(level) for level in kept["listed_by"]),
    )  # fmt: skip
