"""The phone without a network: pages that are there, records that are kept and arrive once, in the right period."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Contact, Obligation
from anwang.features.duties.queries import tally_faults
from tests.browser.network import Network, lose_answers, nowhere, through
from tests.features.duties.conftest import bind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OUTBOX = """() => new Promise((resolve) => {
  const open = indexedDB.open("anwang");
  open.onsuccess = () => { const all = open.result.transaction("unsent").objectStore("unsent").getAll();
    all.onsuccess = () => { open.result.close(); resolve(all.result.map(({photos, ...rest}) => rest)); }; };
})"""


@pytest.fixture
def network(live_server):
    door = Network(live_server.url)
    yield door
    door.close()


@pytest.fixture
def clock(monkeypatch, now):
    """The server's clock; `clock(later)` moves it."""

    def stand(at):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)

    stand(now)
    return stand


@pytest.fixture
def cadre(cast, now, clock, network, visit):
    """The village cadre with one enterprise and today's duties, on a phone behind the network."""
    bind(cast.enterprise, cast.village_cadre, now)
    open_duties(by=cast.system, now=now)
    return visit("village_cadre", 390, server=network.url)


def fill_phone(cadre):
    """The tap on 离线使用：更新, until it says what is there."""
    page = cadre.open("/")
    page.evaluate("navigator.serviceWorker.ready")
    page.click(".aw-top details:has([data-logout]) summary")
    page.click("[data-offline-update]")
    page.wait_for_selector("[data-offline-note]:has-text('可离线打开')")
    return page


def form_of(cast, form="call"):
    return f"/contacts/new/?enterprise={cast.enterprise.id}&form={form}"


def answer_call(page):
    """A call in which the enterprise was reached and nothing was found."""
    page.click(".aw-choice:has(input[name*=reached][value=yes])")
    page.click(".aw-choice:has(input[name*=problems][value=no])")


def submit(page):
    page.click("button:has-text('提交登记')")


def unsent(page):
    return page.evaluate(OUTBOX)


def send_now(page, left=0):
    """The counter, then 立即上传, until so many are left."""
    page.locator("[data-unsent-open]:visible").first.click()
    if page.locator("[data-unsent-send]").is_visible():
        page.click("[data-unsent-send]")
    expect(page.locator("[data-unsent-list] > li")).to_have_count(left)
    page.click("#unsent [data-dialog-close]")


def test_pages_of_my_enterprises_open_without_a_network_and_say_how_old_they_are(cast, cadre, network):
    page = fill_phone(cadre)
    cadre.look("filled")
    network.rule = nowhere
    for path in ("/", "/my/enterprises/", form_of(cast), form_of(cast, "on_site")):
        page.goto(cadre.server + path)
        assert "离线，数据截至 10:00" in page.inner_text(".aw-offline"), path
        cadre.look(f"offline{path}")
    page.goto(cadre.server + "/people/")
    assert "没有网络" in page.inner_text("main")
    cadre.look("offline-unknown")


def test_a_record_made_without_a_network_arrives_once_though_its_answer_is_lost(cast, cadre, network):
    page = fill_phone(cadre)
    network.rule = nowhere
    page.goto(cadre.server + form_of(cast))
    answer_call(page)
    submit(page)
    page.wait_for_selector(".aw-kept")
    assert "未上传 1 条" in page.inner_text(".aw-unsent")
    cadre.look("kept")
    network.rule = lose_answers
    page.locator("[data-unsent-open]:visible").first.click()
    page.click("[data-unsent-send]")
    page.wait_for_selector("[data-unsent-list] .aw-light-yellow")
    cadre.look("waiting")
    assert Contact.objects.count() == 1
    network.rule = through
    page.click("[data-unsent-send]")
    page.wait_for_selector(".aw-unsent", state="hidden")
    assert Contact.objects.count() == 1
    assert Obligation.objects.get(rule="N7.2", enterprise=cast.enterprise).done_at
    assert tally_faults() == []
