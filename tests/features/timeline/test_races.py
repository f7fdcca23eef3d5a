"""Two leaders hand the same person over at once: one wins, the other is told, nothing moves twice."""

from datetime import timedelta

import pytest

from anwang.domain.ladder.rules import ProblemKind
from anwang.features.assignments.models import Assignment
from anwang.features.duties.models import Transfer
from anwang.features.problems import actions as problems
from anwang.features.timeline.actions import carry_due, end_leave, undo
from anwang.features.timeline.models import Handover
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("own_connections")]


@pytest.mark.parametrize("kind", ["rebalance", "retire"])
def test_of_two_hand_overs_at_once_one_wins(opened, give, kind):
    takers = [opened.township_officer.post.id, opened.county_leader.post.id]
    acts = [
        lambda post=post, who=who: give(kind, who=who, takers={opened.enterprise.id: post})
        for post, who in zip(takers, ("county_leader", "city_office"), strict=True)
    ]
    results = at_once(*acts)
    assert [result for result in results if isinstance(result, str)] == ["handover_taken"]
    assert Handover.objects.count() == 1
    row = Handover.objects.get()
    lead = Assignment.objects.get(enterprise=opened.enterprise, part="lead", valid_to=None)
    assert lead.post_id == row.items.get().to_post_id
    moved = Transfer.objects.filter(obligation__enterprise=opened.enterprise)
    assert moved.count() == moved.values("obligation").distinct().count() == row.duties


def test_of_two_leaves_at_once_one_wins(opened, give, today):
    acts = [
        lambda who=who: give("leave", who=who, until=today + timedelta(days=9))
        for who in ("county_leader", "city_office")
    ]
    results = at_once(*acts)
    assert [result for result in results if isinstance(result, str)] == ["leave_overlaps"]
    assert Assignment.objects.filter(part="deputy").count() == 1


def test_a_hand_over_taken_back_twice_at_once_is_taken_back_once(opened, give, now):
    row = give()
    results = at_once(*[lambda: undo(by=opened.county_leader.actor, now=now, handover_id=row.id)] * 2)
    assert [result for result in results if isinstance(result, str)] == ["handover_taken"]
    assert Assignment.objects.filter(part="lead", enterprise=opened.enterprise, valid_to=None).count() == 1


@pytest.fixture
def problem(opened, now):
    data = problems.ProblemData(opened.enterprise.id, ProblemKind.VIOLATION, "应急通道堆物")
    return problems.report(by=opened.village_cadre.actor, now=now, data=data)


@pytest.mark.parametrize("kind", ["rebalance", "retire"])
def test_of_two_hand_overs_at_once_a_problem_goes_with_the_one_that_holds(opened, give, problem, kind):
    takers = [opened.township_officer.post.id, opened.county_leader.post.id]
    acts = [
        lambda post=post, who=who: give(kind, who=who, takers={opened.enterprise.id: post})
        for post, who in zip(takers, ("county_leader", "city_office"), strict=True)
    ]
    results = at_once(*acts)
    assert [result for result in results if isinstance(result, str)] == ["handover_taken"]
    lead = Assignment.objects.get(enterprise=opened.enterprise, part="lead", valid_to=None)
    problem.refresh_from_db()
    assert (problem.tracker_id, problem.events.filter(kind="follow").count()) == (lead.person_id, 1)


def test_eight_schedulers_on_the_first_day_of_a_leave_carry_once(opened, give, people, problem, now, today):
    row = give("leave", on=today + timedelta(days=2), until=today + timedelta(days=9))
    at_once(*[lambda: carry_due(by=opened.system, now=now + timedelta(days=2))] * 8)
    row.refresh_from_db()
    problem.refresh_from_db()
    assert (row.problems, problem.tracker_id) == (1, people.new)
    assert problem.events.filter(kind="follow").count() == 1
    at_once(*[lambda: carry_due(by=opened.system, now=now + timedelta(days=9))] * 8)
    problem.refresh_from_db()
    assert (problem.tracker_id, problem.events.filter(kind="follow").count()) == (people.old, 2)


def test_a_leave_cut_short_while_the_scheduler_ends_it_gives_back_once(opened, give, people, problem, now, today):
    row = give("leave", until=today + timedelta(days=9))
    later = now + timedelta(days=8)
    acts = [lambda: end_leave(by=opened.county_leader.actor, now=later, handover_id=row.id)] * 2
    at_once(*acts, lambda: carry_due(by=opened.system, now=now + timedelta(days=9)))
    problem.refresh_from_db()
    assert (problem.tracker_id, problem.events.filter(kind="follow").count()) == (people.old, 2)
