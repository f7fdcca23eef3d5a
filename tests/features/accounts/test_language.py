"""The language that a person chose: kept in the account, for every device, for mails, for long work."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import get_language

from anwang.domain.base import SYSTEM, Reason
from anwang.features.accounts.models import User
from anwang.features.audit.models import AuditEvent
from anwang.features.notices.actions import enqueue
from anwang.features.notices.models import Message
from anwang.features.work.actions import run_work, start
from anwang.features.work.models import Work

pytestmark = pytest.mark.django_db
TITLE = Reason("returned", "任务被退回：%(title)s", {"title": "防汛"})


def choose(browser, language):
    return browser.post(reverse("set_language"), {"language": language, "next": "/"})


def speaks(browser) -> str:
    return str(browser.get(reverse("account_change_password"))["Content-Language"])


def told(to, now, key):
    enqueue(by=SYSTEM, now=now, to=to.person.id, kind="returned", key=key, title=TITLE, body=TITLE)
    return Message.objects.get(to=to.person, key=key).title


@pytest.mark.slow
def test_what_was_chosen_on_one_device_holds_on_the_next(cast):
    choose(cast.sign_in("city_office"), "en")
    assert User.objects.get(username="city_office").language == "en"
    assert speaks(cast.sign_in("city_office")) == "en"
    assert speaks(cast.sign_in("county_leader")) == "zh-hans"


def test_the_account_goes_before_the_device(cast):
    browser = cast.sign_in("city_office")
    choose(browser, "en")
    choose(cast.sign_in("city_office"), "zh-hans")
    assert speaks(browser) == "zh-hans"


def test_mails_are_in_the_language_that_was_chosen(cast, now):
    assert told(cast.city_office, now, "before") == "任务被退回：防汛"
    choose(cast.sign_in("city_office"), "en")
    assert told(cast.city_office, now, "after") != "任务被退回：防汛"


def test_whoever_is_signed_out_chooses_for_the_device_alone(cast, client):
    choose(client, "en")
    assert client.get(reverse("account_login"))["Content-Language"] == "en"
    assert not User.objects.exclude(language="").exists()


def test_a_language_that_there_is_not_is_not_kept(cast):
    choose(cast.sign_in("city_office"), "tlh")
    assert not User.objects.exclude(language="").exists()


def test_the_trail_says_that_it_was_changed_once(cast):
    browser = cast.sign_in("city_office")
    choose(browser, "en")
    choose(browser, "en")
    assert AuditEvent.objects.filter(action="user.language").count() == 1


def test_long_work_speaks_the_language_of_whoever_asked_for_it(cast, now, monkeypatch):
    heard = []
    monkeypatch.setattr(
        "anwang.features.work.actions.import_string", lambda _: lambda *_: {"at": heard.append(get_language())}
    )
    choose(cast.sign_in("city_office"), "en")
    for who in ("city_office", "county_leader"):
        by = getattr(cast, who).actor
        row = start(by=by, now=now, handler="anwang.features.dispatch.jobs.issue", label="x", params={})
        run_work.func(str(Work.objects.get(id=row.id).id))
    assert heard == ["en", "zh-hans"]
