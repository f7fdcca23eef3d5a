"""首问负责: the first asked answers or passes on, and sees to it that an answer comes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from anwang.features.advice import actions, queries
from anwang.features.advice.actions import Asking
from anwang.features.advice.models import Question
from anwang.features.advice.queries.questions import listing, targets
from anwang.features.audit.queries import faults
from anwang.features.duties.models import Contact, Fulfilment
from tests.features.advice.conftest import bind
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cadre(bound):
    return bound.village_cadre


@pytest.fixture
def answered(bound, cadre, asked, now):
    return actions.answer(by=cadre.actor, now=now, question_id=asked().id, text="由车间主任审批。")


def kinds(row):
    return [step.kind for step in row.steps.order_by("id")]


def test_a_question_belongs_to_who_was_asked_and_is_due_in_three_workdays(asked, cadre):
    row = asked()
    assert (row.first_person_id, row.holder_person_id) == (cadre.person.id, cadre.person.id)
    assert row.due == date(2026, 11, 27)
    assert (row.state, row.channel, row.asker) == ("waiting", "page", "示例厂长")


def test_the_same_form_sent_twice_is_one_question(asked):
    key = uuid4()
    assert asked(client_id=key).id == asked(client_id=key).id
    with refused("question_conflict"):
        asked(client_id=key, text="别的问题")


def test_an_enterprise_asks_only_its_own_supervisors(bound, asked):
    with refused("not_bound"):
        asked(first=bound.township_officer.person.id)


def test_an_enterprise_asks_for_itself_only(bound, asked):
    with refused("not_found"):
        asked(enterprise=bound.elsewhere.id)


def test_a_question_without_words_is_none(asked):
    with refused("text_missing"):
        asked(text="  ")


def test_whoever_was_asked_on_the_telephone_records_it_bound_or_not(bound, asked):
    officer = bound.township_officer
    row = asked(by="township_officer", first=officer.person.id, channel="phone", asker="示例安全员")
    assert (row.first_person_id, row.channel, row.asker) == (officer.person.id, "phone", "示例安全员")


def test_a_supervisor_records_no_question_for_another(bound, asked):
    with refused("not_yours"):
        asked(by="village_cadre", first=bound.township_officer.person.id)


def test_an_office_records_for_the_bound_supervisor_who_was_asked(bound, asked):
    row = asked(by="township_officer", channel="in_person")
    assert (row.first_person_id, row.recorded_by) == (bound.village_cadre.person.id, "示例镇员")


def test_an_answer_stands_in_the_ledger_as_a_consultation(answered, cadre):
    contact = Contact.objects.get()
    assert (contact.form, contact.person_id, contact.id) == ("consultation", cadre.person.id, answered.contact_id)
    met = Fulfilment.objects.get()
    assert (met.rule, met.counts) == ("N7.1", True)
    assert met.answers == {"question": "动火作业由谁审批？", "reply": "由车间主任审批。"}
    assert list(faults()) == []


def test_question_and_answer_of_one_call_are_recorded_at_once(bound, cadre, now):
    data = Asking(uuid4(), bound.enterprise.id, "要不要换证？", cadre.person.id, "phone", "示例厂长")
    row = actions.ask_at_once(by=cadre.actor, now=now, data=data, reply="三年一换。")
    assert (row.state, row.told_how) == ("told", "phone")
    assert actions.ask_at_once(by=cadre.actor, now=now, data=data, reply="三年一换。").id == row.id
    assert Contact.objects.count() == 1


def test_the_second_of_two_answers_is_told_and_may_be_added(answered, bound, now):
    officer = bound.township_officer.actor
    with refused("question_answered"):
        actions.answer(by=officer, now=now, question_id=answered.id, text="由安全科审批。", round=1)
    actions.add(by=officer, now=now, question_id=answered.id, text="由安全科审批。")
    answered.refresh_from_db()
    assert answered.answer == "由车间主任审批。"
    assert answered.steps.get(kind="added").text == "由安全科审批。"
    assert Contact.objects.count() == 1


def test_what_was_added_makes_the_asker_be_told_anew(answered, cadre, now):
    actions.tell(by=cadre.actor, now=now, question_id=answered.id, how="phone")
    row = actions.add(by=cadre.actor, now=now, question_id=answered.id, text="补充一点。")
    assert (row.state, row.told_at) == ("answered", None)


def test_passing_on_leaves_the_clock_and_the_first_asked(bound, asked, cadre, now):
    row = asked()
    later = now + timedelta(days=2)
    target = f"p{bound.county_leader.person.id}"
    passed = actions.pass_on(by=cadre.actor, now=later, question_id=row.id, to=target, reason="涉及发证")
    assert (passed.due, passed.asked_at, passed.first_person_id) == (row.due, row.asked_at, cadre.person.id)
    assert passed.holder_person_id == bound.county_leader.person.id
    step = passed.steps.get(kind="passed")
    assert (step.from_name, step.to_name, step.text) == ("示例村主任", "示例县长", "涉及发证")


def test_the_first_asked_still_sees_and_may_answer_what_was_passed_on(bound, asked, cadre, now):
    row = asked()
    actions.pass_on(by=cadre.actor, now=now, question_id=row.id, to=f"p{bound.county_leader.person.id}", reason="x")
    assert row in listing(cadre.actor, now.date(), scope="first")
    assert row not in listing(cadre.actor, now.date(), scope="mine")
    assert actions.answer(by=cadre.actor, now=now, question_id=row.id, text="问过了。").state == "answered"


def test_who_got_it_answers_without_being_bound(bound, asked, cadre, now):
    row = asked()
    officer = bound.township_officer
    actions.pass_on(by=cadre.actor, now=now, question_id=row.id, to=f"p{officer.person.id}", reason="x")
    actions.answer(by=officer.actor, now=now, question_id=row.id, text="由安全科审批。")
    assert Contact.objects.get().person_id == officer.person.id


def test_an_office_of_a_unit_can_be_given_a_question(bound, asked, cadre, now):
    row = asked()
    actions.pass_on(by=cadre.actor, now=now, question_id=row.id, to="u371302101000", reason="请办公室定")
    assert queries.waiting_questions(bound.township_officer.actor, now.date()).count == 1
    assert queries.waiting_questions(cadre.actor, now.date()).count == 0


def test_a_question_is_passed_only_where_the_enterprise_can_be_seen(bound, asked, cadre, now):
    row = asked()
    offered = {target.value for target in targets(queries.question(row.id, by=cadre.actor), on=now.date())}
    stranger = f"p{bound.stranger.person.id}"
    assert stranger not in offered
    with refused("target_unknown"):
        actions.pass_on(by=cadre.actor, now=now, question_id=row.id, to=stranger, reason="x")


def test_a_question_passed_by_two_is_passed_once(bound, asked, cadre, now, monkeypatch):
    row = asked()
    seen = queries.question(row.id, by=cadre.actor)
    actions.pass_on(by=cadre.actor, now=now, question_id=row.id, to="u371302101000", reason="x")
    monkeypatch.setattr("anwang.features.advice.queries.question", lambda *_a, **_k: seen)
    with refused("question_moved"):
        actions.pass_on(by=cadre.actor, now=now, question_id=row.id, to="u371302000000", reason="y")


def test_the_enterprise_says_that_it_has_the_answer(answered, bound, now):
    row = actions.tell(by=bound.principal.actor, now=now, question_id=answered.id, how="")
    assert (row.state, row.told_how) == ("told", "page")


def test_a_telephone_asker_is_told_and_how_is_recorded(answered, cadre, now):
    with refused("how_unknown"):
        actions.tell(by=cadre.actor, now=now, question_id=answered.id, how="pigeon")
    assert actions.tell(by=cadre.actor, now=now, question_id=answered.id, how="phone").told_how == "phone"
    with refused("question_state"):
        actions.tell(by=cadre.actor, now=now, question_id=answered.id, how="phone")


def test_not_answered_reopens_with_the_first_date_and_the_record_counts_no_longer(answered, bound, now):
    later = now + timedelta(days=10)
    row = actions.reopen(by=bound.principal.actor, now=later, question_id=answered.id, reason="没说哪一级")
    assert (row.state, row.round, row.due) == ("reopened", 2, answered.due)
    assert Contact.objects.get().void_at == later
    assert [each["id"] for each in queries.overdue_facts(bound.city_office.actor, later.date())] == [row.id]


def test_a_second_answer_is_a_record_of_its_own(answered, bound, cadre, now):
    actions.reopen(by=bound.principal.actor, now=now, question_id=answered.id, reason="没说哪一级")
    row = actions.answer(by=cadre.actor, now=now, question_id=answered.id, text="一级由分管负责人审批。")
    assert Contact.objects.filter(void_at=None).get().id == row.contact_id
    assert kinds(row) == ["asked", "answered", "reopened", "answered"]
    assert list(faults()) == []


def test_a_record_that_was_withdrawn_by_hand_does_not_stop_reopening(answered, bound, cadre, now):
    from anwang.features.duties.actions import void_contact

    void_contact(by=cadre.actor, now=now, contact_id=answered.contact_id, reason="登记有误")
    row = actions.reopen(by=bound.principal.actor, now=now, question_id=answered.id, reason="没说哪一级")
    assert row.state == "reopened"


def test_only_a_waiting_question_is_withdrawn(answered, bound, asked, now):
    with refused("question_state"):
        actions.withdraw(by=bound.principal.actor, now=now, question_id=answered.id, reason="问错了")
    row = asked(text="问错了")
    assert actions.withdraw(by=bound.principal.actor, now=now, question_id=row.id, reason="问错了").state == "withdrawn"


@pytest.mark.parametrize("act", ["answer", "add"])
def test_a_stranger_answers_nothing_of_ours(answered, bound, now, act):
    with refused("not_found"):
        getattr(actions, act)(by=bound.stranger.actor, now=now, question_id=answered.id, text="x")


def test_an_enterprise_does_not_answer_itself(asked, bound, now):
    with refused("not_found"):
        actions.answer(by=bound.principal.actor, now=now, question_id=asked().id, text="自答")


def test_the_askers_number_is_encrypted_in_the_database(asked, bound):
    from django.db import connection

    asked(by="village_cadre", channel="phone", asker_phone="13800001234")
    with connection.cursor() as cursor:
        cursor.execute("SELECT asker_phone FROM advice_question")
        assert "13800001234" not in str(cursor.fetchall())
    assert Question.objects.get().asker_phone == "13800001234"


def test_a_question_of_somebody_who_left_goes_on_to_the_lead_of_today(bound, asked, cadre, now):
    row = asked()
    assert actions.settle_questions(by=bound.system, now=now) == 0
    cadre.post.valid_to = now.date()
    cadre.post.save()
    bound.enterprise.assignments.update(valid_to=now.date())
    bind(bound.enterprise, bound.township_officer, now, since=now.date())
    assert actions.settle_questions(by=bound.system, now=now) == 1
    assert actions.settle_questions(by=bound.system, now=now) == 0
    moved = Question.objects.get()
    assert (moved.holder_person_id, moved.first_person_id) == (bound.township_officer.person.id, cadre.person.id)
    assert (moved.due, moved.steps.get(kind="passed").to_name) == (row.due, "示例镇员")


def test_without_a_lead_it_goes_to_the_office_of_the_township(bound, asked, cadre, now):
    asked()
    cadre.post.valid_to = now.date()
    cadre.post.save()
    bound.enterprise.assignments.update(valid_to=now.date())
    actions.settle_questions(by=bound.system, now=now)
    assert queries.waiting_questions(bound.township_officer.actor, now.date()).first[0].holder == "白沙埠镇办公室"


def test_a_year_after_it_was_settled_the_number_is_deleted(asked, cadre, now):
    row = asked(by="village_cadre", channel="phone", asker_phone="13800001234")
    actions.answer(by=cadre.actor, now=now, question_id=row.id, text="甲", told="phone")
    waiting = asked(by="village_cadre", channel="phone", asker_phone="13800005678")
    assert actions.forget_numbers(by=cadre.actor, now=now + timedelta(days=364)) == 0
    assert actions.forget_numbers(by=cadre.actor, now=now + timedelta(days=366)) == 1
    numbers = dict(Question.objects.values_list("id", "asker_phone"))
    assert numbers == {row.id: "", waiting.id: "13800005678"}


def test_home_is_told_what_waits_in_two_queries(asked, cadre, now, django_assert_max_num_queries):
    for _ in range(4):
        asked()
    with django_assert_max_num_queries(2):
        found = queries.waiting_questions(cadre.actor, now.date())
    assert (found.count, len(found.first), found.first[0].holder) == (4, 3, "示例村主任")


def test_nothing_waits_for_the_clock_of_an_answered_question(answered, cadre, now):
    assert queries.waiting_questions(cadre.actor, now.date()).count == 0
