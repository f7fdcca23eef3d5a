"""What one does on a phone: fill in the call, see what is unsent, choose photos."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.features.duties.pictures import encoded, scene

#: What the outbox holds, without its photos.
OUTBOX = """() => new Promise((resolve) => {
  const open = indexedDB.open("anwang");
  open.onsuccess = () => { const all = open.result.transaction("unsent").objectStore("unsent").getAll();
    all.onsuccess = () => { open.result.close(); resolve(all.result.map(({photos, ...rest}) => rest)); }; };
})"""
#: How many people's pages are kept.
KEPT = "caches.keys().then((names) => names.filter((name) => name.startsWith('anwang-pages')).length)"


def keep_call(cadre, path):
    """Record a call at this address while there is no network."""
    cadre.page.goto(cadre.server + path)
    answer_call(cadre.page)
    submit(cadre.page)
    cadre.page.wait_for_selector(".aw-kept")


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
