"""grading.yaml, allocation.yaml, duties.yaml: the rules of 附件6, 二.2 and 附件4."""

from __future__ import annotations

from anwang.domain.allocation.rules import MANAGING, MAX_WEIGHT, OFFICIAL_LEVELS, LevelRule, Weights
from anwang.domain.base import Grade, Level, gettext_noop
from anwang.domain.duties.rules import Answer, AnswerKind, Cadence, DutyRule, Form
from anwang.domain.policy.fields import CLAUSE, RULE, Fields
from anwang.domain.policy.model import Dated
from anwang.domain.risk import GradingItem, GradingRules, HazardKind, ItemKind, rule_faults

MOST = 10_000
"""Largest count of accidents or persons in a grading limit."""


def read_grading(fields: Fields) -> Dated[GradingRules]:
    """One version of the grading rules."""
    interval, clause = fields.interval(), fields.clause()
    fields.reading.declare_version(RULE, "grading", interval, fields.mark, fields.where)
    rules = GradingRules(
        items=fields.each("items", _read_item),
        rest_text=fields.text("rest_text"),
        rest_clause=fields.reference("rest_clause", CLAUSE),
        clause=clause,
        otherwise=fields.one_of("otherwise", Grade),
        lowest=fields.one_of("lowest", Grade),
        valid_from=interval.start,
        valid_to=interval.end,
    )
    for reason in rule_faults(rules):
        fields.reading.fault(fields.place("items")[0], f"{fields.where}.items", "grading", reason.text, **reason.params)
    return Dated(rules, interval, clause)


def _read_item(fields: Fields) -> GradingItem:
    hazards = fields.some_of("hazards", HazardKind) if fields.has("hazards") else ()
    kind = fields.one_of("kind", ItemKind)
    if kind is ItemKind.PERSONS and not hazards:
        fields.wrong("hazards", "hazards", gettext_noop("按人数划分的条目应写明危险因素"))
    return GradingItem(
        code=fields.text("code"),
        kind=kind,
        grade=fields.one_of("grade", Grade),
        text=fields.text("text"),
        clause=fields.clause(),
        at_least=fields.limit("at_least", 0, MOST),
        below=fields.limit("below", 1, MOST),
        serious=fields.flag("serious", False),
        while_condition_persists=fields.flag("while_condition_persists", True),
        hazards=frozenset(hazards),
    )


def read_level_rule(fields: Fields) -> Dated[LevelRule] | None:
    """Who may lead which enterprises (二.2)."""
    code, interval, clause = fields.text("code"), fields.interval(), fields.clause()
    fields.reading.declare_version(RULE, code, interval, *fields.place("code"))
    managing = fields.texts("managing", required=True, pattern="|".join(MANAGING), shape="、".join(MANAGING))
    grades = fields.some_of("grades", Grade)
    level, surcharge = fields.one_of("level", Level), fields.integer("surcharge", 0, MAX_WEIGHT)
    fields.text("note", "")
    rule = fields.make(lambda: LevelRule(code, frozenset(managing), frozenset(grades), level, surcharge, clause))
    return Dated(rule, interval, clause) if rule else None


def read_weights(fields: Fields) -> Dated[Weights] | None:
    """One version of the weights of the allocation."""
    interval, clause = fields.interval(), fields.clause()
    fields.reading.declare_version(RULE, "weights", interval, fields.mark, fields.where)
    names = ("uncovered", "expertise_miss", "distance_per_km", "unknown_distance_km", "stability", "rotation")
    values = {name: fields.integer(name, 0, MAX_WEIGHT) for name in names}
    convexity = fields.numbers_by("convexity", Level, 0, MAX_WEIGHT)
    risk = fields.numbers_by("risk_weight", Grade, 1, 10_000) if fields.has("risk_weight") else None
    if missing := [level.value for level in OFFICIAL_LEVELS if level not in convexity]:
        text = gettext_noop("应为每一级写一个数，缺 %(missing)s")
        fields.wrong("convexity", "levels", text, missing="、".join(missing))
    weights = fields.make(lambda: Weights(convexity=convexity, risk_weight=risk, **values))
    return Dated(weights, interval, clause) if weights else None


def read_duty_rule(fields: Fields) -> DutyRule:
    """One of the duty rules, dated."""
    code, interval = fields.text("code", pattern=r"[A-Z]\d{0,2}(\.\d{1,2})?", shape="N7.2"), fields.interval()
    fields.reading.declare_version(RULE, code, interval, *fields.place("code"))
    return DutyRule(
        code=code,
        number=fields.integer("number", 1, 99),
        title=fields.text("title"),
        short=fields.text("short", pattern=r".{1,6}", shape=gettext_noop("不超过六个字")),
        text=fields.text("text"),
        clause=fields.clause(),
        cadence=fields.one_of("cadence", Cadence),
        forms=fields.some_of("forms", Form),
        on_site=fields.flag("on_site"),
        answers=_read_answers(fields),
        bundle=fields.flag("bundle"),
        grace_days=fields.integer("grace_days", 0, 366),
        late_window_days=fields.integer("late_window_days", 0, 366),
        soon_days=fields.integer("soon_days", 0, 366),
        valid_from=interval.start,
        valid_to=interval.end,
    )


def _read_answers(rule: Fields) -> tuple[Answer, ...]:
    lines: list[tuple[Fields, Answer]] = []

    def read(line: Fields) -> Answer:
        lines.append((line, _read_answer(line, rule)))
        return lines[-1][1]

    answers = rule.each("answers", read)
    known = {answer.code for answer in answers}
    for line, answer in lines:
        if answer.required_when and answer.required_when[0] not in known:
            text = gettext_noop("应指向同一规定的另一题，没有 %(other)s")
            line.wrong("required_when", "required_when", text, other=answer.required_when[0])
    return answers


def _read_answer(fields: Fields, rule: Fields) -> Answer:
    fields.unique("code", rule)
    kind = fields.one_of("kind", AnswerKind)
    choices = fields.each("choices", _read_choice) if fields.has("choices") else ()
    if (kind is AnswerKind.CHOICE) != bool(choices):
        fields.wrong("choices", "choices", gettext_noop("选择题（choice）应有选项，其他类型不应有"))
    must_be = fields.text("must_be", "") or None
    allowed = {AnswerKind.YES_NO: ("yes", "no"), AnswerKind.CHOICE: tuple(value for value, _ in choices)}
    if must_be is not None and must_be not in allowed.get(kind, ()):
        text = gettext_noop("应为该题可选的值之一：%(allowed)s")
        fields.wrong("must_be", "must_be", text, allowed="、".join(allowed.get(kind, ())) or "—")
    when = fields.text("required_when", "", pattern=r"[a-z][a-z0-9_]*=[a-z][a-z0-9_]*", shape="principal_present=no")
    other, _sign, value = when.partition("=")
    return Answer(
        code=fields.text("code", pattern=r"[a-z][a-z0-9_]{0,29}", shape="minutes"),
        label=fields.text("label"),
        kind=kind,
        required=fields.flag("required"),
        choices=choices,
        must_be=must_be,
        required_when=(other, value) if when else None,
        help=fields.text("help", ""),
        clause=fields.clause(),
    )


def _read_choice(fields: Fields) -> tuple[str, str]:
    return fields.text("code", pattern=r"[a-z][a-z0-9_]*", shape="call"), fields.text("label")
