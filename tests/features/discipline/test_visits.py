"""The enterprise sees its visits and says what it thinks; leaders see counts of units (四.4)."""

from datetime import timedelta

import pytest

from anwang.domain.discipline.ratings import Fewest, Opinion
from anwang.features.audit.models import AuditEvent
from anwang.features.discipline import actions, queries
from anwang.features.discipline.models import Rating
from anwang.features.duties.actions import void_contact
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.slow
def test_the_enterprise_sees_who_came_when_and_for_what(visited):
    page = visited.sign_in("principal").get("/our-visits/")
    text = page.content.decode()
    assert [row.contact.id for row in page.context["rows"]] == [each.id for each in visited.visits]
    assert "示例村主任" in text
    assert "看了车间" in text


def test_a_visit_withdrawn_and_one_elsewhere_are_not_shown(visited, now):
    void_contact(by=visited.village_cadre.actor, now=now, contact_id=visited.visits[0].id, reason="登记有误")
    rows = visited.sign_in("principal").get("/our-visits/").context["rows"]
    assert [row.contact.id for row in rows] == [visited.visits[1].id]


def test_a_rating_is_given_once_and_changed_for_seven_days(visited, now):
    rate = {"by": visited.principal.actor, "contact_id": visited.visits[0].id}
    actions.rate_visit(**rate, now=now, opinion=Opinion.HELPED)
    actions.rate_visit(**rate, now=now + 6 * DAY, opinion=Opinion.DISTURBED, words="占用了会议室")
    with refused("rating_settled"):
        actions.rate_visit(**rate, now=now + 7 * DAY, opinion=Opinion.HELPED)
    row = Rating.objects.get()
    assert (row.opinion, row.words, row.rated_at) == ("disturbed", "占用了会议室", now)


@pytest.mark.parametrize("who", ["village_cadre", "county_leader", "stranger"])
def test_only_the_enterprise_rates(visited, now, who):
    with refused("not_found"):
        actions.rate_visit(
            by=getattr(visited, who).actor, now=now, contact_id=visited.visits[0].id, opinion=Opinion.HELPED
        )


def test_the_trail_says_that_a_visit_was_rated_and_not_how_nor_by_whom(visited, now):
    actions.rate_visit(
        by=visited.principal.actor, now=now, contact_id=visited.visits[0].id, opinion=Opinion.DISTURBED, words="太久"
    )
    event = AuditEvent.objects.get(action="visit.rate")
    assert (event.body, event.user_id) == ("{}", None)
    assert "示例厂长" not in event.actor


@pytest.mark.slow
def test_one_tap_in_the_browser_rates(visited):
    browser, visit = visited.sign_in("principal"), visited.visits[0]
    assert browser.get(f"/our-visits/{visit.id}/rate/").status_code == 200
    answer = browser.post(f"/our-visits/{visit.id}/rate/", {"opinion": "helped"})
    assert answer["Location"] == "/our-visits/"
    assert Rating.objects.get().opinion == "helped"
    assert "有帮助" in browser.get("/our-visits/").content.decode()


@pytest.mark.slow
def test_a_single_rating_is_shown_to_nobody(visited, now, today):
    actions.rate_visit(
        by=visited.principal.actor, now=now, contact_id=visited.visits[0].id, opinion=Opinion.DISTURBED, words="太久了"
    )
    for who in ("township_officer", "county_leader", "city_office"):
        page = visited.sign_in(who).get("/discipline/opinions/").content.decode()
        assert "评价还少，不显示" in page
        assert "太久了" not in page
    record = visited.sign_in("village_cadre").get(f"/contacts/{visited.visits[0].id}/").content.decode()
    assert "影响了生产" not in record


@pytest.mark.slow
def test_many_ratings_about_several_visitors_are_counted_by_unit(visited, now, today):
    from anwang.features.duties.models import Contact

    first = visited.visits[0]
    people = [visited.village_cadre.person.id, visited.township_officer.person.id]
    for n in range(6):
        row = Contact.objects.get(id=first.id)
        row.id, row.client_id, row.person_id = None, f"00000000-0000-4000-8000-00000000000{n}", people[n % 2]
        row.save()
        actions.rate_visit(
            by=visited.principal.actor, now=now, contact_id=row.id, opinion=Opinion.HELPED, words=f"第{n}条"
        )
    span = {"first": today - 60 * DAY, "last": today}
    found = queries.opinions(visited.county_leader.actor, **span, fewest=Fewest(5, 2))
    assert found.whole.counts == (6, 0, 0)
    assert {words for words, _, _ in found.words} == {f"第{n}条" for n in range(6)}
    assert queries.opinions(visited.county_leader.actor, **span, fewest=Fewest(7, 2)).whole.counts is None
    assert queries.opinions(visited.stranger.actor, **span, fewest=Fewest(5, 2)).whole.counts is None


@pytest.mark.slow
def test_leaders_see_which_enterprises_are_visited_too_often(visited, django_assert_max_num_queries):
    browser = visited.sign_in("county_leader")
    with django_assert_max_num_queries(12):
        page = browser.get("/discipline/often/?period=2026-11")
    assert "没有企业超过上限" in page.content.decode()
    assert browser.get("/discipline/often/?period=2027-01").status_code == 409
    assert browser.get("/discipline/often/?period=x").status_code == 409
    assert browser.get("/discipline/often/export/?period=2026-11").status_code == 200
    with django_assert_max_num_queries(12):
        assert browser.get("/discipline/opinions/").status_code == 200
