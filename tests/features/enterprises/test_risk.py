"""Risk points, grades, overrides (附件6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anwang.domain.base import Grade
from anwang.domain.risk import HazardKind, RiskFacts
from anwang.features.enterprises import actions
from anwang.features.enterprises.models import GradeFact, RiskPoint
from anwang.features.enterprises.queries import page as reads
from tests.refusals import refused

pytestmark = pytest.mark.django_db
FIRE = frozenset({HazardKind.FIRE})


@pytest.fixture
def row(made):
    return made({})[0]


@pytest.fixture
def by(cast, now):
    return {"by": cast.county_leader.actor, "now": now}


def test_each_change_of_a_risk_point_grades_the_enterprise_anew(row, by, today):
    base = {**by, "enterprise_id": row.id}
    actions.add_point(**base, name="车间", facts=RiskFacts(hazard_kinds=FIRE, persons=10))
    row.refresh_from_db()
    assert row.grade == "major"
    (point,) = RiskPoint.objects.filter(enterprise=row)
    actions.change_point(**base, point_id=point.id, name="车间", facts=RiskFacts(hazard_kinds=FIRE, persons=9))
    row.refresh_from_db()
    assert row.grade == "larger"
    actions.remove_point(**base, point_id=point.id, reason="设备拆除")
    row.refresh_from_db()
    assert row.grade == "general"
    assert reads.point_lines(row.id, today) == []
    assert GradeFact.objects.filter(enterprise=row, valid_to=None).count() == 1


def test_the_enterprise_takes_the_worst_of_its_points(row, by, today):
    for name, persons in (("甲", 2), ("乙", 12), ("丙", 4)):
        facts = RiskFacts(hazard_kinds=FIRE, persons=persons)
        actions.add_point(**by, enterprise_id=row.id, name=name, facts=facts)
    row.refresh_from_db()
    assert row.grade == "major"
    assert [line.point.name for line in reads.point_lines(row.id, today)] == ["乙", "丙", "甲"]


def test_a_major_hazard_source_marks_the_enterprise(row, by):
    actions.add_point(**by, enterprise_id=row.id, name="罐区", facts=RiskFacts(major_hazard_source=True))
    row.refresh_from_db()
    assert (row.major_hazard, row.grade) == (True, "major")


def test_an_override_needs_reason_evidence_and_end(row, by, today):
    base = {**by, "enterprise_id": row.id, "grade": Grade.LARGER}
    with refused("risk.override.evidence"):
        actions.override_grade(**base, reason="专家意见", evidence="", until=today)
    with refused("risk.override.until"):
        actions.override_grade(**base, reason="专家意见", evidence="评价报告", until=None)
    with refused("grade_same"):
        actions.override_grade(
            **by, enterprise_id=row.id, grade=Grade.GENERAL, reason="专家", evidence="报告", until=today
        )


def test_an_override_counts_until_its_last_day_and_the_computed_grade_stays_visible(row, by, now, today):
    until = today + timedelta(days=30)
    actions.grade_all(**by, on=today)
    actions.override_grade(
        **by, enterprise_id=row.id, grade=Grade.LARGER, reason="专家意见", evidence="报告", until=until
    )
    row.refresh_from_db()
    fact = reads.grade_now(row.id)
    assert (row.grade, fact.computed, fact.override_until) == ("larger", "general", until)
    assert actions.grade_all(**by, on=until)["changed"] == 0
    assert actions.grade_all(**by, on=until + timedelta(days=1)) == {"enterprises": 3, "changed": 1, "expired": 1}
    assert actions.grade_all(**by, on=until + timedelta(days=1))["changed"] == 0
    row.refresh_from_db()
    assert row.grade == "general"


def test_an_override_survives_a_change_of_the_points(row, by, today):
    actions.override_grade(
        **by, enterprise_id=row.id, grade=Grade.LOW, reason="专家意见", evidence="报告", until=today + timedelta(days=9)
    )
    actions.add_point(**by, enterprise_id=row.id, name="车间", facts=RiskFacts(hazard_kinds=FIRE, persons=4))
    row.refresh_from_db()
    assert (row.grade, reads.grade_now(row.id).computed) == ("low", "larger")
    actions.end_override(**by, enterprise_id=row.id)
    row.refresh_from_db()
    assert row.grade == "larger"
    with refused("no_override"):
        actions.end_override(**by, enterprise_id=row.id)


def test_two_points_of_an_enterprise_have_different_names(row, by):
    actions.add_point(**by, enterprise_id=row.id, name="车间", facts=RiskFacts())
    with refused("point_known"):
        actions.add_point(**by, enterprise_id=row.id, name=" 车间 ", facts=RiskFacts())


def test_a_supervisor_of_the_village_changes_no_risk(row, cast, now):
    with refused("not_your_enterprise"):
        actions.add_point(by=cast.village_cadre.actor, now=now, enterprise_id=row.id, name="车间", facts=RiskFacts())


def test_regrading_names_no_enterprise_whose_grade_still_holds(made, by):
    actions.grade_all(**by, on=date(2026, 11, 24))
    made({"风险等级": "低"}, {"危险因素": "中毒", "同一作业时间人数": 5})
    assert actions.grade_all(**by, on=date(2026, 11, 24))["changed"] == 0
