"""A real browser over the live server, signed in as a person of the cast; pictures stay out of the repository."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from anwang.features.duties.actions import open_duties
from tests.browser.network import Network
from tests.features.duties.conftest import bind

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
PICTURES = Path(__file__).parent / "out"
COMPLAINTS = re.compile(r"Content Security Policy|Refused to|Uncaught", re.IGNORECASE)


class Visitor:
    """One person at one width. Script errors and blocked resources are collected in `wrong`."""

    def __init__(self, browser: Any, server: str, width: int, cookies: list[dict[str, Any]], **options: Any) -> None:
        self.server, self.width, self.wrong, self.pictures = server, width, [], 0
        self.context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", accept_downloads=True, **options
        )
        self.context.add_cookies(cookies)
        self.page = self.context.new_page()
        self.page.on("console", lambda line: self.wrong.append(line.text) if COMPLAINTS.search(line.text) else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def open(self, path: str) -> Any:
        """Go to an address; it must answer 200 and not scroll sideways."""
        answer = self.page.goto(self.server + path)
        assert answer.status == 200, path
        self.look(path)
        return self.page

    def look(self, name: str) -> None:
        """Keep a picture of the page, and check that nothing sticks out."""
        self.page.wait_for_load_state("networkidle")
        self.pictures += 1
        PICTURES.mkdir(exist_ok=True)
        slug = re.sub(r"\W+", "-", name).strip("-") or "home"
        self.page.screenshot(path=PICTURES / f"{self.width}-{self.pictures:02d}-{slug}.png", full_page=True)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"

    def confirm(self) -> None:
        """Say yes in the dialog that names the object."""
        self.page.click("#confirm [data-confirm-go]")
        self.page.wait_for_load_state("networkidle")


@pytest.fixture(autouse=True)
def _threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's driver runs its loop in this thread, where Django then suspects asynchronous code."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def visit(live_server: Any, cast: Any) -> Iterator[Any]:
    """`visit(who, width)` gives a Visitor; at the end none of them may have seen a script error.

    `server` is another way to the live server (network.py); other options go to the browser's context.
    """
    from playwright.sync_api import sync_playwright

    visitors: list[Visitor] = []
    with sync_playwright() as player:
        command = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = player.chromium.launch(executable_path=command, args=ARGUMENTS)

        def arrive(who: str, width: int, server: str = "", **options: Any) -> Visitor:
            value = cast.sign_in(who).cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": value, "url": live_server.url}
            visitors.append(Visitor(browser, server or live_server.url, width, [cookie], **options))
            return visitors[-1]

        yield arrive
        browser.close()
        # While the driver's loop runs, Django keeps this thread's connection apart from the one that the tests know.
        connections.close_all()
    assert [each.wrong for each in visitors if each.wrong] == []


@pytest.fixture
def network(live_server: Any) -> Iterator[Network]:
    """The way to the live server, which can be gone, lose answers, fail."""
    door = Network(live_server.url)
    yield door
    door.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, now: Any) -> Any:
    """The server's clock; `clock(later)` moves it."""

    def stand(at: Any) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)

    stand(now)
    return stand


@pytest.fixture
def owed(cast: Any, now: Any, clock: Any) -> Any:
    """The village cadre has one enterprise and today's duties."""
    bind(cast.enterprise, cast.village_cadre, now)
    open_duties(by=cast.system, now=now)
    return cast


@pytest.fixture
def cadre(owed: Any, network: Network, visit: Any) -> Visitor:
    """The village cadre on a phone behind the network."""
    return visit("village_cadre", 390, server=network.url)
