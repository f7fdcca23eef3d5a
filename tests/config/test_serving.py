"""The demo opens every door with one tap: on this machine only, and never over real data."""

import pytest

from anwang.config import serving
from anwang.domain.base import Refusal
from anwang.features.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "anwang.example"])
def test_the_demo_is_not_served_beyond_this_machine(settings, host):
    settings.DEMO = True
    with pytest.raises(Refusal) as refused:
        serving.check_demo(host)
    assert refused.value.code == "demo_not_loopback"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.9"])
def test_the_demo_is_served_on_this_machine(settings, host):
    settings.DEMO = True
    serving.check_demo(host)


def test_the_demo_is_not_served_over_real_people(settings, now):
    settings.DEMO = True
    Person.objects.create(name="张三", created_at=now)
    with pytest.raises(Refusal, match="张三") as refused:
        serving.check_demo("127.0.0.1")
    assert refused.value.code == "demo_real_data"


def test_a_real_server_may_listen_anywhere(settings, now):
    settings.DEMO = False
    Person.objects.create(name="张三", created_at=now)
    serving.check_demo("0.0.0.0")


def test_the_roles_of_the_demo_are_closed_on_a_real_server(settings, cast, client):
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/enter/", {"post": cast.city_office.post.id}).status_code == 404


def test_the_clock_ticks_again_and_again_until_the_server_ends(monkeypatch):
    runs = []
    ticker = serving.Ticker(1, {}, first=0.0)
    ticker.pause = 0.01
    monkeypatch.setattr(ticker, "once", lambda: runs.append(1) or (len(runs) == 3 and ticker.ended.set()))
    ticker.start()
    ticker.join(timeout=5)
    assert len(runs) == 3
