"""milestones.yaml, ladder.yaml, assessment.yaml, visits.yaml: dates, escalation, assessment, discipline."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from anwang.domain.assessment.rules import AccidentThreshold, AssessmentRule, Indicator, SampleRule
from anwang.domain.base import Level, gettext_noop
from anwang.domain.ladder.rules import BudgetRule, EscalationReason, LadderRule, LevelClock, ProblemKind
from anwang.domain.policy.fields import RULE, Fields
from anwang.domain.policy.model import Milestone, QuietDays, VisitRules
from anwang.domain.policy.sections.document import CAPABILITY


def read_milestone(fields: Fields) -> Milestone:
    """A dated measure."""
    code, interval = fields.text("code"), fields.interval()
    fields.reading.declare_version(RULE, code, interval, *fields.place("code"))
    month, day = _month_day(fields, "due")
    return Milestone(
        code=code,
        title=fields.text("title"),
        deliverable=fields.text("deliverable"),
        levels=fields.some_of("levels", Level),
        month=month,
        day=day,
        first_year=fields.integer("first_year", 2000, 2200),
        yearly=fields.flag("yearly"),
        clause=fields.clause(),
        capabilities=fields.texts("capabilities", pattern=CAPABILITY, shape="N12"),
        interval=interval,
    )


def read_ladder(fields: Fields) -> LadderRule:
    """The ladder of one kind of problem."""
    code, interval, kind = fields.text("code"), fields.interval(), fields.one_of("kind", ProblemKind)
    fields.reading.declare_version(RULE, code, interval, *fields.place("code"))
    fields.reading.declare_version("ladder", kind.value, interval, *fields.place("kind"))
    clocks = fields.each("clocks", _read_clock)
    ranks = [clock.level.rank for clock in clocks]
    if any(below <= above for below, above in pairwise(ranks)):
        fields.wrong("clocks", "order", gettext_noop("应自下而上逐级书写，每级一次"))
    return LadderRule(
        code=code,
        kind=kind,
        clause=fields.clause(),
        serious=fields.flag("serious"),
        clocks=clocks,
        reasons=fields.each("reasons", lambda inner: EscalationReason(inner.text("code"), inner.text("label"))),
        extension_days=fields.integer("extension_days", 0, 366),
        extensions=fields.integer("extensions", 0, 20),
        valid_from=interval.start,
        valid_to=interval.end,
        risk_days=fields.integer("risk_days", 0, 366, 0),
        listed_by=frozenset(fields.some_of("listed_by", Level) if fields.has("listed_by") else ()),
    )


def _read_clock(fields: Fields) -> LevelClock:
    accept, solve = fields.integer("accept_days", 0, 366), fields.integer("solve_days", 0, 366)
    if solve < accept:
        fields.wrong("solve_days", "order", gettext_noop("应不小于 accept_days（%(accept)d）"), accept=accept)
    return LevelClock(fields.one_of("level", Level), accept, solve)


def read_budget(fields: Fields) -> BudgetRule:
    """The share of a deadline that each level may keep."""
    interval, clause = fields.interval(), fields.clause()
    fields.reading.declare_version(RULE, "budget", interval, fields.mark, fields.where)
    shares = fields.numbers_by("keep_percent", Level, 0, 100)
    if not shares:
        fields.wrong("keep_percent", "levels", gettext_noop("至少应写一级"))
    return BudgetRule(clause, shares, fields.integer("retract_days", 0, 92), interval.start, interval.end)


def read_assessment(fields: Fields) -> AssessmentRule:
    """One version of the quarterly assessment."""
    interval, clause = fields.interval(), fields.clause()
    fields.reading.declare_version(RULE, "assessment", interval, fields.mark, fields.where)
    indicators = fields.each("indicators", _read_indicator)
    total = sum(indicator.weight for indicator in indicators)
    if total != 100:
        fields.wrong("indicators", "weights", gettext_noop("权重之和应为 100"), found=str(total))
    return AssessmentRule(
        clause=clause,
        indicators=indicators,
        sample=fields.one("sample", _read_sample, SampleRule(0, 0, 0)),
        disqualifies_from=fields.one("disqualifies_from", _read_threshold, AccidentThreshold(0, 0, 0)),
        appeal_days=fields.integer("appeal_days", 1, 366),
        valid_from=interval.start,
        valid_to=interval.end,
    )


def _read_indicator(fields: Fields) -> Indicator:
    return Indicator(
        code=fields.text("code"),
        title=fields.text("title"),
        weight=fields.integer("weight", 0, 100),
        source=fields.text("source"),
        clause=fields.clause(),
    )


def _read_sample(fields: Fields) -> SampleRule:
    return SampleRule(
        percent=fields.integer("percent", 1, 100),
        at_least=fields.integer("at_least", 1, 10_000),
        confidence=fields.integer("confidence", 50, 99),
    )


def _read_threshold(fields: Fields) -> AccidentThreshold:
    fields.text("note", "")
    return AccidentThreshold(
        deaths=fields.integer("deaths", 1, 1000),
        serious_injuries=fields.integer("serious_injuries", 1, 10_000),
        loss_yuan=fields.integer("loss_yuan", 1, 10**12),
    )


VISIT_NUMBERS = {
    "per_day": (1, 31),
    "per_month": (1, 31),
    "merge_within_days": (0, 31),
    "notice_days": (0, 31),
    "party_size": (1, 20),
    "answer_days": (1, 366),
    "rating_days": (0, 366),
    "rating_group": (3, 1000),
    "rate_within_days": (1, 366),
    # One visitor's ratings alone would be that person's.
    "rating_people": (2, 100),
    "named_within_days": (1, 1830),
    "meant_within_days": (1, 1830),
    "wish_days": (1, 366),
    "stops_per_day": (1, 20),
    "calls_per_day": (1, 100),
    "near_km": (1, 1000),
    "look_back_days": (0, 800),
    "held_within_days": (0, 31),
    "measure_days": (1, 366),
    "measure_entry_days": (0, 92),
}


def read_visits(fields: Fields) -> VisitRules:
    """One version of the discipline of visits."""
    interval = fields.interval()
    fields.reading.declare_version(RULE, "visits", interval, fields.mark, fields.where)
    weekdays = fields.texts("quiet_weekdays", pattern="[1-7]", shape=gettext_noop("1（周一）至 7（周日）"))
    numbers = {name: fields.integer(name, low, high) for name, (low, high) in VISIT_NUMBERS.items()}
    if numbers["named_within_days"] < numbers["meant_within_days"]:
        fields.wrong("named_within_days", "order", gettext_noop("应不小于 %(other)s"), other="meant_within_days")
    return VisitRules(
        clause=fields.clause(),
        **numbers,
        quiet_weekdays=tuple(int(day) for day in weekdays if day.isdigit()),
        quiet=fields.each("quiet", _read_quiet, required=False),
        interval=interval,
    )


def _read_quiet(fields: Fields) -> QuietDays:
    return QuietDays(fields.text("code"), fields.text("label"), _month_day(fields, "first"), _month_day(fields, "last"))


def _month_day(fields: Fields, key: str) -> tuple[int, int]:
    """A day of every year, as 03-15; 29 February is no such day."""
    try:
        day = date.fromisoformat(f"2001-{fields.text(key)}")
    except ValueError:
        if fields.has(key):
            fields.wrong(key, "month_day", gettext_noop("应为月日，形如 03-15"))
        return 1, 1
    return day.month, day.day
