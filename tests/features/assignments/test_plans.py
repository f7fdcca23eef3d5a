"""Plans: exact, explained, adopted once, taken back until the first signature (二.2, N3, B8)."""

from datetime import timedelta

import pytest

from anwang.domain.base import Refusal
from anwang.features.assignments import actions, queries
from anwang.features.assignments.models import Assignment, Commitment, PairRule, Plan, PlanItem, Posting
from anwang.features.audit.queries import faults
from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Obligation
from anwang.features.enterprises.models import Enterprise
from anwang.features.grid.models import Post
from tests.cast import LANSHAN, LUOZHUANG
from tests.refusals import refused

pytestmark = pytest.mark.django_db
KEYS = {
    "enterprises", "officials", "pairs", "objective", "lower_bound", "gap", "seconds", "without_lead",
    "officials_without", "joint", "by_level", "load", "moved",
}  # fmt: skip


def leads():
    rows = Assignment.objects.filter(part="lead", valid_to=None).select_related("enterprise", "person")
    return {row.enterprise.name: row.person.name for row in rows}


def test_a_plan_is_proven_the_best_and_says_what_the_notice_asks(propose):
    summary = propose().summary
    assert set(summary) >= KEYS
    assert summary["gap"] == 0
    assert summary["objective"] == summary["lower_bound"]


def test_each_grade_goes_to_its_level(adopted):
    found = leads()
    assert found["较大化工"] == "示例县长"
    assert found["一般工厂"] == "示例镇员"
    assert found["低风险商店"] == "示例村主任"


def test_every_official_has_an_enterprise_and_every_enterprise_a_lead(adopted, today):
    total = queries.coverage(adopted.county_leader.actor, on=today, unit=LANSHAN).total
    assert (total.without_lead, total.officials_without) == (0, 0)


def test_the_neighbours_enterprises_are_not_planned(propose, county):
    plan = propose()
    assert county.elsewhere.id not in set(PlanItem.objects.filter(plan=plan).values_list("enterprise_id", flat=True))


def test_a_county_does_not_plan_for_its_neighbour(propose):
    with refused("not_your_unit"):
        propose(unit=LUOZHUANG)


def test_adopting_writes_letters_for_all_and_sheets_for_leads(adopted):
    assert Commitment.objects.count() == Assignment.objects.filter(valid_to=None).count()
    assert Posting.objects.count() == Assignment.objects.filter(valid_to=None, part="lead").count()
    assert list(faults()) == []


def test_a_plan_is_adopted_once(adopted, now):
    with refused("plan_taken"):
        actions.adopt(by=adopted.county_leader.actor, now=now, plan_id=adopted.plan.id)


def test_a_plan_that_the_roster_has_overtaken_is_refused_and_says_what_changed(propose, county, now):
    plan = propose()
    Enterprise.objects.filter(id=county.firms.low.id).update(grade="major")
    from anwang.features.enterprises.models import GradeFact

    GradeFact.objects.filter(enterprise=county.firms.low).update(grade="major")
    with pytest.raises(Refusal, match="企业名册") as stale:
        actions.adopt(by=county.county_leader.actor, now=now, plan_id=plan.id)
    assert stale.value.code == "plan_stale"
    assert not Assignment.objects.exists()


def test_the_second_of_two_plans_is_stale_once_the_first_is_adopted(propose, county, now):
    first, second = propose(), propose()
    actions.adopt(by=county.county_leader.actor, now=now, plan_id=first.id)
    with refused("plan_stale"):
        actions.adopt(by=county.county_leader.actor, now=now, plan_id=second.id)


def test_an_adopted_plan_is_taken_back_with_its_papers(adopted, now):
    done = actions.undo(by=adopted.county_leader.actor, now=now, plan_id=adopted.plan.id)
    assert done.ended == 5
    assert not Assignment.objects.filter(valid_to=None).exists()
    assert not Commitment.objects.filter(void_at=None).exists()


def test_taking_back_brings_back_what_stood_before(adopted, propose, county, now, today):
    before = leads()
    Post.objects.filter(id=county.village_cadre.post.id).update(is_supervisor=False)
    later = now + timedelta(days=1)
    plan = propose(on=today + timedelta(days=1))
    actions.adopt(by=county.county_leader.actor, now=later, plan_id=plan.id)
    assert leads() != before
    actions.undo(by=county.county_leader.actor, now=later, plan_id=plan.id)
    assert leads() == before
    assert Plan.objects.get(id=adopted.plan.id).state == "adopted"


def test_the_first_signature_closes_the_way_back(adopted, now):
    letter = Commitment.objects.filter(assignment__person=adopted.village_cadre.person).first()
    actions.sign(by=adopted.village_cadre.actor, now=now, commitment_id=letter.id, typed="示例村主任")
    with refused("plan_signed"):
        actions.undo(by=adopted.county_leader.actor, now=now, plan_id=adopted.plan.id)


def test_planned_again_nothing_moves_and_papers_stay(adopted, propose, now):
    letters = set(Commitment.objects.values_list("id", flat=True))
    plan = propose(keep=True)
    assert plan.summary["moved"] == 0
    actions.adopt(by=adopted.county_leader.actor, now=now, plan_id=plan.id)
    assert set(Commitment.objects.filter(void_at=None).values_list("id", flat=True)) == letters


def test_a_conflict_of_interest_is_respected(propose, county, now):
    actions.add_pair(
        by=county.county_leader.actor, now=now, enterprise_id=county.firms.general.id, kind="forbid",
        person_id=county.township_officer.person.id, reason="亲属在该企业任职",
    )  # fmt: skip
    plan = propose()
    row = PlanItem.objects.get(plan=plan, enterprise_id=county.firms.general.id, part="lead")
    assert row.person_id != county.township_officer.person.id


def test_a_pin_is_respected_and_shown_as_one(propose, county, now):
    actions.add_pair(
        by=county.county_leader.actor, now=now, enterprise_id=county.firms.low.id, kind="pin",
        person_id=county.township_officer.person.id, reason="熟悉情况",
    )  # fmt: skip
    row = PlanItem.objects.get(plan=propose(), enterprise_id=county.firms.low.id, part="lead")
    assert row.person_id == county.township_officer.person.id


@pytest.mark.parametrize(
    ("change", "code"),
    [({"reason": " "}, "reason_missing"), ({"person_id": 0}, "person_outside"), ({"kind": "x"}, "person_outside")],
)
def test_a_pair_needs_a_reason_and_a_person_of_the_territory(county, now, change, code):
    asked = {
        "enterprise_id": county.firms.low.id, "kind": "pin", "person_id": county.township_officer.person.id,
        "reason": "熟悉",
    }  # fmt: skip
    with refused(code):
        actions.add_pair(by=county.county_leader.actor, now=now, **{**asked, **change})
    assert not PairRule.objects.exists()


def test_the_open_duties_follow_a_change_by_hand(adopted, now):
    open_duties(by=adopted.system, now=now)
    firm = adopted.firms.low
    lead = Assignment.objects.get(enterprise=firm, part="lead", valid_to=None)
    actions.reassign(
        by=adopted.county_leader.actor, now=now, enterprise_id=firm.id, post_id=adopted.township_officer.post.id,
        reason="村主任请假", replaces=lead.id,
    )  # fmt: skip
    open_duties(by=adopted.system, now=now)
    assert set(Obligation.objects.filter(enterprise=firm).values_list("person_id", flat=True)) == {
        adopted.township_officer.person.id
    }


def test_two_who_change_a_lead_at_once_do_not_overwrite_each_other(adopted, now):
    firm = adopted.firms.low
    lead = Assignment.objects.get(enterprise=firm, part="lead", valid_to=None)
    change = {
        "by": adopted.county_leader.actor, "now": now, "enterprise_id": firm.id, "reason": "调整", "replaces": lead.id,
    }  # fmt: skip
    actions.reassign(post_id=adopted.township_officer.post.id, **change)
    with refused("assignment_changed"):
        actions.reassign(post_id=adopted.county_leader.post.id, **change)


def test_a_post_that_ends_leaves_no_assignment_behind_and_the_orphan_is_named(adopted, now, today):
    Post.objects.filter(id=adopted.village_cadre.post.id).update(valid_to=today)
    opened = open_duties(by=adopted.system, now=now)
    assert opened.settled["ended"] >= 1
    assert adopted.firms.low.id in opened.without_lead
    assert queries.uncovered(adopted.county_leader.actor, on=today) >= 1


def test_a_plan_of_nothing_is_refused(grid, now, today):
    from anwang.domain.base import SYSTEM

    with pytest.raises(Refusal) as refusal:
        actions.propose(by=SYSTEM, now=now, on=today)
    assert refusal.value.code == "nothing_to_plan"
