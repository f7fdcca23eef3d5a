"""A report from the notice board to “not fixed”: a stranger's phone without account or cookies, desks that never meet
the reporter's own words or name."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from anwang.features.audit.queries import faults
from anwang.features.reports.models import Report
from tests.browser.phone import picture
from tests.browser.walk import go, told
from tests.features.public.conftest import bind, hang

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 390, 1440
WORDS, TOLD = "俺亲眼瞅见光栅叫人给短接了", "冲压车间一台设备的安全装置失效"
QUESTION, SAID, TOLD_THEN = "请问是哪一台设备？", "东头那台老冲床呗", "反映的是东侧的冲床"
RESULT, STILL, TOLD_AT_LAST = "已责令恢复安全装置", "今儿个又给短接了", "安全装置再次被短接"


@pytest.fixture
def board(cast, now, clock):
    """The code on the sheet that hangs at the enterprise."""
    member = cast.village_cadre
    return hang(bind(cast, now, cast.enterprise, member.person, member.post), now).document.token


@pytest.fixture
def stranger(visit):
    """Somebody with a phone, whom the system does not know."""
    phone = visit("stranger", PHONE)
    phone.context.clear_cookies()
    return phone


def test_an_anonymous_reporter_is_heard_until_it_is_fixed(cast, visit, board, stranger):
    code = reported(stranger, board)
    clerk, handler = visit("county_leader", DESK), visit("township_officer", DESK)
    retold(clerk, TOLD, own=WORDS, photos=True)
    asked(handler)
    page = followed(stranger, code)
    assert page.get_by_text(QUESTION).count() == 1
    say(page, SAID, "补充")
    retold(clerk, TOLD_THEN, own=SAID)
    answered(handler)
    page = followed(stranger, code)
    assert page.get_by_text(RESULT).count() == 1
    say(page, STILL, "还没有解决")
    retold(clerk, TOLD_AT_LAST, own=STILL)
    open_again(handler)
    assert {each["name"] for each in stranger.context.cookies()} <= {"csrftoken"}
    assert Report.objects.get().photos.count() == 1
    assert list(faults()) == []


def reported(stranger, token):
    """From the code on the sheet to the receipt's code."""
    page = stranger.open(f"/v/{token}/")
    assert stranger.context.cookies() == []
    go(page, page.get_by_role("link", name="举报").first)
    stranger.look("form")
    page.locator(".pick label").filter(has_text="事故隐患").click()
    page.fill("[name=words]", WORDS)
    page.set_input_files("[name=photos]", [picture(1)])
    go(page, page.get_by_role("button", name="提交举报"))
    stranger.look("receipt")
    return page.locator("#code").inner_text()


def retold(clerk, text, *, own, photos=False):
    """The clerk reads the reporter's words once, and writes others."""
    page = clerk.open("/reports/")
    go(page, page.get_by_role("link", name="待改写"))
    go(page, page.locator("main a[href^='/reports/words/']").first)
    expect(page.locator("blockquote")).to_have_text(own)
    clerk.look("to retell")
    page.fill("[name=text]", text)
    if photos:
        page.check("[name=photos]")
    go(page, page.get_by_role("button", name="转给办理人"))
    told(page, "原话已封存")
    assert page.get_by_text(own).count() == 0


def opened(handler):
    page = handler.open("/reports/")
    go(page, page.locator("main a[href^='/reports/']").filter(has_text="JB2026").first)
    assert not [word for word in (WORDS, SAID, STILL) if word in page.content()]
    return page


def asked(handler):
    """The desk above the supervisors accepts, looks at the photo, asks."""
    page = opened(handler)
    assert page.get_by_text(TOLD).count() == 1
    shown = page.context.request.get(handler.server + page.get_by_role("link", name="照片 1").get_attribute("href"))
    assert shown.headers["content-type"] == "image/jpeg"
    go(page, page.get_by_role("button", name="受理", exact=True))
    page.fill("[name=text]", QUESTION)
    go(page, page.get_by_role("button", name="向举报人提问"))
    handler.look("asked")


def answered(handler):
    page = opened(handler)
    assert page.get_by_text(TOLD_THEN).count() == 1
    page.fill("[name=text]", RESULT)
    go(page, page.get_by_role("button", name="办结"))
    told(page, "已办结")


def open_again(handler):
    page = opened(handler)
    assert page.get_by_text(TOLD_AT_LAST).count() == 1
    expect(page.get_by_role("button", name="受理", exact=True)).to_be_visible()
    handler.look("open again")


def followed(stranger, code):
    """Typed as people copy it: in small letters."""
    page = stranger.open("/report/follow/")
    page.fill("[name=code]", code.lower())
    go(page, page.get_by_role("button", name="查看"))
    stranger.look("followed")
    return page


def say(page, text, button):
    page.get_by_label("补充说明").fill(text)
    go(page, page.get_by_role("button", name=button))
    expect(page.get_by_text("已收到。")).to_be_visible()
