"""How people act on the pages of problems, reports and declarations: by what they read, never by waiting a while."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect


def told(page: Any, text: str) -> None:
    """The page says this after an act."""
    expect(page.locator(".aw-msg").filter(has_text=text)).to_be_visible()


def go(page: Any, button: Any) -> None:
    """Press what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        button.click()


def act_form(page: Any, code: str) -> Any:
    """The form of an act on a problem's page, unfolded."""
    form = page.locator(f"form[action$='/acts/{code}/']")
    fold = page.locator("details").filter(has=form)
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    expect(form).to_be_visible()
    return form


def act(page: Any, code: str, *, text: str = "", choose: str = "", files: Any = ()) -> None:
    """Carry an act out on a problem: choose by what a choice says, write, add photos, send."""
    form = act_form(page, code)
    if choose:
        form.locator("label.aw-choice").filter(has_text=choose).click()
    if text:
        form.locator("[name=text]").fill(text)
    if files:
        form.locator("input[type=file]").set_input_files(list(files))
    go(page, form.locator("button[type=submit]").first)
    expect(page.locator(".aw-msg")).to_be_visible()


def press_until(page: Any, key: str, target: Any, most: int = 60) -> None:
    """Press a key until the focus stands on `target`; fails where it cannot be reached."""
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} is not reached by {key}")


def enter(page: Any, target: Any) -> None:
    """Go to a link or button by Tab and press Enter, and wait for the page that it leads to."""
    press_until(page, "Tab", target)
    with page.expect_navigation():
        page.keyboard.press("Enter")
