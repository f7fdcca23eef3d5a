"""What goes along with a hand-over beside the duties, what stays by design, and what comes back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from anwang.domain.ladder.rules import ProblemKind
from anwang.features.advice import actions as advice
from anwang.features.advice.models import Receipt
from anwang.features.dispatch import actions as dispatch
from anwang.features.dispatch.models import Receipt as TaskReceipt
from anwang.features.notices.models import Message
from anwang.features.problems import actions as problems
from anwang.features.timeline.actions import HandoverData, carry_due, end_leave, hand_over, print_list, undo
from anwang.features.timeline.models import Handover
from anwang.features.visits.models import Visit
from tests.features.timeline.test_review import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def problem(opened, now):
    """The cadre found something and follows it to its end."""
    data = problems.ProblemData(opened.enterprise.id, ProblemKind.VIOLATION, "应急通道堆物")
    return problems.report(by=opened.village_cadre.actor, now=now, data=data)


@pytest.fixture
def question(opened, now):
    """The principal asked the cadre first."""
    asking = advice.Asking(
        client_id=uuid4(), enterprise=opened.enterprise.id, text="动火谁审批？", first=opened.village_cadre.person.id
    )  # fmt: skip
    return advice.ask(by=opened.principal.actor, now=now, data=asking)


@pytest.fixture
def visit(opened, now, today):
    """The cadre announced a visit: `visit(days=3)`."""

    def make(days=3, **more):
        firm = opened.enterprise
        said = {"state": "announced", "announced_at": now, "announced_by": "示例村主任", **more}
        return Visit.objects.create(
            enterprise=firm, county=firm.county, township=firm.township, person=opened.village_cadre.person,
            form="on_site", day=today + timedelta(days=days), created_at=now, created_by="示例村主任", **said,
        )  # fmt: skip

    return make


def who(row):
    row.refresh_from_db()
    return getattr(row, "tracker_id", None) or getattr(row, "holder_person_id", None) or row.person_id


@pytest.mark.parametrize("kind", ["retire", "transfer", "dismiss", "rebalance"])
def test_an_open_problem_gets_the_new_lead_as_its_follower_once_with_an_event(opened, give, people, problem, kind):
    row = give(kind, note="到龄")
    assert who(problem) == people.new
    assert problem.events.filter(kind="follow").count() == 1
    assert row.problems == 1


def test_clock_and_state_of_a_problem_do_not_move(give, problem):
    before = (problem.state, problem.due, problem.act_on, problem.first_due, problem.reported_at)
    give()
    problem.refresh_from_db()
    assert (problem.state, problem.due, problem.act_on, problem.first_due, problem.reported_at) == before


def test_a_problem_that_somebody_else_follows_stays(opened, give, problem):
    type(problem).objects.filter(id=problem.id).update(tracker=opened.county_leader.person)
    assert give().problems == 0
    assert who(problem) == opened.county_leader.person.id


def test_a_question_goes_on_when_its_holder_leaves_and_the_first_asked_and_the_day_stay(give, people, question):
    due = question.due
    assert give("transfer").questions == 1
    assert who(question) == people.new
    assert (question.first_person_id, question.due) == (people.old, due)
    assert question.steps.get(kind="passed").text.startswith("调离")


def test_a_question_stays_with_the_first_asked_when_work_is_only_shared_out_anew(give, people, question):
    assert give("rebalance").questions == 0
    assert who(question) == people.old


def test_an_announced_visit_keeps_its_day_and_the_enterprise_is_told_who_comes(opened, give, people, visit):
    row = visit()
    assert give("rebalance").visits == 1
    assert who(row) == people.new
    assert row.state == "announced"
    told = Message.objects.get(to=opened.principal.person, kind="visit")
    assert told.title == "2026-11-27 的督导改由 示例镇员 前来"


def test_a_visit_that_is_over_or_cancelled_stays_with_whoever_had_it(give, people, visit):
    gone, done = visit(days=-2), visit(state="done")
    assert give().visits == 0
    assert (who(gone), who(done)) == (people.old, people.old)


def test_a_task_of_somebody_who_left_goes_back_to_its_sender(opened, give, now, today):
    targets = {"kind": "posts", "posts": [opened.village_cadre.post.id]}
    data = dispatch.TaskData("汛期值班表", "报值班表。", today + timedelta(days=20), targets)
    task = dispatch.draft(by=opened.county_leader.actor, now=now, data=data)
    dispatch.issue(by=opened.county_leader.actor, now=now, task_id=task.id)
    give("retire", who="city_office")
    row = TaskReceipt.objects.get(task=task)
    assert (row.state, row.back_reason) == ("returned", "承办人已离任，请改派。")
    assert row.events.filter(kind="returned").count() == 1
    carry_due(by=opened.system, now=now)
    assert row.events.filter(kind="returned").count() == 1


def test_a_task_of_somebody_who_only_gave_enterprises_away_stays(opened, give, now, today):
    targets = {"kind": "posts", "posts": [opened.village_cadre.post.id]}
    data = dispatch.TaskData("汛期值班表", "报值班表。", today + timedelta(days=20), targets)
    task = dispatch.draft(by=opened.county_leader.actor, now=now, data=data)
    dispatch.issue(by=opened.county_leader.actor, now=now, task_id=task.id)
    give("rebalance")
    assert TaskReceipt.objects.get(task=task).state == "issued"


def test_a_policy_notice_belongs_to_the_enterprise_so_that_the_new_lead_has_it_to_relay(opened, give, now):
    by = opened.county_leader.actor
    notice = advice.keep_notice(by=by, now=now, data=advice.NoticeData(title="冬季动火管理", text="清理可燃物。"))
    advice.issue_notice(by=by, now=now, notice_id=notice.id)
    give()
    receipt = Receipt.objects.get(notice=notice, enterprise=opened.enterprise)
    assert advice.relay(by=opened.township_officer.actor, now=now, notice_id=notice.id, how="phone") == 1
    receipt.refresh_from_db()
    assert receipt.relayed_by_id == opened.township_officer.person.id


def test_a_hand_over_that_is_undone_brings_all_of_it_back(opened, give, people, problem, question, visit, now):
    planned = visit()
    row = give("retire", who="city_office")
    assert {who(problem), who(question), who(planned)} == {people.new}
    undo(by=opened.city_office.actor, now=now + timedelta(hours=1), handover_id=row.id)
    assert {who(problem), who(question), who(planned)} == {people.old}


def test_what_the_taker_had_before_does_not_go_to_the_giver_when_it_is_undone(opened, give, people, problem, now):
    type(problem).objects.filter(id=problem.id).update(tracker=people.new)
    row = give("rebalance")
    undo(by=opened.county_leader.actor, now=now + timedelta(hours=1), handover_id=row.id)
    assert who(problem) == people.new


class TestLeave:
    def test_problems_and_questions_wait_for_its_first_day(self, opened, give, people, problem, question, now, today):
        row = give("leave", on=today + timedelta(days=2), until=today + timedelta(days=9))
        assert (row.carried_at, who(problem)) == (None, people.old)
        assert carry_due(by=opened.system, now=now + timedelta(days=1))["leaves"] == []
        assert carry_due(by=opened.system, now=now + timedelta(days=2))["leaves"] == [row.id]
        assert {who(problem), who(question)} == {people.new}
        assert carry_due(by=opened.system, now=now + timedelta(days=3))["leaves"] == []

    def test_they_come_back_on_the_day_of_return(self, opened, give, people, problem, question, now, today):
        row = give("leave", until=today + timedelta(days=9))
        assert {who(problem), who(question)} == {people.new}
        assert carry_due(by=opened.system, now=now + timedelta(days=8))["leaves"] == []
        assert carry_due(by=opened.system, now=now + timedelta(days=9))["leaves"] == [row.id]
        assert {who(problem), who(question)} == {people.old}
        assert problem.events.filter(kind="follow").count() == 2
        assert carry_due(by=opened.system, now=now + timedelta(days=10))["leaves"] == []

    def test_they_come_back_at_once_when_the_leave_is_cut_short(self, opened, give, people, problem, visit, now, today):
        planned = visit(days=5)
        row = give("leave", until=today + timedelta(days=9))
        assert who(planned) == people.new
        end_leave(by=opened.county_leader.actor, now=now + timedelta(days=1), handover_id=row.id)
        assert {who(problem), who(planned)} == {people.old}

    def test_a_visit_after_the_return_stays(self, give, people, visit, today):
        within, after = visit(days=5), visit(days=12)
        give("leave", until=today + timedelta(days=9))
        assert (who(within), who(after)) == (people.new, people.old)

    def test_who_leaves_for_good_while_on_leave_leaves_everything_to_the_new_lead(
        self, opened, give, people, problem, question, now, today
    ):
        give("leave", until=today + timedelta(days=9))
        day = now + timedelta(days=1)
        choice = {opened.enterprise.id: opened.county_leader.post.id}
        data = HandoverData(opened.village_cadre.post.id, "dismiss", today + timedelta(days=1), choice)
        hand_over(by=opened.city_office.actor, now=day, data=data)
        assert {who(problem), who(question)} == {opened.county_leader.person.id}
        carry_due(by=opened.system, now=now + timedelta(days=9))
        assert {who(problem), who(question)} == {opened.county_leader.person.id}


def test_the_list_to_sign_names_the_problems_that_go_along(opened, give, problem, now):
    row = give()
    said = text_of(print_list(by=opened.county_leader.actor, now=now, handover_id=row.id, form="docx"))
    assert "跟踪的问题（1 个）" in said
    assert "应急通道堆物" in said


def test_the_page_says_what_went_along(opened, give, problem, question, visit):
    visit()
    row = give()
    said = opened.sign_in("county_leader").get(f"/handovers/{row.id}/").content.decode()
    for words in ("移交问题", "移交提问", "移交督导安排"):
        assert words in said
    assert Handover.objects.values_list("problems", "questions", "visits").get() == (1, 1, 1)
