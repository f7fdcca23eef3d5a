"""cases.yaml: questions with the answers that the policy must give."""

from __future__ import annotations

from collections.abc import Callable

from anwang.domain.allocation.rules import MANAGING
from anwang.domain.base import Grade, Level, gettext_noop
from anwang.domain.duties.rules import Form
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.policy.cases import (
    NONE,
    AccidentCase,
    Case,
    DutyCase,
    GradingCase,
    IndustryCase,
    LadderCase,
    LevelCase,
    MilestoneCase,
    Question,
    RecordCase,
)
from anwang.domain.policy.fields import INDUSTRY, RULE, Fields
from anwang.domain.risk import HazardKind, RiskFacts


def read_case(fields: Fields) -> Case | None:
    """One example; `ask` says which kind of question it is."""
    kind = fields.text("ask")
    if kind not in QUESTIONS:
        text = gettext_noop("应为这些值之一：%(choices)s")
        fields.wrong("ask", "choice", text, choices="、".join(QUESTIONS))
        return None
    return Case(fields.text("name"), fields.day("on"), fields.clause(), QUESTIONS[kind](fields), fields.mark)


def _grading(fields: Fields) -> GradingCase:
    facts = RiskFacts(
        fatal_or_major_ever=fields.flag("serious_accident", False),
        minor_accidents=fields.integer("minor_accidents", 0, 10_000, 0),
        condition_persists=fields.flag("condition_persists", True),
        major_hazard_source=fields.flag("major_hazard_source", False),
        hazard_kinds=frozenset(fields.some_of("hazards", HazardKind) if fields.has("hazards") else ()),
        persons=fields.integer("persons", 0, 100_000, 0),
        evaluated_level=fields.one_of("evaluated", Grade) if fields.has("evaluated") else None,
    )
    return GradingCase(facts, fields.one_of("grade", Grade), fields.texts("items"))


def _industry(fields: Fields) -> IndustryCase:
    text = fields.text("text")
    industry = fields.text("industry")
    if industry and industry != NONE:
        fields.reference("industry", INDUSTRY)
    return IndustryCase(text, industry, fields.flag("check", False))


def _level(fields: Fields) -> LevelCase:
    managing = fields.text("managing", pattern="|".join(MANAGING), shape="、".join(MANAGING))
    return LevelCase(managing, fields.one_of("grade", Grade), fields.some_of("levels", Level))


def _duty(fields: Fields) -> DutyCase:
    return DutyCase(fields.reference("rule", RULE), fields.text("period"), fields.day_or_none("due"))


def _milestone(fields: Fields) -> MilestoneCase:
    return MilestoneCase(
        fields.reference("milestone", RULE), fields.integer("year", 2000, 2200), fields.day_or_none("due")
    )


def _ladder(fields: Fields) -> LadderCase:
    climbs_to = NONE if fields.text("climbs_to") == NONE else fields.one_of("climbs_to", Level).value
    return LadderCase(fields.one_of("kind", ProblemKind), fields.one_of("level", Level), climbs_to)


def _accident(fields: Fields) -> AccidentCase:
    return AccidentCase(
        fields.integer("deaths", 0, 10_000, 0),
        fields.integer("serious_injuries", 0, 10_000, 0),
        fields.integer("loss_yuan", 0, 10**12, 0),
        fields.flag("disqualifies"),
    )


def _record(fields: Fields) -> RecordCase:
    rule, form = fields.reference("rule", RULE), fields.one_of("form", Form)
    answers: tuple[tuple[str, str], ...] = fields.one("answers", lambda inner: inner.free_texts(), ())
    return RecordCase(rule, form, answers, fields.flag("counts"))


QUESTIONS: dict[str, Callable[[Fields], Question]] = {
    "grading": _grading,
    "industry": _industry,
    "level": _level,
    "duty": _duty,
    "milestone": _milestone,
    "ladder": _ladder,
    "accident": _accident,
    "record": _record,
}
