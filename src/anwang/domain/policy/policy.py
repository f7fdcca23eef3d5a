"""The policy in force: every rule looked up by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from anwang.domain.advice.rules import AdviceRules
from anwang.domain.allocation.rules import LevelRule, Weights
from anwang.domain.assessment.rules import AssessmentRule
from anwang.domain.base import Grade, Level, Refusal, gettext_noop
from anwang.domain.burden.effort import EffortRules
from anwang.domain.documents.disclosure import DisclosureRules
from anwang.domain.duties.rules import DutyRule
from anwang.domain.hints.rules import HintRules
from anwang.domain.ladder.rules import BudgetRule, LadderRule, ProblemKind
from anwang.domain.policy.cases import Case
from anwang.domain.policy.industry import IndustryMatch, match_industry
from anwang.domain.policy.model import (
    BoardRules,
    Clause,
    CodeRule,
    Dated,
    DocumentText,
    GradeName,
    Industry,
    LevelName,
    Meta,
    Milestone,
    VisitRules,
)
from anwang.domain.reminders.rules import ReminderRule
from anwang.domain.reports.rules import ReportRules
from anwang.domain.risk.rules import GradingRules
from anwang.domain.status.rules import SafetyRules

T = TypeVar("T")


class _Versioned(Protocol):
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


V = TypeVar("V", bound=_Versioned)


@dataclass(frozen=True)
class Policy:
    """A whole policy, checked. Tuples keep the order of the files; past versions stay in them.

    Lookups by day raise Refusal("policy.not_in_force") where exactly one version is needed and none is in force.
    `version` names the content (16 hexadecimal digits): a row that freezes a rule stores it. `office_sets` names the
    values (duties[N7.2].grace_days) that the document leaves open and the office has set.
    """

    meta: Meta
    clauses: tuple[Clause, ...]
    levels: tuple[LevelName, ...]
    grades: tuple[GradeName, ...]
    industries: tuple[Industry, ...]
    code_rules: tuple[CodeRule, ...]
    grading_versions: tuple[Dated[GradingRules], ...]
    level_rule_versions: tuple[Dated[LevelRule], ...]
    weight_versions: tuple[Dated[Weights], ...]
    duty_rule_versions: tuple[DutyRule, ...]
    milestone_versions: tuple[Milestone, ...]
    ladder_versions: tuple[LadderRule, ...]
    budget_versions: tuple[BudgetRule, ...]
    assessment_versions: tuple[AssessmentRule, ...]
    effort_versions: tuple[EffortRules, ...]
    visit_versions: tuple[VisitRules, ...]
    hint_versions: tuple[HintRules, ...]
    advice_versions: tuple[AdviceRules, ...]
    reminder_versions: tuple[ReminderRule, ...]
    report_versions: tuple[ReportRules, ...]
    board_versions: tuple[BoardRules, ...]
    document_versions: tuple[DocumentText, ...]
    disclosure_versions: tuple[DisclosureRules, ...]
    safety_versions: tuple[SafetyRules, ...]
    cases: tuple[Case, ...]
    office_sets: frozenset[str] = frozenset()
    version: str = ""

    # -- the document

    def clause(self, code: str) -> Clause:
        """A clause by its code (二.2, 附件6.1（一）); KeyError when there is none."""
        return next((clause for clause in self.clauses if clause.code == code), None) or _missing(code)

    def children(self, code: str = "") -> tuple[Clause, ...]:
        """The clauses directly under one, or the top ones."""
        return tuple(clause for clause in self.clauses if clause.parent == code)

    def clauses_of(self, screen: str) -> tuple[Clause, ...]:
        """The clauses that a screen (URL name) carries out: each page names them."""
        return tuple(clause for clause in self.clauses if screen in clause.carried_out_by.screens)

    def level_name(self, level: Level) -> str:
        """What this scheme calls a level."""
        return next((name.label for name in self.levels if name.level is level), level.label)

    def grade_name(self, grade: Grade) -> str:
        """What this scheme calls a grade."""
        return next((name.label for name in self.grades if name.grade is grade), grade.label)

    def key_grades(self, on: date) -> frozenset[Grade]:
        """Grades whose enterprises are watched more closely (一 重点督导)."""
        return frozenset(name.grade for name in self.grades if name.key and on in name.interval)

    # -- rules of which one is in force

    def grading(self, on: date) -> GradingRules:
        """The grading rules (附件6)."""
        return _dated_one(self.grading_versions, on, gettext_noop("风险分级标准"))

    def weights(self, on: date) -> Weights:
        """The weights of the allocation (二.2)."""
        return _dated_one(self.weight_versions, on, gettext_noop("分配权重"))

    def ladder(self, kind: ProblemKind, on: date) -> LadderRule:
        """The ladder of a kind of problem (三.4)."""
        rules = [rule for rule in self.ladder_versions if rule.kind is kind]
        return _one(_valid(rules, on), on, gettext_noop("问题上报规则"))

    def budget(self, on: date) -> BudgetRule:
        """The deadline budget (N7.8, B4)."""
        return _one(_valid(self.budget_versions, on), on, gettext_noop("时限分配规则"))

    def assessment(self, on: date) -> AssessmentRule:
        """The quarterly assessment (四.3)."""
        return _one(_valid(self.assessment_versions, on), on, gettext_noop("考核规则"))

    def effort(self, on: date) -> EffortRules:
        """What recording is reckoned to take."""
        return _one([rule for rule in self.effort_versions if on in rule.interval], on, gettext_noop("填报用时"))

    def visits(self, on: date) -> VisitRules:
        """The discipline of visits (四.4)."""
        rules = [rule for rule in self.visit_versions if on in rule.interval]
        return _one(rules, on, gettext_noop("入企纪律"))

    def advice(self, on: date) -> AdviceRules:
        """首问负责 and 政策传达 (附件4.1)."""
        rules = [rule for rule in self.advice_versions if on in rule.interval]
        return _one(rules, on, gettext_noop("首问负责规则"))

    def reminders(self, on: date) -> ReminderRule:
        """The digest, the quiet hours, the limits of sending."""
        return _one(_valid(self.reminder_versions, on), on, gettext_noop("提醒规则"))

    def hints(self, on: date) -> HintRules:
        """When a record deserves a word of explanation (B7)."""
        return _one(_valid(self.hint_versions, on), on, gettext_noop("真实性提示规则"))

    def reports(self, on: date) -> ReportRules:
        """The days of reports (三.4); a running report keeps those that it came under."""
        return _one([rule for rule in self.report_versions if on in rule.interval], on, gettext_noop("举报规则"))

    def boards(self, on: date) -> BoardRules:
        """How boards group, and what they point out."""
        return _one([rule for rule in self.board_versions if on in rule.interval], on, gettext_noop("看板规则"))

    def disclosure(self, on: date) -> DisclosureRules:
        """What the public pages show (三.2, 信息公开形式)."""
        rules = [rule for rule in self.disclosure_versions if on in rule.interval]
        return _one(rules, on, gettext_noop("公开规则"))

    def safety(self, on: date) -> SafetyRules:
        """When the safety light turns yellow or red (N9)."""
        rules = [rule for rule in self.safety_versions if on in rule.interval]
        return _one(rules, on, gettext_noop("安全状态规则"))

    # -- rules of which several are in force

    def duty_rules(self, on: date) -> tuple[DutyRule, ...]:
        """The duty rules in force, by number."""
        return tuple(sorted(_valid(self.duty_rule_versions, on), key=lambda rule: rule.number))

    def duty_rule(self, code: str, on: date) -> DutyRule:
        """One duty rule (N7.2)."""
        return _one([rule for rule in self.duty_rules(on) if rule.code == code], on, code)

    def level_rules(self, on: date) -> tuple[LevelRule, ...]:
        """The level rules in force (二.2)."""
        return tuple(version.value for version in self.level_rule_versions if on in version.interval)

    def milestones(self, on: date) -> tuple[Milestone, ...]:
        """The dated measures in force."""
        return tuple(milestone for milestone in self.milestone_versions if on in milestone.interval)

    def documents(self, on: date) -> tuple[DocumentText, ...]:
        """The document texts in force."""
        return tuple(text for text in self.document_versions if on in text.interval)

    def document(self, code: str, on: date) -> DocumentText:
        """One document's text (attachment3)."""
        return _one([text for text in self.documents(on) if text.code == code], on, code)

    # -- industries

    def industry(self, code: str) -> Industry | None:
        """An industry by its code, or None."""
        return next((industry for industry in self.industries if industry.code == code), None)

    def industry_of(self, gbt_code_or_name: str, on: date | None = None) -> IndustryMatch:
        """The industry of a GB/T 4754 code (C2614, 2614) or of a name; see IndustryMatch. Without a day, as issued."""
        day = on or self.meta.interval.start
        rules = [rule for rule in self.code_rules if day in rule.interval]
        industries = [industry for industry in self.industries if day in industry.interval]
        return match_industry(gbt_code_or_name, industries, rules)


def _valid(rules: Iterable[V], on: date) -> list[V]:
    return [rule for rule in rules if rule.valid_from <= on and (rule.valid_to is None or on < rule.valid_to)]


def _dated_one(versions: Iterable[Dated[T]], on: date, what: str) -> T:
    return _one([version.value for version in versions if on in version.interval], on, what)


def _one(found: Sequence[T], on: date, what: str) -> T:
    if not found:
        text = gettext_noop("%(day)s 没有生效的%(what)s，请核对方案的起止日期")
        raise Refusal("policy.not_in_force", text, day=on.isoformat(), what=what)
    return found[0]


def _missing(code: str) -> Clause:
    raise KeyError(code)
