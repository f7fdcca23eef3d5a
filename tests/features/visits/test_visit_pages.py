"""The pages of plans and visits: what they show, what they cost, what they do."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from anwang.features.duties.models import Obligation
from anwang.features.visits import actions, queries
from anwang.features.visits.models import State, Visit, Wish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR_END = date(2026, 12, 31)


@pytest.fixture
def adopted(opened, now, today):
    found = queries.propose(opened.village_cadre.person.id, today=today, until=YEAR_END)
    actions.adopt(
        by=opened.village_cadre.actor, now=now, person=found.person, until=YEAR_END, digest=found.digest
    )  # fmt: skip
    return opened


def page(browser, name, *args, status=200, **query):
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_empty_plan_says_what_to_do(opened):
    text = page(opened.sign_in("village_cadre"), "visit_plan")
    assert "还没有督导计划" in text
    assert reverse("visit_propose") in text


def test_the_proposal_shows_contacts_beside_records_and_the_proof(opened):
    text = page(opened.sign_in("village_cadre"), "visit_propose")
    assert "已证明不能少于 4 次" in text
    assert "到企督导" not in text
    assert Visit.objects.count() == 0


def test_adopting_on_the_page_can_be_undone(opened, today):
    browser = opened.sign_in("village_cadre")
    found = queries.propose(opened.village_cadre.person.id, today=today, until=YEAR_END)
    sent = {"until": YEAR_END.isoformat(), "digest": found.digest}
    answer = browser.post(reverse("visit_adopt"), sent, follow=True)
    assert "已采用：4 次联系，完成 8 项职责" in answer.content.decode()
    undo = reverse("visit_adopt_undo", args=[Visit.objects.first().adoption_id])
    assert "已撤销这份计划" in browser.post(undo, follow=True).content.decode()


def test_a_plan_that_changed_since_is_refused_with_its_code(opened):
    answer = opened.sign_in("village_cadre").post(reverse("visit_adopt"), {"digest": "stale"})
    assert answer.status_code == 409
    assert "重新编排" in answer.content.decode()


def test_the_plan_costs_few_queries(adopted, django_assert_max_num_queries):
    browser = adopted.sign_in("village_cadre")
    browser.get(reverse("visit_plan"))
    for name in ("visit_plan", "visit_propose"):
        with django_assert_max_num_queries(12):
            browser.get(reverse(name))


def test_a_day_lists_its_stops_with_the_right_duties_ticked(adopted):
    row = Visit.objects.get(form="on_site")
    text = page(adopted.sign_in("village_cadre"), "visit_day", day=row.day.isoformat())
    assert "示例机械有限公司" in text
    assert "rule=N7.3%2CN7.4%2CN7.5%2CN7.6%2CN7.7" in text
    assert "form=on_site" in text


def test_the_link_of_a_stop_ticks_its_duties_on_the_record_page(adopted):
    browser = adopted.sign_in("village_cadre")
    asked = {"enterprise": adopted.enterprise.id, "form": "on_site", "rule": "N7.3,N7.5"}
    form = browser.get(reverse("contact_new"), asked).context["form"]
    assert sorted(option.rule.code for option in form.chosen) == ["N7.3", "N7.5"]


@pytest.mark.parametrize("day", ["2026-13-01", "tomorrow"])
def test_no_such_day_is_not_found(adopted, day):
    page(adopted.sign_in("village_cadre"), "visit_day", day=day, status=404)


def test_the_route_sheet_is_a_pdf(adopted):
    row = Visit.objects.get(form="on_site")
    answer = adopted.sign_in("village_cadre").get(reverse("visit_sheet"), {"day": row.day.isoformat()})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_day_is_checked_while_it_is_chosen(adopted):
    browser = adopted.sign_in("village_cadre")
    row = Visit.objects.get(form="on_site")
    assert "不安排入企督导" in page(browser, "visit_check", visit=row.id, day="2026-12-05")
    assert "可以安排" in page(browser, "visit_check", visit=row.id, day="2026-12-08")
    assert page(browser, "visit_check", enterprise=adopted.enterprise.id, day="") == ""
    page(browser, "visit_check", enterprise=adopted.elsewhere.id, day="2026-12-08", status=404)


def test_moving_announcing_cancelling_on_the_page(adopted):
    browser = adopted.sign_in("village_cadre")
    row = Visit.objects.get(form="on_site")
    text = page(browser, "visit_detail", row.id)
    assert "改到另一天" in text
    assert "告知企业" in text
    browser.post(reverse("visit_move", args=[row.id]), {"day": "2026-12-08", "half": "am"})
    browser.post(reverse("visit_announce", args=[row.id]))
    row.refresh_from_db()
    assert (row.day, row.half, row.state) == (date(2026, 12, 8), "am", State.ANNOUNCED)
    refused = browser.post(reverse("visit_move", args=[row.id]), {"day": "2026-12-12"})
    assert refused.status_code == 409
    browser.post(reverse("visit_cancel", args=[row.id]), {"reason": "企业停电"})
    assert "企业停电" in page(browser, "visit_detail", row.id)
    browser.post(reverse("visit_restore", args=[row.id]))
    row.refresh_from_db()
    assert row.state == State.ANNOUNCED


def test_a_visit_is_arranged_by_hand_and_refused_at_its_field(opened):
    browser = opened.sign_in("township_officer")
    sent = {"enterprise": opened.enterprise.id, "day": "2026-12-05", "half": "", "purpose": "受限空间", "party": 2}
    answer = browser.post(reverse("visit_new"), sent)
    assert answer.status_code == 422
    assert "不安排入企督导" in answer.content.decode()
    answer = browser.post(reverse("visit_new"), {**sent, "day": "2026-12-08"}, follow=True)
    assert "受限空间" in answer.content.decode()


def test_who_is_bound_to_nothing_is_told_so(cast):
    assert "没有由您包保的企业" in page(cast.sign_in("village_cadre"), "visit_new")


def test_the_principal_sees_announced_visits_and_gives_wishes(adopted, now):
    browser = adopted.sign_in("principal")
    assert "近期没有督导安排" in page(browser, "visit_firm")
    row = Visit.objects.get(form="on_site")
    actions.announce(by=adopted.village_cadre.actor, now=now, visit_ids=[row.id])
    text = page(browser, "visit_firm")
    assert row.day.isoformat() in text
    sent = {"enterprise": adopted.enterprise.id, "kind": "impossible", "first": "2026-12-07", "note": "检修"}
    assert "已记下" in browser.post(reverse("wish_new"), sent, follow=True).content.decode()
    wish = Wish.objects.get()
    assert (wish.first, wish.last) == (date(2026, 12, 7), date(2026, 12, 7))
    browser.post(reverse("wish_withdraw", args=[wish.id]))
    assert Wish.objects.get().withdrawn_at is not None


def test_a_wrong_wish_is_said_at_the_form(adopted):
    browser = adopted.sign_in("principal")
    sent = {"enterprise": adopted.enterprise.id, "kind": "impossible", "first": "2026-12-07", "last": "2027-12-07"}
    answer = browser.post(reverse("wish_new"), sent)
    assert answer.status_code == 422
    assert "不超过 30 天" in answer.content.decode()
    other = browser.post(reverse("wish_new"), {**sent, "enterprise": adopted.elsewhere.id})
    assert other.status_code == 404


def test_a_supervisor_writes_down_what_the_enterprise_said(adopted):
    browser = adopted.sign_in("village_cadre")
    text = page(browser, "wish_list", enterprise=adopted.enterprise.id)
    assert "方便和不方便的日子" in text
    page(browser, "wish_list", enterprise=adopted.elsewhere.id, status=404)


def test_the_leader_sees_the_unit_and_accepts_a_merge(adopted, now, django_assert_max_num_queries):
    row = Visit.objects.get(form="on_site")
    browser = adopted.sign_in("county_leader")
    data = actions.VisitData(adopted.enterprise.id, adopted.township_officer.person.id, near(row.day))
    other = actions.arrange(by=adopted.township_officer.actor, now=now, data=data)
    with django_assert_max_num_queries(12):
        text = page(browser, "visit_unit")
    assert "建议合并" in text
    answer = browser.post(reverse("visit_merge", args=[row.id]), {"join": str(other.id), "back": "unit"}, follow=True)
    assert "共 2 人同去" in answer.content.decode()
    assert "建议合并" not in page(browser, "visit_unit")
    browser.post(reverse("visit_unmerge", args=[row.id]))
    assert Visit.objects.get(id=other.id).state == State.PLANNED


def near(day):
    """The next working day."""
    from datetime import timedelta

    found = day + timedelta(1)
    while queries.is_quiet(found):
        found += timedelta(1)
    return found


def test_caps_that_are_passed_are_named(adopted, now):
    row = Visit.objects.get(form="on_site")
    Visit.objects.create(
        enterprise=adopted.enterprise, county=row.county, township=row.township, person=adopted.county_leader.person,
        form="on_site", day=row.day, created_at=now, created_by="x",
    )  # fmt: skip
    assert "每天最多 1 次" in page(adopted.sign_in("county_leader"), "visit_unit")


def test_the_office_plans_for_all_people_of_the_unit(opened, django_capture_on_commit_callbacks):
    browser = opened.sign_in("county_leader")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("visit_unit_plan"))
    assert Visit.objects.filter(person=opened.village_cadre.person).count() == 4


def test_the_leader_opens_the_plan_of_somebody_of_the_unit_and_no_neighbour_does(adopted):
    person = adopted.village_cadre.person.id
    assert "示例村主任" in page(adopted.sign_in("county_leader"), "visit_plan", person=person)
    page(adopted.sign_in("stranger"), "visit_plan", person=person, status=404)


def test_what_was_missed_too_long_ago_to_be_planned_is_told_with_where_it_is(adopted, today):
    rows = Obligation.objects.filter(person=adopted.village_cadre.person, rule__in=["N7.3", "N7.4"])
    gone = today - timedelta(days=100)
    rows.update(start=gone - timedelta(days=20), due=gone, miss=gone + timedelta(days=8))
    for name in ("visit_plan", "visit_propose"):
        text = page(adopted.sign_in("village_cadre"), name)
        assert "有 2 项职责逾期超过 92 天" in text
        assert f"{reverse('duty_home')}?state=overdue" in text
        text = page(adopted.sign_in("township_officer"), name, person=adopted.village_cadre.person.id)
        link = f"{reverse('duty_list')}?state=overdue&amp;person={adopted.village_cadre.person.id}"
        assert link in text
    listed = page(
        adopted.sign_in("township_officer"), "duty_list", state="overdue", person=adopted.village_cadre.person.id
    )
    assert adopted.enterprise.name in listed
