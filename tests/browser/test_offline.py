"""The phone without a network: pages that are there, records that are kept and arrive once, in the right period."""

from __future__ import annotations

import os
import shutil
import signal
from datetime import date, timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect

from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Contact, Obligation, Photo
from anwang.features.duties.queries import tally_faults
from tests.browser.conftest import ARGUMENTS
from tests.browser.network import Network, lose_answers, nowhere, through
from tests.features.duties.conftest import bind
from tests.features.duties.pictures import encoded, scene

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OUTBOX = """() => new Promise((resolve) => {
  const open = indexedDB.open("anwang");
  open.onsuccess = () => { const all = open.result.transaction("unsent").objectStore("unsent").getAll();
    all.onsuccess = () => { open.result.close(); resolve(all.result.map(({photos, ...rest}) => rest)); }; };
})"""

KEPT = "caches.keys().then((names) => names.filter((name) => name.startsWith('anwang-pages')).length)"


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
def owed(cast, now, clock):
    """The village cadre has one enterprise and today's duties."""
    bind(cast.enterprise, cast.village_cadre, now)
    open_duties(by=cast.system, now=now)
    return cast


@pytest.fixture
def cadre(owed, network, visit):
    """The village cadre on a phone behind the network."""
    return visit("village_cadre", 390, server=network.url)


def fill_phone(cadre):
    """The tap on 离线使用：更新, until it says what is there."""
    page = cadre.open("/")
    page.evaluate("navigator.serviceWorker.ready")
    page.click(".aw-top details:has([data-logout]) summary")
    page.click("[data-offline-update]")
    page.wait_for_selector("[data-offline-note]:has-text('可离线打开')")
    return page


def sign_in(cast, who, visitor):
    """A new session in the same browser."""
    value = cast.sign_in(who).cookies["sessionid"].value
    visitor.context.add_cookies([{"name": "sessionid", "value": value, "url": visitor.server}])


def wait_until(page, holds, seconds=10):
    """The worker does it in a moment of its own."""
    for _ in range(seconds * 10):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("did not come")


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


def open_unsent(page):
    page.locator("[data-unsent-open]:visible").first.click()
    page.wait_for_selector("#unsent[open]")


def send_now(page):
    """The counter, then 立即上传, until nothing is left."""
    open_unsent(page)
    if page.locator("[data-unsent-send]").is_visible():
        page.click("[data-unsent-send]")
    page.wait_for_selector(".aw-unsent", state="hidden")


def picture(seed, size=(640, 480), **how):
    """A photo as the file field takes it."""
    return {"name": f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": encoded(scene(seed, size), **how)}


def choose(page, *pictures):
    page.set_input_files("[data-photos] input[type=file]", list(pictures))
    expect(page.locator("[data-photos-list] img")).to_have_count(len(pictures))


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


def test_two_weeks_without_a_network_two_tabs_and_lost_answers_every_record_once_in_its_period(
    owed, cadre, network, clock, now
):
    cadre.context.clock.install(time=now)
    page = fill_phone(cadre)
    network.rule = nowhere
    page.goto(cadre.server + form_of(owed))
    answer_call(page)
    submit(page)
    page.wait_for_selector(".aw-kept")
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
    later = now + timedelta(days=14)
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
    expect(page.locator("[data-unsent-list] .aw-light-yellow")).to_have_count(2)
    network.rule = through
    other.click("[data-unsent-send]")
    page.wait_for_selector("[data-unsent-list] .aw-light-red")
    cadre.look("asks-why-late")
    page.click("[data-unsent-list] button:has-text('打开修改')")
    page.wait_for_selector(".aw-errors:has-text('请写明原因')")
    page.fill("[name=late_reason]", "山里两周没有信号")
    submit(page)
    page.wait_for_url(lambda url: "/contacts/new" not in url)
    assert not page.is_visible(".aw-unsent")
    done = Obligation.objects.filter(rule="N7.2", enterprise=owed.enterprise).order_by("start")
    assert [(row.done_on, row.late) for row in done] == [(date(2026, 11, 24), True), (date(2026, 12, 3), False)]
    first = Contact.objects.get(occurred_on=date(2026, 11, 24))
    assert abs(first.captured_at - now) < timedelta(minutes=10)
    assert first.late_reason == "山里两周没有信号"
    assert Contact.objects.count() == 2
    assert tally_faults() == []


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


def test_a_killed_browser_gives_back_what_was_typed_and_its_photos(owed, network, tmp_path):
    from playwright.sync_api import sync_playwright

    home = tmp_path / "phone"
    command = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    how = {"executable_path": command, "args": ARGUMENTS, "viewport": {"width": 390, "height": 844}}
    session = owed.sign_in("village_cadre").cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": network.url}
    with sync_playwright() as player:
        phone = player.chromium.launch_persistent_context(home, **how)
        phone.add_cookies([cookie])
        page = phone.new_page()
        page.goto(network.url + form_of(owed))
        page.click(".aw-choice:has(input[name*=reached][value=yes])")
        page.fill("[name=note]", "配电室门口堆放杂物")
        choose(page, picture(1))
        page.wait_for_selector("[data-draft-note]:has-text('草稿已存在本机')")
        os.kill(int(os.readlink(home / "SingletonLock").rpartition("-")[2]), signal.SIGKILL)
        phone = player.chromium.launch_persistent_context(home, **how)
        phone.add_cookies([cookie])
        page = phone.new_page()
        page.goto(network.url + form_of(owed))
        page.wait_for_selector("[data-draft-note]:has-text('已恢复未提交的内容')")
        assert page.input_value("[name=note]") == "配电室门口堆放杂物"
        assert page.is_checked("input[name*=reached][value=yes]")
        expect(page.locator("[data-photos-list] img")).to_have_count(1)
        page.click("[data-draft-note] button")
        page.wait_for_load_state("networkidle")
        assert page.input_value("[name=note]") == ""
        expect(page.locator("[data-photos-list] img")).to_have_count(0)
        phone.close()


def test_when_the_third_of_five_photos_fails_only_what_is_missing_goes_again(owed, cadre, network):
    page = cadre.open(form_of(owed))
    answer_call(page)
    turned = Image.Exif()
    turned[0x0112] = 6  # taken with the phone upright: stored lying, to be shown turned
    choose(page, picture(1, (3000, 2000), exif=turned), *map(picture, (2, 3, 4, 5)))
    cadre.look("photos")
    posts = lambda: [path for method, path in network.seen if method == "POST" and path.endswith("/photos/")]  # noqa: E731
    network.rule = lambda method, path: "gone" if path.endswith("/photos/") and len(posts()) == 2 else "pass"
    submit(page)
    page.wait_for_selector(".aw-kept")
    assert Photo.objects.count() == 2
    open_unsent(page)
    assert "照片 2/5" in page.inner_text("[data-unsent-list]")
    cadre.look("photos-waiting")
    network.rule = through
    page.click("[data-unsent-send]")
    page.wait_for_selector(".aw-unsent", state="hidden")
    assert Photo.objects.count() == 5
    assert len(posts()) == 6
    first = Photo.objects.order_by("place")[0]
    assert (first.width, first.height) == (1365, 2048)
    assert len(first.original_sha256) == 64
    assert Contact.objects.count() == 1


def test_without_a_service_worker_or_script_a_record_goes_with_its_photo_as_a_plain_form(owed, network, visit):
    for options in ({"service_workers": "block"}, {"java_script_enabled": False}):
        phone = visit("village_cadre", 390, server=network.url, **options)
        page = phone.page
        page.goto(phone.server + form_of(owed))
        page.fill("[name=note]", f"只写情况 {len(options)}")
        for box in page.locator("input[name=duty]:checked").all():
            box.evaluate("box => { box.checked = false; }") if "service_workers" in options else box.uncheck(force=True)
        page.set_input_files("input[name=photos]", [picture(7)])
        if "service_workers" in options:
            expect(page.locator("[data-photos-list] img")).to_have_count(1)
        submit(page)
        page.wait_for_url(lambda url: "/contacts/new" not in url)
    assert Contact.objects.count() == 2
    assert Photo.objects.count() == 2


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
    wait_until(second.page, lambda: Photo.objects.count() == 1)
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


def test_a_place_goes_with_a_photo_only_when_it_was_tapped_for(owed, network, visit):
    where = {"geolocation": {"latitude": 35.05, "longitude": 118.35}, "permissions": ["geolocation"]}
    phone = visit("village_cadre", 390, server=network.url, **where)
    for tapped in (False, True):
        page = phone.open(form_of(owed, "report"))
        page.fill("[name=note]", "有照片")
        choose(page, picture(tapped + 1))
        if tapped:
            page.click("label:has([data-photo-place])")
            page.wait_for_selector("[data-photos] :text('35.05000, 118.35000')")
            phone.look("place")
        submit(page)
        page.wait_for_url(lambda url: "/contacts/new" not in url)
    assert list(Photo.objects.order_by("id").values_list("latitude", flat=True)) == [None, 35.05]


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
