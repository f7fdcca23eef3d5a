"""A person's grade holds for a while; the computed one stays visible."""

from datetime import date

import pytest

from anwang.domain.base import Grade, Reason
from anwang.domain.risk import EnterpriseGrade, Override, effective_grade, may_override

COMPUTED = EnterpriseGrade(Grade.LARGER, (Reason("2.2", "作业人员 5 人"),))
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("until", "grade", "expired"),
    [(date(2026, 11, 25), Grade.LOW, False), (TODAY, Grade.LOW, False), (date(2026, 11, 23), Grade.LARGER, True)],
)
def test_an_override_holds_through_its_last_day_and_is_ignored_after(until: date, grade: Grade, expired: bool) -> None:
    result = effective_grade(COMPUTED, Override(Grade.LOW, "工艺停用", "评价报告", until), TODAY)
    assert (result.grade, result.expired, result.overridden) == (grade, expired, not expired)
    assert result.computed is COMPUTED


def test_without_an_override_the_computed_grade_counts() -> None:
    result = effective_grade(COMPUTED, None, TODAY)
    assert (result.grade, result.overridden, result.expired) == (Grade.LARGER, False, False)


def test_an_override_needs_reason_evidence_and_a_day_and_all_that_is_missing_is_named_at_once() -> None:
    decision = may_override(reason=" ", evidence="", until=None, on=TODAY)
    assert not decision
    assert [reason.code for reason in decision.reasons] == [
        "risk.override.reason",
        "risk.override.evidence",
        "risk.override.until",
    ]


def test_an_override_cannot_end_before_it_begins() -> None:
    decision = may_override(reason="工艺停用", evidence="评价报告", until=date(2026, 11, 23), on=TODAY)
    assert str(decision.reasons[0]) == "有效期截止日 2026-11-23 已经过去"
    assert may_override(reason="工艺停用", evidence="评价报告", until=TODAY, on=TODAY)
