"""Records made without a network: each arrives once, in the right period, and its person decides what differs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Contact, Obligation, Photo
from anwang.features.duties.queries import tally_faults
from tests.browser.network import lose_answers, nowhere, through
from tests.browser.phone import (
    answer_call,
    choose,
    fill_phone,
    form_of,
    keep_call,
    open_unsent,
    picture,
    send_now,
    sign_in,
    submit,
    wait_until,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


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
    wait_until(page, lambda: network.has_done("POST", "/contacts/new/", 201))
    page.wait_for_selector("[data-unsent-list] .aw-light-yellow")
    cadre.look("waiting")
    assert Contact.objects.count() == 1
    network.rule = through
    page.click("[data-unsent-send]")
    page.wait_for_selector(".aw-unsent", state="hidden")
    assert Contact.objects.count() == 1
    assert Obligation.objects.get(rule="N7.2", enterprise=cast.enterprise).done_at
    assert tally_faults() == []


def test_two_weeks_without_a_network_two_tabs_and_lost_answers_every_record_once_in_its_period(
    owed, cadre, network, clock, now
):
    page, later = cadre.page, now + timedelta(days=14)
    two_calls_without_a_network(owed, cadre, network, now)
    clock(later)
    open_duties(by=owed.system, now=later)
    cadre.context.clock.set_system_time(later)
    network.rule = lose_answers
    other = cadre.context.new_page()
    other.goto(cadre.server + "/")
    assert "/account/login/" in other.url  # the session ended meanwhile; the records are still there
    sign_in(owed, "village_cadre", cadre)
    other.goto(cadre.server + "/")
    for tab in (page, other):
        open_unsent(tab)
        tab.click("[data-unsent-send]")
    wait_until(page, lambda: network.has_done("POST", "/contacts/new/", 201))
    expect(page.locator("[data-unsent-list] .aw-light-yellow")).to_have_count(2)
    network.rule = through
    other.click("[data-unsent-send]")
    page.wait_for_selector("[data-unsent-list] .aw-light-red")
    cadre.look("asks-why-late")
    say_why(page, "山里两周没有信号")
    done = Obligation.objects.filter(rule="N7.2", enterprise=owed.enterprise).order_by("start")
    assert [(row.done_on, row.late) for row in done] == [(date(2026, 11, 24), True), (date(2026, 12, 3), False)]
    first = Contact.objects.get(occurred_on=date(2026, 11, 24))
    assert abs(first.captured_at - now) < timedelta(minutes=10)
    assert first.late_reason == "山里两周没有信号"
    assert Contact.objects.count() == 2
    assert tally_faults() == []


def two_calls_without_a_network(owed, cadre, network, now):
    """One on the day the pages were kept, one in a period that they do not know."""
    cadre.context.clock.install(time=now)
    page = fill_phone(cadre)
    network.rule = nowhere
    keep_call(cadre, form_of(owed))
    cadre.context.clock.set_system_time(now + timedelta(days=9))
    page.goto(cadre.server + form_of(owed))
    assert "数据截至 11-24 10:00" in page.inner_text(".aw-offline")
    assert page.input_value("[name=occurred_on]") == "2026-12-03"
    expect(page.locator("[data-coming] input[value='N7.2']")).to_be_checked()
    cadre.look("next-period")
    answer_call(page)
    submit(page)
    page.wait_for_selector(".aw-kept")
    assert "未上传 2 条" in page.inner_text(".aw-unsent")


def say_why(page, reason):
    """Open the record that came back, and give the reason that it lacks."""
    page.click("[data-unsent-list] button:has-text('打开修改')")
    page.wait_for_selector(".aw-errors:has-text('请写明原因')")
    page.fill("[name=late_reason]", reason)
    submit(page)
    page.wait_for_url(lambda url: "/contacts/new" not in url)
    assert not page.is_visible(".aw-unsent")


@pytest.mark.parametrize("off", [timedelta(days=5 * 365), timedelta(days=-1)])
def test_a_clock_that_is_wrong_puts_no_record_into_another_period(owed, cadre, network, now, off):
    cadre.context.clock.install(time=now + off)
    page = fill_phone(cadre)
    network.rule = nowhere
    page.goto(cadre.server + form_of(owed))
    assert page.input_value("[name=occurred_on]") == "2026-11-24"
    answer_call(page)
    submit(page)
    page.wait_for_selector(".aw-kept")
    network.rule = through
    send_now(page)
    record = Contact.objects.get()
    assert abs(record.captured_at - now) < timedelta(minutes=10)
    assert record.occurred_on == date(2026, 11, 24)
    assert Obligation.objects.get(rule="N7.2", enterprise=owed.enterprise).done_at


def test_a_record_that_differs_from_the_servers_is_compared_and_its_person_decides(owed, cadre, network):
    page = cadre.open(form_of(owed, "report"))
    page.fill("[name=note]", "大门未锁")
    network.rule = lose_answers
    submit(page)
    page.wait_for_selector(".aw-kept")
    assert Contact.objects.get().note == "大门未锁"
    network.rule = through
    open_unsent(page)
    page.click("[data-unsent-list] button:has-text('打开修改')")
    page.wait_for_selector("form[data-outbox]")
    expect(page.locator("[name=note]")).to_have_value("大门未锁")
    page.fill("[name=note]", "大门已上锁")
    submit(page)
    page.wait_for_selector(".aw-differs")
    assert "大门未锁" in page.inner_text(".aw-differs")
    cadre.look("differs")
    page.click("button:has-text('另存为新记录')")
    page.wait_for_selector(".aw-unsent", state="hidden")
    assert set(Contact.objects.values_list("note", flat=True)) == {"大门未锁", "大门已上锁"}


def test_unsent_records_leave_as_a_zip_and_are_sent_once_from_another_phone(owed, cadre, network, visit, tmp_path):
    page = fill_phone(cadre)
    network.rule = nowhere
    page.goto(cadre.server + form_of(owed))
    answer_call(page)
    choose(page, picture(1))
    submit(page)
    page.wait_for_selector(".aw-kept")
    open_unsent(page)
    with page.expect_download() as saved:
        page.click("[data-unsent-export]")
    saved.value.save_as(tmp_path / "unsent.zip")
    network.rule = through
    second = visit("village_cadre", 390, server=network.url)
    second.open("/")
    second.page.click(".aw-top details:has([data-logout]) summary")
    second.page.click(".aw-sheet [data-unsent-open]")
    second.page.set_input_files("[data-unsent-import]", tmp_path / "unsent.zip")
    wait_until(second.page, lambda: network.has_done("POST", "/photos/", 201))
    assert Contact.objects.count() == 1
    page.click("[data-unsent-send]")
    page.wait_for_selector(".aw-unsent", state="hidden")
    assert (Contact.objects.count(), Photo.objects.count()) == (1, 1)
    strange = visit("principal", 390, server=network.url)
    strange.open("/")
    strange.page.click(".aw-top details:has([data-logout]) summary")
    strange.page.click(".aw-sheet [data-unsent-open]")
    strange.page.set_input_files("[data-unsent-import]", tmp_path / "unsent.zip")
    strange.page.wait_for_selector("#toasts:has-text('另一个账号')")


def test_a_full_phone_says_so_and_leaves_the_form_as_it_is(owed, cadre, network):
    page = cadre.open(form_of(owed, "report"))
    page.fill("[name=note]", "本机已满")
    page.evaluate("""() => { IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError"); }; }""")
    network.rule = nowhere
    submit(page)
    page.wait_for_selector("#toasts:has-text('存储空间不足')")
    assert page.input_value("[name=note]") == "本机已满"
    network.rule = through
    submit(page)
    page.wait_for_url(lambda url: "/contacts/new" not in url)
    assert Contact.objects.get().note == "本机已满"
