"""safety.yaml: when the safety light of an enterprise turns yellow or red (N9)."""

from __future__ import annotations

from anwang.domain.base import gettext_noop
from anwang.domain.policy.fields import RULE, Fields
from anwang.domain.status.rules import SafetyRules

_ORDERED = (("overdue_yellow", "overdue_red"), ("missed_yellow", "missed_red"), ("score_red", "score_yellow"))


def read_safety(fields: Fields) -> SafetyRules:
    """One version of the rules of the safety light."""
    interval = fields.interval()
    fields.reading.declare_version(RULE, "safety", interval, fields.mark, fields.where)
    rules = SafetyRules(
        clause=fields.clause(),
        look_back_days=fields.integer("look_back_days", 15, 366),
        overdue_yellow=fields.integer("overdue_yellow", 1, 100),
        overdue_red=fields.integer("overdue_red", 1, 100),
        missed_yellow=fields.integer("missed_yellow", 1, 100),
        missed_red=fields.integer("missed_red", 1, 100),
        share_red=fields.integer("share_red", 1, 100),
        problem_overdue_red=fields.integer("problem_overdue_red", 1, 100),
        score_red=fields.integer("score_red", 0, 100),
        score_yellow=fields.integer("score_yellow", 0, 100),
        evaluation_months=fields.integer("evaluation_months", 1, 60),
        must_know=fields.texts("must_know", pattern="duties|problems|evaluation", shape="duties"),
        interval=interval,
    )
    for low, high in _ORDERED:
        if getattr(rules, high) < getattr(rules, low):
            fields.wrong(high, "order", gettext_noop("应不小于 %(other)s"), other=low)
    return rules
