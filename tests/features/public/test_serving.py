"""Public pages are the same for everyone: no cookie in or out, cached, not indexed, readable without a script."""

import re
from datetime import date, timedelta

import pytest

from anwang.domain.documents.tree import Disclosure
from anwang.features.public.actions import PublicationData, publish_file
from tests.features.public.test_notices import rules

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PAGES = ["/public/", "/public/search/?q=示例", "/public/search/?q=", "/public/papers/", "/robots.txt", "/v/",
         "/public/rosters/", "/public/rosters/371302101000/", "/public/rosters/1/",
         "notice", "verify", "/public/notices/nothing/", "/public/papers/999999999/", "/public/nothing/",
         "/v/NOTHING/"]  # fmt: skip


def path(name, sheet):
    return {"notice": f"/public/notices/{sheet.document.token}/", "verify": f"/v/{sheet.document.token}/"}.get(
        name, name
    )


@pytest.mark.parametrize("name", PAGES)
def test_no_cookie_goes_out_and_none_makes_a_difference(client, cast, sheet, name):
    stranger = client.get(path(name, sheet))
    browser = cast.sign_in("city_office")
    signed_in = browser.get(path(name, sheet))
    for answer in (stranger, signed_in):
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert "csrfmiddlewaretoken" not in answer.content.decode() or answer.status_code == 404
    if stranger.status_code == 200:
        assert stranger.content == signed_in.content
        assert not stranger.wsgi_request.session.session_key
        assert "示例市办" not in signed_in.content.decode()


@pytest.mark.parametrize("name", ["/public/", "/public/papers/", "notice", "/robots.txt"])
def test_a_page_that_has_not_changed_is_not_sent_again(client, sheet, name):
    first = client.get(path(name, sheet))
    assert first["Cache-Control"] == "public, max-age=600"
    again = client.get(path(name, sheet), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["/public/", "/public/rosters/371302101000/", "notice"])
def test_whoever_asks_again_costs_nothing_while_the_page_may_be_kept(
    client, sheet, name, django_assert_num_queries, monkeypatch, now
):
    at = path(name, sheet)
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now)
    tag = client.get(at)["ETag"]
    monkeypatch.setattr("anwang.config.access.timezone.now", lambda: now + timedelta(minutes=7))
    with django_assert_num_queries(0):
        again = client.get(at, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert int(again["Cache-Control"].split("max-age=")[1]) <= 180
    assert again["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(at, headers={"If-None-Match": '"other"'}).status_code == 200
    english = client.get(at, headers={"If-None-Match": tag, "Accept-Language": "en"})
    assert english.status_code == 200


def test_what_the_office_publishes_is_not_hidden_behind_an_old_mark(
    client, cast, sheet, now, django_capture_on_commit_callbacks
):
    tag = client.get("/public/papers/")["ETag"]
    data = PublicationData("示例通报", date(2026, 11, 20), Disclosure.ON_REQUEST)
    with django_capture_on_commit_callbacks(execute=True):
        publish_file(by=cast.city_office.actor, now=now, data=data)
    assert "示例通报" in client.get("/public/papers/", headers={"If-None-Match": tag}).content.decode()


def test_a_verification_is_never_older_than_the_question(client, sheet):
    assert client.get(path("verify", sheet))["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "/public/",
        "/public/search/?q=示例",
        "/public/papers/",
        "notice",
        "verify",
        "/public/rosters/",
        "/public/rosters/371302101000/",
    ],
)
def test_a_public_page_needs_no_script_and_asks_nobody_else(client, sheet, name):
    text = client.get(path(name, sheet)).content.decode()
    assert "<script" not in text
    assert not re.findall(r"(?:src|href|action)=\"(?:https?:)?//", text)


def test_search_engines_stay_out_until_the_policy_lets_them_in(client, sheet, monkeypatch):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert client.get("/public/")["X-Robots-Tag"] == "noindex, nofollow"
    rules(monkeypatch, indexable=True)
    assert b"Allow: /public/\n" in client.get("/robots.txt").content
    assert client.get("/public/")["X-Robots-Tag"] == "all"


def test_the_language_is_the_browsers_or_the_one_in_the_address_and_links_keep_it(client, sheet):
    plain = client.get("/public/")
    english = client.get("/public/", {"lang": "en"})
    assert '<html lang="en"' in english.content.decode()
    assert 'href="/v/?lang=en"' in english.content.decode()
    assert not english.cookies
    assert '<html lang="zh-hans"' in plain.content.decode()
    assert '<html lang="zh-hans"' in client.get("/public/", {"lang": "xx\r\n"}).content.decode()
    assert '<html lang="en"' in client.get("/public/", headers={"Accept-Language": "en"}).content.decode()


def test_public_pages_are_read_only(client, sheet):
    for name in ("/public/", "/public/search/", "/public/papers/", "/robots.txt"):
        assert client.post(name, {"q": "示例"}).status_code in {403, 405}


def test_the_national_line_stands_on_every_page_where_a_danger_may_be_told(client, sheet):
    for name in ("/public/", "/public/search/?q=示例", "notice"):
        assert 'href="tel:12350"' in client.get(path(name, sheet)).content.decode()
