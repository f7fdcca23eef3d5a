"""What a phone may keep: the worker of this release, one's own pages, and nothing that says who was there."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from anwang.config import offline
from tests.features.duties.conftest import bind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def built(monkeypatch):
    """Files as a build leaves them; tests need none."""
    monkeypatch.setattr(offline, "_read", lambda name: name.encode())


def test_the_worker_serves_the_whole_site_and_is_never_old(client, built):
    answer = client.get("/sw.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")


def test_a_changed_file_is_another_worker(client, built, monkeypatch):
    before = client.get("/sw.js").content
    monkeypatch.setattr(offline, "_read", lambda name: b"changed")
    assert client.get("/sw.js").content != before


def test_the_manifest_names_icons_that_the_build_makes(client):
    told = client.get("/manifest.webmanifest")
    assert told["Content-Type"].startswith("application/manifest+json")
    assert told.json()["short_name"] == "安网"
    assert told.json()["start_url"] == told.json()["scope"] == "/"
    assert {icon["sizes"] for icon in told.json()["icons"]} == {"any", "192x192", "512x512"}
    assert finders.find("icons/anwang.svg")


def test_a_supervisor_keeps_home_duties_and_two_forms_of_each_enterprise(cast, now):
    bind(cast.enterprise, cast.village_cadre, now)
    told = cast.sign_in("village_cadre").get("/offline/pages/").json()
    assert told["user"] == cast.village_cadre.user.id
    assert "/" in told["pages"]
    assert f"/contacts/new/?enterprise={cast.enterprise.id}&form=call" in told["pages"]
    assert f"/enterprises/{cast.enterprise.id}/" in told["pages"]


def test_every_page_to_keep_opens(cast, now):
    bind(cast.enterprise, cast.village_cadre, now)
    phone = cast.sign_in("village_cadre")
    for path in phone.get("/offline/pages/").json()["pages"]:
        assert phone.get(path, headers={"Anwang-Keep": "1"}).status_code == 200, path


def test_other_peoples_enterprises_are_not_kept(cast, now):
    bind(cast.enterprise, cast.village_cadre, now)
    assert cast.sign_in("principal").get("/offline/pages/").json()["pages"] == []
    assert json.dumps(cast.sign_in("stranger").get("/offline/pages/").json()).count("enterprise=") == 0


def test_no_more_enterprises_are_kept_than_the_limit(cast, now, monkeypatch):
    bind(cast.enterprise, cast.village_cadre, now)
    bind(cast.elsewhere, cast.village_cadre, now)
    monkeypatch.setattr(offline, "MOST", 1)
    pages = cast.sign_in("village_cadre").get("/offline/pages/").json()["pages"]
    assert len([path for path in pages if re.fullmatch(r"/enterprises/\d+/", path)]) == 1


def test_the_list_costs_few_queries(cast, now, django_assert_max_num_queries):
    bind(cast.enterprise, cast.village_cadre, now)
    phone = cast.sign_in("village_cadre")
    with django_assert_max_num_queries(8):
        phone.get("/offline/pages/")


def test_who_is_signed_in_is_told_and_never_cached(client, cast):
    assert client.get("/offline/who/").json()["user"] is None
    answer = cast.sign_in("village_cadre").get("/offline/who/")
    assert answer.json()["user"] == cast.village_cadre.user.id
    assert "no-store" in answer["Cache-Control"]


def test_the_page_for_want_of_a_network_says_nothing_about_anyone(client):
    text = client.get("/offline/").content.decode()
    assert "没有网络" in text
    assert "data-user" not in text
