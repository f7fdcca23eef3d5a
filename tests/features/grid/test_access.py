"""Who sees what: a post gives it, its end takes it away at once, the neighbour sees nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from anwang.domain.calendar import local_day
from anwang.features.accounts import actions as accounts
from anwang.features.grid import actions, queries
from anwang.features.grid.models import Leadership, Post, Sponsorship
from tests.refusals import refused

TOWN, VILLAGE, COUNTY = 371302101000, 371302101201, 371302000000


@pytest.fixture
def day():
    """The real day: pages read the real clock."""
    return local_day(timezone.now())


@pytest.fixture
def ended(cast, day, now):
    def end(who: str) -> None:
        post = getattr(cast, who).post
        actions.end_post(by=cast.system, now=now, post_id=post.id, on=day, reason="调离")

    return end


@pytest.mark.slow
def test_a_post_that_ended_gives_no_access_and_the_session_ends_with_it(cast, ended, client):
    browser = cast.sign_in("county_leader")
    assert browser.get(reverse("grid_tree")).status_code == 200
    ended("county_leader")
    answer = browser.get(reverse("grid_tree"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in browser.session


def test_a_post_that_ends_tomorrow_still_gives_access_today(cast, day):
    Post.objects.filter(id=cast.county_leader.post.id).update(valid_to=day + timedelta(days=1))
    assert cast.sign_in("county_leader").get(reverse("grid_tree")).status_code == 200


def test_switching_the_post_changes_the_territory(cast, now, day):
    person = cast.county_leader.person
    data = actions.PostData(person.id, "county_bureau", 371311000000, day - timedelta(days=30), is_office=True)
    second = actions.create_posts(by=cast.system, now=now, rows=[data])[0]
    browser = cast.sign_in("county_leader")
    here, there = reverse("unit", args=[COUNTY]), reverse("unit", args=[371311000000])
    assert (browser.get(here).status_code, browser.get(there).status_code) == (200, 404)
    assert browser.post(reverse("switch_post"), {"post": second.id}).status_code == 302
    assert (browser.get(here).status_code, browser.get(there).status_code) == (404, 200)


@pytest.mark.parametrize("value", ["", "x", "-1", "999999"])
def test_a_post_of_somebody_else_cannot_be_worn(cast, value):
    assert cast.sign_in("county_leader").post(reverse("switch_post"), {"post": value}).status_code == 404


def test_the_post_of_another_person_cannot_be_worn(cast):
    answer = cast.sign_in("stranger").post(reverse("switch_post"), {"post": cast.county_leader.post.id})
    assert answer.status_code == 404


def test_after_switching_no_other_site_is_opened(cast):
    post = cast.county_leader.post.id
    browser = cast.sign_in("county_leader")
    answer = browser.post(reverse("switch_post"), {"post": post, "next": "https://example.com/"})
    assert answer.url == "/"


def urls_of(cast) -> list[str]:
    """Every page of the grid that names a unit, a person, a post or a line in 兰山区."""
    leader = Leadership.objects.get(unit=COUNTY)
    sponsor = Sponsorship.objects.create(
        unit=TOWN,
        level="township",
        post=cast.county_leader.post,
        valid_from=leader.valid_from,
        recorded_at=leader.recorded_at,
    )
    units = ["unit", "grid_below", "unit_phone", "unit_lead", "unit_sponsor"]
    person = ["person", "person_edit", "person_phone", "post_add"]
    post = ["post_edit", "post_end"]
    return [
        *(reverse(name, args=[TOWN]) for name in units),
        *(reverse(name, args=[cast.township_officer.person.id]) for name in person),
        *(reverse(name, args=[cast.township_officer.post.id]) for name in post),
        reverse("leader_end", args=[leader.id]),
        reverse("sponsor_end", args=[sponsor.id]),
    ]


@pytest.mark.slow
def test_the_neighbour_finds_nothing_under_any_address(cast):
    browser = cast.sign_in("stranger")
    found = {url: browser.get(url).status_code for url in urls_of(cast)}
    assert set(found.values()) == {404}, found
    posted = {url: browser.post(url, {"on": "2026-11-01", "reason": "调离", "phone": "1"}).status_code for url in found}
    assert set(posted.values()) <= {404, 405}, posted


@pytest.mark.slow
def test_the_office_of_the_county_opens_all_of_them(cast):
    browser = cast.sign_in("county_leader")
    found = {url: browser.get(url).status_code for url in urls_of(cast)}
    assert set(found.values()) == {200}, found


def test_the_neighbour_sees_none_of_the_people_in_lists_and_searches(cast):
    browser = cast.sign_in("stranger")
    people = browser.get(reverse("person_list"), {"q": "示例"}).content.decode()
    assert "示例外县" in people
    assert "示例镇员" not in people
    assert "371302101" not in browser.get(reverse("grid_tree"), {"q": "白沙埠"}).content.decode()


def test_a_cadre_reads_the_grid_and_changes_nothing(cast):
    browser = cast.sign_in("village_cadre")
    assert browser.get(reverse("unit", args=[VILLAGE])).status_code == 200
    closed = [
        reverse("unit_lead", args=[VILLAGE]),
        reverse("person_list"),
        reverse("sign_in_list"),
        reverse("audit_list"),
    ]
    assert {browser.get(url).status_code for url in closed} == {404}


def test_an_initial_password_is_changed_before_anything_else(cast):
    user = cast.city_office.user
    type(user).objects.filter(id=user.id).update(must_change=True)
    answer = cast.sign_in("city_office").get(reverse("grid_tree"))
    assert answer.url == reverse("account_change_password")


def test_an_office_gives_no_administrator_post(cast, now, day):
    data = actions.PostData(cast.city_office.person.id, "audit_admin", 371300000000, day)
    with refused("administrator_posts"):
        actions.create_posts(by=cast.city_office.actor, now=now, rows=[data])


def test_nobody_holds_two_of_the_three_powers(cast, now, day):
    rows = [
        actions.PostData(cast.city_office.person.id, kind, 371300000000, day)
        for kind in ("audit_admin", "system_admin")
    ]
    actions.create_posts(by=cast.system, now=now, rows=rows[:1])
    with refused("administrators_separate"):
        actions.create_posts(by=cast.system, now=now, rows=rows[1:])


def test_administrators_see_sign_ins_and_no_enterprise(cast, now, day):
    data = actions.PostData(cast.stranger.person.id, "security_admin", 371300000000, day)
    post = actions.create_posts(by=cast.system, now=now, rows=[data])[0]
    accounts.wear_post(by=cast.system, now=now, user_id=cast.stranger.user.id, post_id=post.id)
    browser = cast.sign_in("stranger")
    assert browser.get(reverse("sign_in_list")).status_code == 200
    assert browser.get(reverse("unit", args=[TOWN])).status_code == 404
    actor = queries.actor_for(cast.stranger.user.__class__.objects.get(id=cast.stranger.user.id), now=timezone.now())
    assert actor.territory.ranges == ()


@pytest.mark.slow
def test_a_reset_password_is_shown_once_and_ends_the_sessions(cast, now, day):
    data = actions.PostData(cast.stranger.person.id, "security_admin", 371300000000, day)
    post = actions.create_posts(by=cast.system, now=now, rows=[data])[0]
    accounts.wear_post(by=cast.system, now=now, user_id=cast.stranger.user.id, post_id=post.id)
    victim = cast.sign_in("township_officer")
    answer = cast.sign_in("stranger").post(reverse("sign_in_reset", args=[cast.township_officer.user.id]))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert victim.get(reverse("grid_tree")).status_code == 302


def test_a_locked_sign_in_is_out_at_the_next_click(cast, now):
    browser = cast.sign_in("township_officer")
    accounts.lock_sign_in(by=cast.system, now=now, user_id=cast.township_officer.user.id, reason="离岗")
    assert browser.get(reverse("grid_tree")).status_code == 302


def test_without_the_demonstration_there_are_no_one_tap_roles(cast, client, settings):
    settings.DEMO = False
    assert client.get(reverse("demo_roles")).status_code == 404
    assert client.post(reverse("demo_enter"), {"post": cast.city_office.post.id}).status_code == 404


def test_in_the_demonstration_one_tap_signs_in_a_marked_person(cast, client, settings):
    settings.DEMO = True
    assert "示例市办" in client.get(reverse("demo_roles")).content.decode()
    assert client.post(reverse("demo_enter"), {"post": cast.city_office.post.id}).status_code == 302
    assert client.get(reverse("grid_tree")).status_code == 200


def test_even_in_the_demonstration_a_real_person_cannot_be_entered(cast, client, settings):
    settings.DEMO = True
    person = cast.city_office.person
    type(person).objects.filter(id=person.id).update(is_demo=False)
    assert client.post(reverse("demo_enter"), {"post": cast.city_office.post.id}).status_code == 404
