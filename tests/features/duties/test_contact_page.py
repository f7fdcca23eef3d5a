"""The contact page: several duties at once, each thing asked once, nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from anwang.features.duties.models import Contact, Obligation
from anwang.features.duties.queries import tally_faults

from .pages import form_of, shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def page(opened):
    """The address of the contact page of the cast's enterprise."""
    return f"{reverse('contact_new')}?enterprise={opened.enterprise.id}"


def row_of(opened, rule):
    return Obligation.objects.get(enterprise=opened.enterprise, rule=rule)


def test_the_call_is_ticked_and_asks_what_its_rule_asks(opened, page):
    text = shown(opened.sign_in("village_cadre").get(page + "&form=call").content.decode())
    assert re.search(rf'value="{row_of(opened, "N7.2").id}"[^>]* checked', text)
    assert "是否联系上" in text
    assert "会议议题" not in text


def test_a_call_is_recorded_and_says_so(opened, page, today):
    client = opened.sign_in("village_cadre")
    sent = form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"])
    answer = client.post(page, sent, follow=True)
    contact = Contact.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("contact_detail", args=[contact.id])
    assert "完成 1 项职责" in answer.content.decode()
    assert contact.channel == "web"
    assert row_of(opened, "N7.2").done_on == today
    assert tally_faults() == []


def test_one_visit_ticks_three_duties_and_asks_the_shared_question_once(opened, page, today):
    client = opened.sign_in("village_cadre")
    rules = ["N7.3", "N7.4", "N7.5"]
    sent = form_of(today, *(row_of(opened, rule).id for rule in rules), rules=rules, form="on_site")
    part = client.post(reverse("contact_duties") + page[page.index("?") :], sent).content.decode()
    assert part.count("企业主要负责人是否到场") == 1
    client.post(page, sent)
    assert Obligation.objects.filter(done_on=today).count() == 3
    assert tally_faults() == []


def test_what_a_form_cannot_do_is_a_sentence_not_a_box(opened, page):
    text = opened.sign_in("village_cadre").get(page + "&form=on_site").content.decode()
    assert f'value="{row_of(opened, "N7.2").id}"' not in text
    assert "“现场督导”不能完成“半月联系”" in text


def test_a_missing_answer_is_named_at_its_field_and_nothing_is_lost(opened, page, today):
    sent = form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"], note="企业反映用电检修", answer_reached="")
    answer = opened.sign_in("village_cadre").post(page, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写“是否联系上”" in text
    assert "企业反映用电检修" in text
    assert sent["client_id"] in text
    assert Contact.objects.count() == 0


def test_a_call_that_reached_nobody_is_kept_and_says_why_it_does_not_count(opened, page, today):
    sent = form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"], answer_reached="no")
    text = opened.sign_in("village_cadre").post(page, sent, follow=True).content.decode()
    assert Contact.objects.get().reached is False
    assert "没有联系到企业" in text
    assert row_of(opened, "N7.2").done_at is None


def test_late_work_asks_for_its_reason_only_when_it_is_late(opened, page, today, now, freeze):
    client = opened.sign_in("village_cadre")
    row = row_of(opened, "N7.2")
    assert "逾期原因" not in shown(client.get(page + "&form=call").content.decode())
    freeze(now + timedelta(days=10))
    assert "逾期原因" in shown(client.get(f"{page}&obligation={row.id}").content.decode())
    later = today + timedelta(days=10)
    sent = form_of(later, row.id, rules=["N7.2"], wanted=str(row.id))
    assert client.post(page, sent).status_code == 422
    client.post(page, {**sent, "late_reason": "企业停电检修"})
    assert row_of(opened, "N7.2").late is True
    assert Contact.objects.get().late_reason == "企业停电检修"


def test_sent_twice_is_recorded_once(opened, page, today, now, freeze):
    client = opened.sign_in("village_cadre")
    sent = form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"])
    first = client.post(page, sent)
    freeze(now + timedelta(days=3))
    again = client.post(page, sent)
    assert (first.status_code, again.status_code, first.url) == (302, 302, again.url)
    assert Contact.objects.count() == 1


def test_the_same_id_with_another_body_is_a_conflict(opened, page, today):
    client = opened.sign_in("village_cadre")
    sent = form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"])
    client.post(page, sent)
    assert client.post(page, {**sent, "note": "另一份"}).status_code == 409


def test_a_device_that_sends_later_is_answered_in_json(opened, page, today, now, freeze):
    client = opened.sign_in("village_cadre")
    sent = form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"], captured_at="2026-11-24T02:00:00.000Z")
    freeze(now + timedelta(days=9))
    answer = client.post(page, sent, headers={"accept": "application/json"})
    assert answer.status_code == 201
    assert answer.json()["next"] == reverse("contact_detail", args=[Contact.objects.get().id])
    row = row_of(opened, "N7.2")
    assert (row.late, row.done_at) == (False, now + timedelta(days=9))


def test_what_is_missing_is_named_to_a_device_too(opened, page, today):
    sent = form_of(today, row_of(opened, "N7.2").id)
    answer = opened.sign_in("village_cadre").post(page, sent, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert "answer_reached" in answer.json()["errors"]


def test_a_duty_of_its_own_record_is_not_mixed_with_others(opened, page, today):
    sent = form_of(today, row_of(opened, "N7.2").id, "N7.1", rules=["N7.2", "N7.1"])
    answer = opened.sign_in("village_cadre").post(page, sent)
    assert "须单独登记" in answer.content.decode()
    assert Contact.objects.count() == 0


def test_an_answer_to_a_question_of_the_enterprise_needs_no_period(opened, page, today):
    opened.sign_in("village_cadre").post(page, form_of(today, "N7.1", rules=["N7.1"], form="consultation"))
    assert Contact.objects.get().fulfilments.get().counts is True


def test_nothing_ticked_and_nothing_written_is_nothing(opened, page, today):
    answer = opened.sign_in("village_cadre").post(page, form_of(today))
    assert "请勾选办理的职责" in answer.content.decode()


def test_without_script_a_button_shows_what_another_form_can_do(opened, page, today):
    sent = form_of(today, form="on_site", note="已到厂", refresh="1")
    answer = opened.sign_in("village_cadre").post(page, sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{row_of(opened, "N7.3").id}"' in text
    assert "已到厂" in text
    assert Contact.objects.count() == 0


def test_a_day_that_has_not_come_is_refused_at_its_field(opened, page, today):
    sent = form_of(today + timedelta(days=1), row_of(opened, "N7.2").id, rules=["N7.2"])
    assert "日期还没有到" in opened.sign_in("village_cadre").post(page, sent).content.decode()


@pytest.mark.parametrize("day", ["2026-02-30", "昨天", ""])
def test_what_is_no_day_is_named(opened, page, today, day):
    sent = form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"], occurred_on=day)
    assert opened.sign_in("village_cadre").post(page, sent).status_code == 422


def test_the_office_enters_a_paper_record_in_the_name_of_the_lead(opened, page, today):
    client = opened.sign_in("township_officer")
    assert "代 示例村主任 登记" in client.get(page).content.decode()
    client.post(page, form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"]))
    contact = Contact.objects.get()
    assert (contact.channel, contact.person_id) == ("paper", opened.village_cadre.person.id)


def test_undo_takes_the_record_back_and_the_duty_is_owed_again(opened, page, today):
    client = opened.sign_in("village_cadre")
    client.post(page, form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"]))
    client.post(reverse("contact_undo", args=[Contact.objects.get().id]))
    assert row_of(opened, "N7.2").done_at is None
    assert Contact.objects.get().void_reason
    assert tally_faults() == []


def test_a_record_is_withdrawn_with_a_reason_and_never_without(opened, page, today):
    client = opened.sign_in("village_cadre")
    client.post(page, form_of(today, row_of(opened, "N7.2").id, rules=["N7.2"]))
    void = reverse("contact_void", args=[Contact.objects.get().id])
    assert client.post(void, {"reason": " "}).status_code == 409
    client.post(void, {"reason": "登记错企业"})
    assert Contact.objects.get().void_reason == "登记错企业"
