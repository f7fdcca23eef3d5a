"""reports.yaml: in how many days a report is accepted and answered, when its reporter is asked again (三.4)."""

from __future__ import annotations

from anwang.domain.policy.fields import RULE, Fields
from anwang.domain.reports.rules import ReportRules


def read_reports(fields: Fields) -> ReportRules:
    """One version of the rules of reports."""
    interval = fields.interval()
    fields.reading.declare_version(RULE, "reports", interval, fields.mark, fields.where)
    return ReportRules(
        clause=fields.clause(),
        accept_days=fields.integer("accept_days", 1, 366),
        answer_days=fields.integer("answer_days", 1, 366),
        follow_up_days=fields.rising("follow_up_days", 1, 1830),
        came_within_days=fields.integer("came_within_days", 0, 1830),
        interval=interval,
    )
