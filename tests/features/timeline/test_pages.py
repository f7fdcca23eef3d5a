"""The guided hand-over in the browser, the newcomer's page, and who sees which."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from anwang.features.assignments.models import Assignment
from anwang.features.enterprises.models import Enterprise
from anwang.features.timeline.models import Handover
from tests.features.duties.conftest import bind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_leader_finds_the_person_sees_what_moves_does_it_and_takes_it_back(opened, today):
    browser = opened.sign_in("county_leader")
    listed = browser.get(reverse("handover_list"), {"q": "村主任"}).content.decode()
    address = re.search(r'href="([^"]*handovers/new/[^"]*)"', listed)[1]
    preview = browser.get(address).content.decode()
    assert opened.enterprise.name in preview
    assert "示例镇员" in preview
    form = {
        "post": opened.village_cadre.post.id, "kind": "retire", "on": str(today), "note": "到龄",
        f"firm-{opened.enterprise.id}": opened.township_officer.post.id,
    }  # fmt: skip
    done = browser.post(reverse("handover_make"), form, follow=True).content.decode()
    row = Handover.objects.get()
    assert "已交接" in done
    assert reverse("handover_undo", args=[row.id]) in done
    browser.post(reverse("handover_undo", args=[row.id]))
    row.refresh_from_db()
    assert row.state == "undone"


def test_all_goes_to_one_person_when_asked(opened, now):
    firm = Enterprise.objects.create(
        name="示例二号有限公司", place=371302101201, county=371302, township=371302101, created_at=now, updated_at=now
    )
    bind(firm, opened.village_cadre, now)
    browser = opened.sign_in("county_leader")
    asked = {"post": opened.village_cadre.post.id, "to": opened.township_officer.post.id}
    preview = browser.get(reverse("handover_new"), asked).content.decode()
    assert len(re.findall(rf'<option value="{opened.township_officer.post.id}" selected', preview)) >= 2


def test_the_preview_costs_the_same_for_one_and_for_forty(opened, now, django_assert_max_num_queries):
    for number in range(40):
        firm = Enterprise.objects.create(
            name=f"示例第{number}有限公司", place=371302101201, county=371302, township=371302101, created_at=now,
            updated_at=now,
        )  # fmt: skip
        bind(firm, opened.village_cadre, now)
    browser = opened.sign_in("county_leader")
    with django_assert_max_num_queries(12):
        browser.get(reverse("handover_new"), {"post": opened.village_cadre.post.id})


def test_the_list_in_twelve_queries(opened, give, django_assert_max_num_queries):
    give()
    browser = opened.sign_in("county_leader")
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("handover_list"), {"q": "示例"}).status_code == 200


def test_what_nobody_leads_stands_on_top(opened):
    Assignment.objects.filter(enterprise=opened.enterprise).delete()
    text = opened.sign_in("county_leader").get(reverse("handover_list")).content.decode()
    assert "无人负责" in text
    assert reverse("assignment_history", args=[opened.enterprise.id]) in text
    assert "无人负责" not in opened.sign_in("stranger").get(reverse("handover_list")).content.decode()


def test_the_newcomer_sees_what_was_taken_over_and_by_when(opened, give, django_assert_max_num_queries):
    give(open_questions="仓库改造在办")
    browser = opened.sign_in("township_officer")
    with django_assert_max_num_queries(12):
        text = browser.get(reverse("handover_received")).content.decode()
    for words in (opened.enterprise.name, "前任 示例村主任", "仓库改造在办", "2026-11-30 前"):
        assert words in text, words


def test_the_old_person_and_the_newcomer_see_the_hand_over_and_nobody_else_does(opened, give):
    row = give("rebalance")
    address = reverse("handover", args=[row.id])
    seen = {
        who: opened.sign_in(who).get(address).status_code for who in ("village_cadre", "township_officer", "stranger")
    }
    assert seen == {"village_cadre": 200, "township_officer": 200, "stranger": 404}
    assert opened.sign_in("village_cadre").get(reverse("handover_file", args=[row.id, "docx"])).status_code == 200
    assert opened.sign_in("stranger").get(reverse("handover_file", args=[row.id, "docx"])).status_code == 404


def test_back_from_leave_by_a_button(opened, give, today, freeze, now):
    row = give("leave", until=today + timedelta(days=10))
    browser = opened.sign_in("county_leader")
    assert "提前返岗" in browser.get(reverse("handover", args=[row.id])).content.decode()
    browser.post(reverse("handover_return", args=[row.id]))
    row.refresh_from_db()
    assert row.returned_on == today


def test_a_bad_date_is_refused_with_a_sentence(opened):
    browser = opened.sign_in("county_leader")
    form = {"post": opened.village_cadre.post.id, "kind": "retire", "on": "2026-02-31"}
    answer = browser.post(reverse("handover_make"), form)
    assert answer.status_code == 409
    assert "日期请写成" in answer.content.decode()


def test_a_stranger_finds_nothing_by_reading_or_writing(opened, give):
    row = give("rebalance")
    browser = opened.sign_in("stranger")
    addresses = [
        reverse("handover_new") + f"?post={opened.village_cadre.post.id}",
        reverse("handover", args=[row.id]),
        reverse("handover_undo", args=[row.id]),
        reverse("handover_return", args=[row.id]),
        reverse("handover_file", args=[row.id, "pdf"]),
        reverse("enterprise_timeline", args=[opened.enterprise.id]),
        reverse("person_timeline", args=[opened.village_cadre.person.id]),
        reverse("review_pack_make", args=[opened.enterprise.id]),
        reverse("review_pack", args=[1]),
    ]
    found = {(a, m): getattr(browser, m)(a).status_code for a in addresses for m in ("get", "post")}
    assert {key: status for key, status in found.items() if status != 404} == {}
    form = {"post": opened.village_cadre.post.id, "kind": "retire", "on": "2026-11-24"}
    assert browser.post(reverse("handover_make"), form).status_code in {404, 409}
    assert Handover.objects.count() == 1
