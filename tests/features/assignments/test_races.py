"""Two at once: exactly one wins, the other is told, nothing is written twice."""

import pytest

from anwang.features.assignments import actions
from anwang.features.assignments.models import Assignment, Commitment, Plan
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("own_connections")]


def test_of_two_who_adopt_a_plan_at_once_one_wins(county, propose, now):
    plan = propose()
    results = at_once(*[lambda: actions.adopt(by=county.county_leader.actor, now=now, plan_id=plan.id)] * 2)
    assert sorted(isinstance(result, str) for result in results) == [False, True]
    assert "plan_taken" in results
    assert Assignment.objects.filter(plan=plan, part="lead").count() == plan.summary["led"]


def test_of_two_plans_adopted_at_once_the_second_is_stale(county, propose, now):
    plans = [propose(), propose(seed=1)]
    results = at_once(
        *[lambda key=plan.id: actions.adopt(by=county.county_leader.actor, now=now, plan_id=key) for plan in plans]
    )
    assert "plan_stale" in results
    assert Plan.objects.filter(state="adopted").count() == 1


def test_a_letter_signed_twice_at_once_is_signed_once(adopted, now):
    letter = Commitment.objects.filter(assignment__person=adopted.village_cadre.person).first()
    sign = {"by": adopted.village_cadre.actor, "now": now, "commitment_id": letter.id, "typed": "示例村主任"}
    results = at_once(*[lambda: actions.sign(**sign)] * 4)
    assert sorted(result for result in results if isinstance(result, str)) == ["already_signed"] * 3


def test_a_signature_and_the_way_back_at_once_never_both_count(adopted, now):
    letter = Commitment.objects.filter(assignment__person=adopted.village_cadre.person).first()
    at_once(
        lambda: actions.sign(by=adopted.village_cadre.actor, now=now, commitment_id=letter.id, typed="示例村主任"),
        lambda: actions.undo(by=adopted.county_leader.actor, now=now, plan_id=adopted.plan.id),
    )
    letter.refresh_from_db()
    adopted.plan.refresh_from_db()
    assert (letter.signed_at is None) == (adopted.plan.state == "undone")
