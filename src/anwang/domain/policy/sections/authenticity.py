"""hints.yaml: when a record deserves a word of explanation (B7)."""

from __future__ import annotations

from anwang.domain.hints.likeness import FARTHEST
from anwang.domain.hints.rules import HintRules
from anwang.domain.policy.fields import RULE, Fields


def read_hints(fields: Fields) -> HintRules:
    """One version of the thresholds."""
    interval, clause = fields.interval(), fields.clause()
    fields.reading.declare_version(RULE, "hints", interval, fields.mark, fields.where)
    return HintRules(
        clause=clause,
        photo_distance=fields.integer("photo_distance", 0, FARTHEST),
        text_at_least=fields.integer("text_at_least", 10, 2000),
        text_percent=fields.integer("text_percent", 50, 100),
        travel_kmh=fields.integer("travel_kmh", 30, 1000),
        travel_km=fields.integer("travel_km", 1, 1000),
        premises_km=fields.integer("premises_km", 0, 100),
        batch_records=fields.integer("batch_records", 2, 100),
        batch_seconds=fields.integer("batch_seconds", 1, 3600),
        apart_days=fields.integer("apart_days", 1, 366),
        answer_days=fields.integer("answer_days", 1, 366),
        valid_from=interval.start,
        valid_to=interval.end,
    )
