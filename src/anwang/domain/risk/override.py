"""A person may set another grade for a while, with a reason and evidence; the computed one stays visible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.base import Decision, Grade, Reason, gettext_noop
from anwang.domain.risk.grading import EnterpriseGrade


@dataclass(frozen=True, slots=True)
class Override:
    """A grade set by a person. `until` is the last day on which it holds; `evidence` says what it rests on."""

    grade: Grade
    reason: str
    evidence: str
    until: date


@dataclass(frozen=True, slots=True)
class EffectiveGrade:
    """The grade that counts on a day, beside the one the rules compute. `expired`: the override's last day is past."""

    grade: Grade
    computed: EnterpriseGrade
    override: Override | None = None
    expired: bool = False

    @property
    def overridden(self) -> bool:
        return self.override is not None and not self.expired


def effective_grade(computed: EnterpriseGrade, override: Override | None, on: date) -> EffectiveGrade:
    """The grade on a day: the override while it lasts, else what the rules compute."""
    if override is None or on > override.until:
        return EffectiveGrade(computed.grade, computed, override, expired=override is not None)
    return EffectiveGrade(override.grade, computed, override)


def may_override(*, reason: str, evidence: str, until: date | None, on: date) -> Decision:
    """Whether an override may be recorded: it needs a reason, evidence and a last day; all that is missing is named."""
    faults = []
    if not reason.strip():
        faults.append(Reason("risk.override.reason", gettext_noop("请写明调整风险等级的理由")))
    if not evidence.strip():
        faults.append(Reason("risk.override.evidence", gettext_noop("请写明调整依据，如评价报告名称和日期")))
    if until is None:
        faults.append(Reason("risk.override.until", gettext_noop("请填写调整的有效期截止日")))
    elif until < on:
        faults.append(Reason("risk.override.past", gettext_noop("有效期截止日 %(until)s 已经过去"), {"until": until}))
    return Decision(not faults, tuple(faults))
