"""The style guide in a real browser: content policy, widths, keyboard, and what must survive."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.urls"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
COMPLAINTS = re.compile(r"Content Security Policy|Refused to|Uncaught", re.IGNORECASE)


@contextmanager
def opened(live_server: Any, *, width: int = 1440, path: str = "/gallery") -> Iterator[Any]:
    """The page at this width; leaving fails on any script error or blocked resource."""
    from playwright.sync_api import sync_playwright

    wrong: list[str] = []
    with sync_playwright() as player:
        command = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = player.chromium.launch(executable_path=command, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": width, "height": 844}, locale="zh-CN")
        page.on("console", lambda line: wrong.append(line.text) if COMPLAINTS.search(line.text) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        answer = page.goto(live_server.url + path)
        assert answer.status == 200
        page.wait_for_load_state("networkidle")
        yield page
        browser.close()
    assert not wrong


@pytest.fixture(autouse=True)
def _threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's driver runs its loop in this thread, where Django then suspects asynchronous code."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_width_makes_the_page_scroll_sideways(live_server, width):
    with opened(live_server, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.skipif(not AXE.exists(), reason="the front end's packages are not installed: cd frontend && npm ci")
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_accessibility_checker_finds_nothing(live_server, width):
    with opened(live_server, width=width) as page:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []


def test_charts_draw_and_give_their_numbers_as_a_table(live_server):
    with opened(live_server) as page:
        page.wait_for_selector("[data-chart=bar] canvas")
        page.click("figure:has([data-chart=bar]) summary")
        assert page.locator("figure:has([data-chart=bar]) [data-chart-rows] tbody tr").count() == 12
        assert page.locator(".aw-donut-legend li").count() == 4


def test_ticking_rows_counts_them_and_shows_what_can_be_done(live_server):
    with opened(live_server) as page:
        assert not page.locator("[data-batch-bar]").is_visible()
        page.check("tbody tr:nth-child(2) .aw-col-pick input")
        page.click("tbody tr:nth-child(5) .aw-col-pick input", modifiers=["Shift"])
        assert page.inner_text("[data-batch-count]") == "4"
        page.check("[data-pick-all]")
        assert page.inner_text("[data-batch-count]") == "20"


def test_a_hidden_column_stays_hidden_after_coming_back(live_server):
    with opened(live_server) as page:
        page.click("[data-columns] summary")
        page.uncheck("[data-columns] label:has-text('所属网格') input")
        page.reload()
        assert not page.locator("th[data-col=village]").is_visible()
        assert page.locator("th[data-col=name]").is_visible()


def test_what_was_typed_survives_a_closed_page_until_it_is_sent(live_server):
    with opened(live_server) as page:
        page.fill("#id_text", "缺消防水源")
        page.wait_for_selector("[data-draft-note]:not(:empty)")
        page.once("dialog", lambda question: question.accept())
        page.goto(live_server.url + "/gallery")
        assert page.input_value("#id_text") == "缺消防水源"
        page.fill("#id_when", "2026-11-24")
        page.click("form[data-draft] button[type=submit]")
        page.wait_for_selector(".aw-msg-success")
        page.reload()
        assert page.input_value("#id_text") == ""


def test_faults_in_a_form_keep_the_draft_and_are_listed(live_server):
    with opened(live_server) as page:
        page.fill("#id_text", "缺消防水源")
        page.click("form[data-draft] button[type=submit]")
        page.wait_for_selector(".aw-errors")
        assert page.input_value("#id_text") == "缺消防水源"


def test_destroying_asks_first_and_names_the_object(live_server):
    with opened(live_server) as page:
        page.click("form[data-confirm] button")
        assert "沂蒙化工有限公司" in page.inner_text("#confirm")
        page.click("#confirm [data-dialog-close]")
        assert not page.locator("#confirm").is_visible()


def test_keys_lead_to_search_help_and_out_of_menus(live_server):
    with opened(live_server) as page:
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Shift+?")
        assert page.locator("#keys").is_visible()
        page.keyboard.press("Escape")
        page.click(".aw-head details summary")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.className") == "aw-item"
        page.keyboard.press("Escape")
        assert not page.locator(".aw-head .aw-sheet").is_visible()


def test_large_type_stays_and_leaves_nothing_cut_off(live_server):
    with opened(live_server, width=768) as page:
        page.click("[data-large]:visible")
        page.reload()
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_drawn_signature_becomes_a_picture_and_can_be_taken_back(live_server):
    with opened(live_server) as page:
        pad = page.locator(".aw-sign canvas")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 120, box["y"] + 90, steps=8)
        page.mouse.up()
        assert page.input_value("input[name=signature]").startswith("data:image/png;base64,")
        page.click("[data-sign-undo]")
        assert page.input_value("input[name=signature]") == ""


def test_thumbs_find_targets_of_44_pixels_on_a_phone(live_server):
    with opened(live_server, width=390) as page:
        small = page.evaluate(
            """[...document.querySelectorAll('.btn, .aw-tab, .aw-tool, .form-control, .form-select, .aw-choice')]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
            .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert small == []


def test_a_record_without_a_network_is_kept_counted_and_sent_later(live_server):
    with opened(live_server) as page:
        page.evaluate("""() => { const form = document.querySelector('form[data-draft]'); form.dataset.outbox = '';
            form.action = '/gallery/answer'; }""")
        page.context.set_offline(True)
        page.fill("#id_text", "没有信号")
        page.click("form[data-draft] button[type=submit]")
        page.wait_for_selector("[data-unsent-open]:visible")
        assert "1" in page.inner_text("[data-unsent-open]")
        page.click("[data-unsent-open]")
        with page.expect_download() as saved:
            page.click("[data-unsent-export]")
        names = zip_names(saved.value.path())
        assert names[0] == "manifest.json"
        assert len(names) == 2
        page.context.set_offline(False)
        page.wait_for_selector("[data-unsent-open]", state="hidden")


def zip_names(path: Any) -> list[str]:
    """Names in the archive; a wrong checksum fails."""
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()
