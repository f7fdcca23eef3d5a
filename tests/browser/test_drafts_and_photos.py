"""What is typed and photographed on a phone outlives its browser; photos and places stay a choice."""

from __future__ import annotations

import os
import shutil
import signal

import pytest
from PIL import Image
from playwright.sync_api import expect

from anwang.features.duties.models import Contact, Photo
from tests.browser.conftest import ARGUMENTS
from tests.browser.network import through
from tests.browser.phone import answer_call, choose, form_of, open_unsent, picture, submit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_killed_browser_gives_back_what_was_typed_and_its_photos(owed, network, tmp_path):
    from playwright.sync_api import sync_playwright

    home = tmp_path / "phone"
    command = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    how = {"executable_path": command, "args": ARGUMENTS, "viewport": {"width": 390, "height": 844}, "locale": "zh-CN"}
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


def test_without_a_service_worker_or_script_a_record_goes_with_its_photo_as_a_plain_form(owed, network, visit):
    for options in ({"service_workers": "block"}, {"java_script_enabled": False}):
        phone = visit("village_cadre", 390, server=network.url, **options)
        page = phone.page
        page.goto(phone.server + form_of(owed))
        page.fill("[name=note]", f"只写情况 {len(options)}")
        for box in page.locator("input[name=duty]:checked").all():
            # Without script by the keyboard: a bar that sticks to the edge may cover the box.
            box.evaluate("box => { box.checked = false; }") if "service_workers" in options else box.press("Space")
        page.set_input_files("input[name=photos]", [picture(7)])
        if "service_workers" in options:
            expect(page.locator("[data-photos-list] img")).to_have_count(1)
        submit(page)
        page.wait_for_url(lambda url: "/contacts/new" not in url)
    assert Contact.objects.count() == 2
    assert Photo.objects.count() == 2
