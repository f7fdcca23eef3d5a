"""Reading the section of questions and notices (附件4.1)."""

from __future__ import annotations

from anwang.domain.advice.rules import AdviceRules
from anwang.domain.policy.fields import RULE, Fields


def read_advice(fields: Fields) -> AdviceRules:
    """One version of 首问负责 and 政策传达."""
    interval = fields.interval()
    fields.reading.declare_version(RULE, "advice", interval, fields.mark, fields.where)
    return AdviceRules(
        clause=fields.clause(),
        answer_days=fields.integer("answer_days", 1, 60),
        relay_days=fields.integer("relay_days", 1, 60),
        review_months=fields.integer("review_months", 1, 60),
        attachment_mb=fields.integer("attachment_mb", 1, 100),
        material_mb=fields.integer("material_mb", 1, 2000),
        interval=interval,
    )
