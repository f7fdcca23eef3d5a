"""A policy from the tables of its files: read everything, check the whole, raise every fault at once."""

from __future__ import annotations

from collections.abc import Sequence

from anwang.domain.policy.faults import PolicyError
from anwang.domain.policy.fields import Fields
from anwang.domain.policy.nodes import Mark, Table
from anwang.domain.policy.policy import Policy
from anwang.domain.policy.reading import Reading
from anwang.domain.policy.sections.advice import read_advice
from anwang.domain.policy.sections.authenticity import read_hints
from anwang.domain.policy.sections.boards import read_boards
from anwang.domain.policy.sections.disclosing import read_disclosure
from anwang.domain.policy.sections.document import NO_META, read_clause, read_grade, read_level, read_meta
from anwang.domain.policy.sections.effort import read_effort
from anwang.domain.policy.sections.examples import read_case
from anwang.domain.policy.sections.industries import read_code_rules, read_industry
from anwang.domain.policy.sections.management import (
    read_assessment,
    read_budget,
    read_ladder,
    read_milestone,
    read_visits,
)
from anwang.domain.policy.sections.papers import read_document
from anwang.domain.policy.sections.reminding import read_reminders
from anwang.domain.policy.sections.reporting import read_reports
from anwang.domain.policy.sections.rules import read_duty_rule, read_grading, read_level_rule, read_weights
from anwang.domain.policy.sections.safety import read_safety

NOTHING = Table((), Mark("policy.yaml", 1))


def build_policy(tables: Sequence[Table]) -> Policy:
    """The policy of the top tables of all its files.

    A section may stand in any file, but only once. Raises PolicyError with all faults.
    """
    reading = Reading()
    root = Fields(_joined(tables), reading, "")
    policy = _read(root)
    root.close()
    reading.finish()
    if reading.faults:
        raise PolicyError(reading.faults)
    return policy


def _joined(tables: Sequence[Table]) -> Table:
    pairs = tuple(pair for table in tables for pair in table.pairs)
    return Table(pairs, tables[0].mark if tables else NOTHING.mark)


def _read(root: Fields) -> Policy:
    root.text("format", pattern="1", shape="1")
    return Policy(
        meta=root.one("policy", read_meta, NO_META),
        clauses=root.each("clauses", read_clause),
        levels=root.each("levels", read_level),
        grades=root.each("grades", read_grade),
        industries=root.each("industries", read_industry),
        code_rules=tuple(rule for rules in root.each("industry_codes", read_code_rules) for rule in rules),
        grading_versions=root.each("grading", read_grading),
        level_rule_versions=tuple(filter(None, root.each("level_rules", read_level_rule))),
        weight_versions=tuple(filter(None, root.each("weights", read_weights))),
        duty_rule_versions=root.each("duties", read_duty_rule),
        milestone_versions=root.each("milestones", read_milestone),
        ladder_versions=root.each("ladder", read_ladder),
        budget_versions=root.each("budget", read_budget),
        assessment_versions=root.each("assessment", read_assessment),
        effort_versions=root.each("effort", read_effort),
        visit_versions=root.each("visits", read_visits),
        hint_versions=root.each("hints", read_hints),
        advice_versions=root.each("advice", read_advice),
        reminder_versions=root.each("reminders", read_reminders),
        report_versions=root.each("reports", read_reports),
        board_versions=root.each("boards", read_boards),
        document_versions=root.each("documents", read_document),
        disclosure_versions=root.each("disclosure", read_disclosure),
        safety_versions=root.each("safety", read_safety),
        cases=tuple(filter(None, root.each("cases", read_case))),
        office_sets=frozenset(root.reading.office_sets),
    )
