"""The first pages: by role, in few queries, and never anybody else's."""

import html
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anwang.features.assignments.models import Assignment
from anwang.features.enterprises.models import Enterprise
from tests.features.duties.conftest import bind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST = 12


def read(browser, address="/"):
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(address)
    return answer.status_code, answer.content.decode(), len(seen)


def test_the_supervisor_sees_what_is_due_and_his_enterprises(opened):
    status, text, _ = read(opened.sign_in("village_cadre"))
    assert status == 200
    assert "11月下半月" in text
    assert "还有 7 天" in text
    assert opened.enterprise.name in text
    assert opened.elsewhere.name not in text


def test_a_tap_leads_from_the_first_page_to_the_record(opened):
    text = read(opened.sign_in("village_cadre"))[1]
    assert f"{reverse('contact_new')}?enterprise={opened.enterprise.id}&amp;form=call" in text


def test_the_page_costs_the_same_for_one_enterprise_and_for_sixty(opened, now):
    browser = opened.sign_in("village_cadre")
    few = read(browser)[2]
    for number in range(60):
        firm = Enterprise.objects.create(
            name=f"示例第{number}有限公司", place=371302101201, county=371302, township=371302101,
            created_at=now, updated_at=now,
        )  # fmt: skip
        bind(firm, opened.village_cadre, now)
    many = read(browser)[2]
    assert few == many <= 12


@pytest.mark.parametrize("who", ["county_leader", "township_officer", "city_office"])
def test_a_leader_sees_exceptions_and_the_units_below(opened, who):
    status, text, count = read(opened.sign_in(who))
    assert status == 200
    assert "今天可以处理的" in text
    assert count <= MOST


@pytest.mark.parametrize("who", ["county_leader", "township_officer", "city_office"])
def test_every_number_of_the_leaders_page_opens_that_many_rows(opened, who):
    browser = opened.sign_in(who)
    links = re.findall(r'<td class="num"[^>]*><a href="([^"]+)">([\d,]+)</a>', read(browser)[1])
    assert links
    for link, number in links:
        assert f"共 <b>{number}</b> 项" in read(browser, html.unescape(link))[1], link


def test_what_nobody_leads_is_the_first_exception(opened):
    Assignment.objects.filter(enterprise=opened.enterprise).delete()
    assert "1 家企业没有主包保人" in read(opened.sign_in("county_leader"))[1]
    assert "没有主包保人" not in read(opened.sign_in("stranger"))[1]


def test_a_neighbour_is_no_exception_of_mine(opened):
    assert "罗庄" not in read(opened.sign_in("county_leader"))[1]


def test_the_principal_sees_the_supervisor_and_only_the_own_enterprise(opened):
    status, text, _ = read(opened.sign_in("principal"))
    assert status == 200
    assert "示例村主任" in text
    assert "去办" not in text
    assert opened.elsewhere.name not in text


def test_my_enterprises_are_mine(opened):
    text = read(opened.sign_in("village_cadre"), reverse("my_enterprises") + "?form=call")[1]
    assert opened.enterprise.name in text
    assert opened.elsewhere.name not in text


def test_signed_out_is_the_sign_in_page(client, db):
    assert client.get("/").status_code == 302


def test_papers_that_wait_for_me_are_counted_once(opened, now, today):
    from anwang.features.assignments.models import Commitment, Posting
    from anwang.features.assignments.queries import papers_waiting
    from anwang.features.documents import actions as documents

    person = opened.village_cadre.person.id
    mine = Assignment.objects.get(person_id=person)
    issue = documents.Issue(target=f"assignment:{mine.id}", title="承诺书", unit=371302101000)
    paper = documents.issue(
        by=opened.system, now=now, kind="commitment", pattern="〔{year}〕{number}号", rows=[issue]
    )[0]  # fmt: skip
    Commitment.objects.create(assignment=mine, document=paper, created_at=now)
    Posting.objects.create(assignment=mine, document=paper, created_at=now, void_at=now)
    Posting.objects.create(assignment=mine, document=paper, created_at=now)

    def counted():
        return {name: rows.count() for name, rows in papers_waiting(person, on=today).items()}

    assert counted() == {"letters": 1, "sheets": 1}
    Commitment.objects.update(signed_at=now)
    assert counted() == {"letters": 0, "sheets": 1}


def test_the_principal_reads_what_each_duty_means_and_taps_once_for_the_rest(opened, django_assert_max_num_queries):
    browser = opened.sign_in("principal")
    with django_assert_max_num_queries(12):
        text = browser.get("/").content.decode()
    assert "照实说就行" in text
    for name in (
        "question_ask", "visit_firm", "problem_list", "relay_list", "own_profile", "own_papers", "own_visits",
        "complaint_list", "material_list", "own_staff",
    ):  # fmt: skip
        assert f'href="{reverse(name)}"' in text.split("<main")[1], name
        assert browser.get(reverse(name)).status_code == 200, name


def test_every_rule_of_the_notice_has_words_for_the_enterprise(today):
    from anwang.features.home.queries.principal import MEANS
    from anwang.features.policies import queries as policies

    assert set(MEANS) == {rule.code for rule in policies.current().duty_rules(today)}


def test_reports_and_declarations_stand_among_what_waits(opened, now):
    from anwang.domain.portal.declarations import Topic
    from anwang.features.portal import actions as portal

    portal.declare(by=opened.principal.actor, now=now, topic=Topic.FACTS, values={"headcount": 48})
    assert "企业申报待核对" in read(opened.sign_in("village_cadre"))[1]
    assert "企业申报待核对" in read(opened.sign_in("township_officer"))[1]
    assert "企业申报待核对" not in read(opened.sign_in("county_leader"))[1]
    assert "企业申报待核对" not in read(opened.sign_in("stranger"))[1]


def test_a_report_counts_on_the_first_page_of_its_desk_alone(opened, now):
    from anwang.domain.reports.cases import Kind
    from anwang.features.reports import actions as reports
    from anwang.features.reports.models import Report
    from tests.features.reports.conftest import TOLD, WORDS

    firm, clerk = opened.enterprise.id, opened.county_leader.actor
    said = reports.Told(nonce=str(uuid4()), enterprise=firm, kind=Kind.HAZARD, words=WORDS)
    reports.file_report(by=opened.system, now=now, told=said)
    row = Report.objects.get()
    reports.retell(by=clerk, now=now, report_id=row.id, word_id=row.words.get().id, text=TOLD)
    for who in ("township_officer", "county_leader", "village_cadre", "stranger", "principal"):
        seen = "举报待办理" in read(opened.sign_in(who))[1]
        assert seen is (who == "township_officer"), who
