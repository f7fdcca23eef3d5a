"""Examples beside a policy: what its rules must answer. They run as tests and with `anwang policy check`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from anwang.domain.base import Grade, Level, Refusal
from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.duties.counting import counts
from anwang.domain.duties.rules import Cadence, Form
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.policy.nodes import Mark
from anwang.domain.risk import RiskFacts, grade_point

if TYPE_CHECKING:
    from anwang.domain.policy.policy import Policy

NONE = "none"
"""How a case writes that nothing is the answer."""

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class GradingCase:
    """A risk point, the grade it must get and the items that must fire."""

    facts: RiskFacts
    grade: Grade
    items: tuple[str, ...]

    def expected(self) -> Answers:
        return {"grade": self.grade.value} | ({"items": "、".join(self.items)} if self.items else {})

    def got(self, policy: Policy, on: date) -> Answers:
        result = grade_point(self.facts, policy.grading(on))
        return {"grade": result.grade.value, "items": "、".join(result.items)}


@dataclass(frozen=True, slots=True)
class IndustryCase:
    """A GB/T 4754 code or a name, the industry it must give (or none), and whether a person should confirm."""

    text: str
    industry: str
    check: bool

    def expected(self) -> Answers:
        return {"industry": self.industry, "check": str(self.check).lower()}

    def got(self, policy: Policy, on: date) -> Answers:
        match = policy.industry_of(self.text, on)
        return {"industry": match.industry.code if match.industry else NONE, "check": str(match.check).lower()}


@dataclass(frozen=True, slots=True)
class LevelCase:
    """An enterprise's managing level and grade, and the levels whose officials may lead it, the cheapest first."""

    managing: str
    grade: Grade
    levels: tuple[Level, ...]

    def expected(self) -> Answers:
        return {"levels": "、".join(self.levels)}

    def got(self, policy: Policy, on: date) -> Answers:
        fitting = [r for r in policy.level_rules(on) if self.managing in r.managing and self.grade in r.grades]
        ordered = sorted(fitting, key=lambda rule: rule.surcharge)
        return {"levels": "、".join(dict.fromkeys(rule.level.value for rule in ordered))}


@dataclass(frozen=True, slots=True)
class DutyCase:
    """A duty rule on a day: the period it falls in (none for those on demand) and its last day."""

    rule: str
    period: str
    due: date | None

    def expected(self) -> Answers:
        return {"period": self.period, "due": self.due.isoformat() if self.due else NONE}

    def got(self, policy: Policy, on: date) -> Answers:
        cadence = policy.duty_rule(self.rule, on).cadence
        if cadence is Cadence.ON_DEMAND:
            return {"period": NONE, "due": NONE}
        period = Period.containing(PeriodKind(cadence.value), on)
        return {"period": period.key, "due": period.last.isoformat()}


@dataclass(frozen=True, slots=True)
class MilestoneCase:
    """A dated measure and its last day in a year (none when it is not due in it)."""

    code: str
    year: int
    due: date | None

    def expected(self) -> Answers:
        return {"due": self.due.isoformat() if self.due else NONE}

    def got(self, policy: Policy, on: date) -> Answers:
        due = next((found.due_in(self.year) for found in policy.milestones(on) if found.code == self.code), None)
        return {"due": due.isoformat() if due else NONE}


@dataclass(frozen=True, slots=True)
class LadderCase:
    """A kind of problem at a level: where it climbs to when its time is over (none at the top)."""

    kind: ProblemKind
    level: Level
    climbs_to: str

    def expected(self) -> Answers:
        return {"climbs_to": self.climbs_to}

    def got(self, policy: Policy, on: date) -> Answers:
        return {"climbs_to": policy.ladder(self.kind, on).next_hop(self.level) or NONE}


@dataclass(frozen=True, slots=True)
class AccidentCase:
    """An accident and whether it is of the grade that disqualifies (四.3)."""

    deaths: int
    serious_injuries: int
    loss_yuan: int
    disqualifies: bool

    def expected(self) -> Answers:
        return {"disqualifies": str(self.disqualifies).lower()}

    def got(self, policy: Policy, on: date) -> Answers:
        threshold = policy.assessment(on).disqualifies_from
        reached = threshold.reached_by(
            deaths=self.deaths, serious_injuries=self.serious_injuries, loss_yuan=self.loss_yuan
        )
        return {"disqualifies": str(reached).lower()}


@dataclass(frozen=True, slots=True)
class RecordCase:
    """A contact on a day with a form and answers, and whether it counts for the rule (附件4)."""

    rule: str
    form: Form
    answers: tuple[tuple[str, str], ...]
    counts: bool

    def expected(self) -> Answers:
        return {"counts": str(self.counts).lower()}

    def got(self, policy: Policy, on: date) -> Answers:
        rule, answers = policy.duty_rule(self.rule, on), dict(self.answers)
        on_site = self.form is Form.ON_SITE
        decision = counts(rule, answers, form=self.form, on_site=on_site, occurred_on=on, start=on, today=on)
        return {"counts": str(decision.allowed).lower(), "why": "；".join(map(str, decision.reasons))}


Question = GradingCase | IndustryCase | LevelCase | DutyCase | MilestoneCase | LadderCase | AccidentCase | RecordCase


@dataclass(frozen=True, slots=True)
class Case:
    """One example: a sentence, the day on which it is asked, the clause it shows, the question, where it is written."""

    name: str
    on: date
    clause: str
    question: Question
    mark: Mark


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case expected and what the policy answered, key by key."""

    case: Case
    expected: Answers
    got: Answers

    @property
    def passed(self) -> bool:
        return all(self.got.get(key) == value for key, value in self.expected.items())

    def __str__(self) -> str:
        mark = "通过" if self.passed else "不符"
        return f"{self.case.mark} {mark}：{self.case.name}（应为 {self.expected}，实际为 {self.got}）"


def run_cases(policy: Policy, cases: Iterable[Case] | None = None) -> list[CaseResult]:
    """Ask the policy every example; a refusal (nothing in force that day) is an answer that does not pass."""
    return [_run(policy, case) for case in (policy.cases if cases is None else cases)]


def _run(policy: Policy, case: Case) -> CaseResult:
    try:
        got = case.question.got(policy, case.on)
    except Refusal as refusal:
        got = {"refused": str(refusal)}
    return CaseResult(case, case.question.expected(), got)
