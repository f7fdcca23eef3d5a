"""The morning digest: one a person, nothing twice, on workdays; what is major and overdue is told at once."""

from datetime import date

import pytest
from django.urls import reverse

from anwang.domain.calendar import PeriodKind
from anwang.features.duties.models import Obligation, Transfer
from anwang.features.notices.models import Message
from anwang.features.reminders import queries
from tests.features.reminders.conftest import at

pytestmark = pytest.mark.django_db
QUARTER = PeriodKind.QUARTER


def told(**more):
    return list(Message.objects.filter(**more).order_by("created_at", "to_id").values_list("title", flat=True))


def test_a_near_deadline_is_told_once(owe, digest):
    owe("2026-11-30")
    assert digest("2026-11-26 08:00").people == 0
    assert digest("2026-11-27 08:00").people == 1
    assert digest("2026-11-30 08:00").people == 0
    assert told() == ["履职提醒：即将到期 1 项"]


@pytest.mark.slow
def test_what_becomes_overdue_is_told_once_more(owe, digest):
    owe("2026-11-30")
    for day in ("2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-10"):
        digest(f"{day} 08:05")
    assert told() == ["履职提醒：即将到期 1 项", "履职提醒：逾期 1 项"]


def test_a_person_gets_one_message_for_all(owe, digest, cast):
    owe("2026-11-15")
    owe("2026-11-30", rule="N7.3")
    owe("2026-11-30", who="county_leader", rule="N7.4")
    assert digest("2026-11-27 08:00").people == 2
    mine = Message.objects.get(to=cast.village_cadre.person)
    assert mine.title == "履职提醒：逾期 1 项，即将到期 1 项"
    assert mine.body.splitlines() == [
        "已逾期",
        "· 示例机械有限公司：半月联系，截止 2026-11-15",
        "",
        "即将到期",
        "· 示例机械有限公司：专题会议，截止 2026-11-30",
    ]


def test_days_that_the_scheduler_slept_are_made_up_for_once(owe, digest):
    owe("2026-11-30")
    digest("2026-11-24 08:00")
    digest("2026-12-03 15:00")
    digest("2026-12-04 08:00")
    assert told() == ["履职提醒：逾期 1 项"]


def test_on_a_day_of_rest_nothing_is_said_and_on_a_worked_saturday_it_is(owe, digest):
    owe("2026-10-11")
    assert not digest("2026-10-03 09:00").due  # the national holiday
    assert not digest("2026-10-08 07:59").due
    assert digest("2026-10-08 08:00").people == 1
    assert digest("2026-10-10 08:00").due  # a Saturday that is worked


def test_twice_on_a_morning_is_once(owe, digest):
    owe("2026-11-30")
    assert digest("2026-11-27 08:00").people == 1
    assert not digest("2026-11-27 08:00").due
    assert not digest("2026-11-27 16:00").due


def test_what_is_done_or_waived_is_not_mentioned(owe, digest, now):
    owe("2026-11-30", done_at=now, done_on=date(2026, 11, 20))
    owe("2026-11-30", rule="N7.3", waived_at=now)
    assert digest("2026-11-27 08:00").people == 0


def test_what_is_no_longer_than_its_lead_is_told_only_when_overdue(owe, digest):
    owe("2026-12-31", kind=QUARTER, rule="N7.3", start=date(2026, 12, 20))
    for day in ("2026-12-21", "2026-12-31"):
        digest(f"{day} 08:00")
    assert told() == []
    digest("2027-01-04 08:00")
    assert told() == ["履职提醒：逾期 1 项"]


def test_a_duty_that_was_handed_over_is_told_to_its_new_person(owe, digest, cast):
    row = owe("2026-11-30")
    digest("2026-11-27 08:00")
    people = {"from_person": cast.village_cadre.person, "to_person": cast.county_leader.person}
    Transfer.objects.create(obligation=row, at=at("2026-11-27 12:00"), by="办公室", reason="调动", **people)
    Obligation.objects.update(person=cast.county_leader.person)
    digest("2026-11-30 08:00")
    assert told(to=cast.county_leader.person) == ["履职提醒：即将到期 1 项"]
    assert len(told(to=cast.village_cadre.person)) == 1


def test_a_long_list_is_cut_and_says_how_many_more(owe, digest):
    for kind in PeriodKind:
        for rule in ("N7.2", "N7.3", "N7.4", "N7.5", "N7.6"):
            owe("2026-11-15", rule=rule, kind=kind, start=date(2026, 11, 1))
    digest("2026-11-16 08:00")
    lines = Message.objects.get().body.splitlines()
    assert sum(line.startswith("· ") for line in lines) == 20
    assert lines[-1] == "另有 5 项，见“我的履职”。"


def test_a_digest_holds_no_telephone_and_no_name_of_a_person(owe, digest, cast):
    cast.enterprise.principal_phone = "13800001234"
    cast.enterprise.save()
    owe("2026-11-30")
    digest("2026-11-27 08:00")
    body = Message.objects.get().body
    assert "138" not in body
    assert "示例村主任" not in body


def test_where_the_risk_is_major_overdue_is_told_at_once_and_not_again_in_the_morning(owe, digest, alarm, cast):
    type(cast.enterprise).objects.update(grade="major")
    owe("2026-11-27")
    assert alarm("2026-11-27 23:50").people == 0
    assert alarm("2026-11-28 00:05").people == 1  # a Saturday
    assert alarm("2026-11-28 00:10").people == 0
    assert digest("2026-11-30 08:00").people == 0
    message = Message.objects.get()
    assert message.urgent
    assert message.kind == "overdue_major"


def test_of_other_grades_nothing_is_told_at_once(owe, alarm):
    owe("2026-11-15")
    assert alarm("2026-11-28 00:05").people == 0


def test_in_an_unknown_year_the_digest_says_what_it_assumed(owe, digest):
    owe("2031-10-15", opened="2031-10-01 00:00")
    run = digest("2031-10-13 08:00")
    assert run.assumed
    assert run.people == 1


def test_the_page_shows_what_the_next_morning_will_bring(owe, digest, cast, now):
    owe("2026-11-30")
    assert queries.preview(person=cast.village_cadre.person.id, now=at("2026-11-26 17:00")).digest is None
    digest("2026-11-26 17:01")
    shown = queries.preview(person=cast.village_cadre.person.id, now=at("2026-11-26 17:02"))
    digest("2026-11-27 08:00")
    assert shown.at == at("2026-11-27 08:00")
    assert shown.digest.words.title == Message.objects.get().title


@pytest.mark.slow
def test_the_page_costs_few_queries(owe, cast, django_assert_max_num_queries):
    owe("2026-11-15")
    browser = cast.sign_in("village_cadre")
    with django_assert_max_num_queries(14):
        page = browser.get(reverse("reminder_preview")).content.decode()
    assert "示例机械有限公司" in page


def test_a_task_is_told_of_with_the_duties_in_one_message(owe, hand, digest, cast):
    owe("2026-11-30")
    hand("2026-11-30")
    assert digest("2026-11-27 08:00").people == 1
    digest("2026-11-30 08:00")
    digest("2026-12-01 08:00")
    assert told() == ["履职提醒：即将到期 2 项", "履职提醒：逾期 2 项"]
    assert "· 任务：汛期安全提醒，截止 2026-11-30" in Message.objects.first().body.splitlines()


def test_a_task_that_was_handed_on_or_done_is_not_mentioned(hand, digest):
    hand("2026-11-30", state="done")
    hand("2026-11-30", state="handed")
    assert digest("2026-11-27 08:00").people == 0


@pytest.mark.slow
def test_a_task_that_comes_back_is_told_to_its_sender_at_once(hand, cast):
    from anwang.features.dispatch import actions as dispatch

    row = hand("2026-12-30")
    dispatch.give_back(by=cast.village_cadre.actor, now=at("2026-11-28 22:00"), receipt_id=row.id, reason="不属本村")
    message = Message.objects.get()
    assert (message.to, message.kind, message.urgent) == (cast.county_leader.person, "returned", True)
    assert message.title == "任务被退回：汛期安全提醒"
    assert cast.sign_in("county_leader").get(message.link).status_code == 200
