"""Pages on a phone without a network: which are there, how old they are, whose they are, what they weigh."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from anwang.features.duties.models import Contact
from tests.browser.network import nowhere, through
from tests.browser.phone import KEPT, answer_call, fill_phone, form_of, send_now, sign_in, submit, unsent, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


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


def test_another_form_chosen_without_a_network_shows_its_duties_and_questions(owed, cadre, network):
    page = fill_phone(cadre)
    network.rule = nowhere
    page.goto(cadre.server + form_of(owed))
    page.click(".aw-choice:has(input[name=form][value=on_site])")
    duty = page.locator("input[name=duty][data-rule='N7.5']")
    duty.wait_for(state="attached")
    page.click(".aw-choice:has(input[name=duty][data-rule='N7.5'])")
    codes = duty.get_attribute("data-answers").split()
    for code in codes:
        expect(page.locator(f"#f-answer_{code}")).to_have_count(1)
    cadre.look("offline-other-form")
    page.click(".aw-choice:has(input[name=duty][data-rule='N7.5'])")
    for box in page.locator("input[name=duty]:checked").all():
        box.uncheck(force=True)
    expect(page.locator("[id^=f-answer_]")).to_have_count(0)
    page.fill("[name=note]", "只写情况")
    submit(page)
    page.wait_for_selector(".aw-kept")
    network.rule = through
    send_now(page)
    assert Contact.objects.get().form == "on_site"


def test_a_phone_that_saves_data_keeps_nothing_by_itself(cadre, network):
    cadre.page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}, configurable: true})"
    )
    page = cadre.open("/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_timeout(3500)
    assert ("GET", "/offline/pages/") not in network.seen
    fill_phone(cadre)
    assert ("GET", "/offline/pages/") in network.seen


def test_the_first_visit_weighs_a_quarter_of_a_megabyte_and_later_ones_a_tenth_of_that(owed, cadre, network):
    weigh = lambda: sum(size for path, size in network.sizes)  # noqa: E731
    page = cadre.open("/")
    page.evaluate("navigator.serviceWorker.ready")
    first = weigh()
    fill_phone(cadre)
    filled = weigh() - first
    before = weigh()
    cadre.open(form_of(owed))
    later = weigh() - before
    print(f"first {first}, filling {filled}, later {later}")
    assert first <= 250_000
    assert later <= 30_000


def test_signing_out_empties_the_phone_but_for_what_is_not_sent(owed, cadre, network):
    page = fill_phone(cadre)
    network.rule = nowhere
    page.goto(cadre.server + form_of(owed))
    answer_call(page)
    submit(page)
    page.wait_for_selector(".aw-kept")
    page.click(".aw-top details:has([data-logout]) summary")
    page.click("form[data-logout] button")
    assert "还有 1 条记录没有上传" in page.inner_text("#confirm")
    page.click("#confirm [data-confirm-go]")
    page.wait_for_selector("text=没有网络")
    wait_until(page, lambda: page.evaluate(KEPT) == 0)
    page.goto(cadre.server + "/my/enterprises/")
    assert "没有网络" in page.inner_text("main")
    assert len(unsent(page)) == 1
    network.rule = through
    page.goto(cadre.server + "/")
    page.wait_for_url("**/account/login/**")


def test_the_sign_in_of_another_account_leaves_no_page_of_the_first(cast, cadre):
    page = fill_phone(cadre)
    assert page.evaluate(KEPT) == 1
    sign_in(cast, "principal", cadre)
    page.goto(cadre.server + "/")
    wait_until(page, lambda: page.evaluate(KEPT) == 0)
