"""The calendar: an address that is a secret, last days as whole days, nothing personal, nothing for a wrong secret."""

import re
from datetime import date, timedelta

import icalendar
import pytest
from django.urls import reverse

from anwang.domain.calendar import PeriodKind
from anwang.features.grid.models import Post
from anwang.features.reminders.models import CalendarFeed
from tests.features.reminders.conftest import at

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def address(cast):
    """The cadre's calendar address, as the page shows it once."""
    page = cast.sign_in("village_cadre").post(reverse("calendar_address"))
    assert page["Cache-Control"] == "no-store"
    return re.search(r"/calendar/[\w-]{43}\.ics", page.content.decode())[0]


def events(answer):
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


@pytest.fixture
def today(cast):
    from django.utils import timezone

    from anwang.domain.calendar import local_day

    return local_day(timezone.now())


def test_the_address_opens_without_signing_in(address, client, owe, today):
    due = today + timedelta(days=9)
    owe(due.isoformat())
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    (event,) = events(answer)
    assert event["DTSTART"].dt == due
    assert event["DTEND"].dt == due + timedelta(days=1)
    assert event["SUMMARY"] == "半月联系截止：示例机械有限公司"


def test_the_calendar_knows_its_time_zone(address, client):
    found = icalendar.Calendar.from_ical(client.get(address).content)
    assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["Asia/Shanghai"]


def test_many_enterprises_on_a_day_are_one_event(address, client, owe, cast, today):
    due = (today + timedelta(days=5)).isoformat()
    owe(due)
    owe(due, firm=cast.elsewhere)
    (event,) = events(client.get(address))
    assert event["SUMMARY"] == "半月联系截止：2 家企业"
    assert event["DESCRIPTION"] == "示例机械有限公司\n示例邻区有限公司"


def test_only_a_month_back_and_four_ahead_is_shown(address, client, owe, today):
    for days, rule in ((-31, "N7.2"), (-30, "N7.3"), (120, "N7.4"), (121, "N7.5")):
        due = today + timedelta(days=days)
        owe(due.isoformat(), rule=rule, start=due - timedelta(days=10), kind=PeriodKind.YEAR)
    assert sorted(event["DTSTART"].dt - today for event in events(client.get(address))) == [
        timedelta(days=-30),
        timedelta(days=120),
    ]


def test_another_persons_duties_are_not_in_it(address, client, owe, today):
    owe((today + timedelta(days=5)).isoformat(), who="county_leader")
    assert events(client.get(address)) == []


def test_what_has_not_changed_is_not_sent_again(address, client, owe, today):
    owe((today + timedelta(days=5)).isoformat())
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    owe((today + timedelta(days=6)).isoformat(), rule="N7.3")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_only_a_digest_of_the_secret_is_kept_and_no_use_is_noted(address, client):
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    before = CalendarFeed.objects.values().get()
    assert secret not in str(before)
    client.get(address)
    assert CalendarFeed.objects.values().get() == before


def test_a_wrong_secret_a_revoked_one_and_a_replaced_one_get_the_same_bare_answer(address, client, cast):
    browser = cast.sign_in("village_cadre")
    wrong = client.get("/calendar/x.ics")
    browser.post(reverse("calendar_address"))
    replaced = client.get(address)
    browser.post(reverse("calendar_revoke"))
    revoked = client.get(address)
    for answer in (wrong, replaced, revoked):
        assert (answer.status_code, answer.content) == (404, b"not found\n")
    assert not CalendarFeed.objects.exists()


def test_with_the_last_post_the_calendar_ends(address, client, cast):
    Post.objects.filter(person=cast.village_cadre.person).update(valid_to=date(2026, 1, 1))
    assert client.get(address).status_code == 404


def test_the_address_cannot_be_written_to(address, client):
    assert client.post(address).status_code == 405


def test_a_calendar_costs_few_queries(address, client, owe, django_assert_max_num_queries):
    owe(at("2026-11-30 00:00").date().isoformat())
    with django_assert_max_num_queries(9):
        client.get(address)


def test_tasks_and_announced_visits_are_in_it(address, client, hand, cast, today, now):
    from anwang.features.visits.models import Visit

    hand((today + timedelta(days=7)).isoformat())
    firm, cadre = cast.enterprise, cast.village_cadre
    common = {"enterprise": firm, "person": cadre.person, "county": firm.county, "township": firm.township}
    common |= {"form": "on_site", "created_at": now, "created_by": "x"}
    Visit.objects.create(day=today + timedelta(days=3), state="announced", announced_at=now, **common)
    Visit.objects.create(day=today + timedelta(days=4), state="planned", **common)
    found = {str(event["SUMMARY"]): event["DTSTART"].dt for event in events(client.get(address))}
    assert found == {
        "任务截止：汛期安全提醒": today + timedelta(days=7),
        "督导服务：示例机械有限公司": today + timedelta(days=3),
    }
