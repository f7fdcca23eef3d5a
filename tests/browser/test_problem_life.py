"""A problem's whole life in a real browser, from hand to hand: field people on phones, offices at desks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from anwang.features.assignments.models import Part
from anwang.features.audit.queries import faults
from anwang.features.grid.models import Post
from anwang.features.problems.actions import climb
from anwang.features.problems.models import Problem, ProblemFile
from tests.browser.phone import picture, submit
from tests.browser.walk import act, enter, go, press_until, told
from tests.features.duties.conftest import bind
from tests.features.problems.conftest import line  # noqa: F401 — fixture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 390, 1440
TITLE = "除尘管道内积尘超过一毫米"


@pytest.fixture
def people(line, now, clock):  # noqa: F811
    """The village's deputy supervises the enterprise beside its leader, and finds things."""
    bind(line.enterprise, line.second, now, part=Part.JOINT)
    Post.objects.filter(id=line.clerk.post.id).update(organisation="镇应急管理办公室")
    return line


def test_from_a_photo_in_a_contact_to_a_danger_that_is_gone(people, visit):
    finder, leader = visit("second", PHONE), visit("village_cadre", PHONE)
    at = found_in_a_contact(finder, people.enterprise.id)
    sent_up(leader, at)
    handed_to_a_department(visit("head", DESK), at)
    ordered(visit("clerk", DESK), at)
    rectified(visit("principal", PHONE), at)
    verified(finder, at)
    closed(visit("head", DESK), at)
    seen_closed(finder)
    assert list(faults()) == []


def found_in_a_contact(finder, firm):
    """A record of a visit with what is wrong and a photo; the record becomes a problem. The address of it."""
    page = finder.open(f"/contacts/new/?enterprise={firm}&form=on_site")
    page.fill("[name=note]", TITLE)
    page.set_input_files("[data-photos] input[type=file]", [picture(1)])
    expect(page.locator("[data-photos-list] img")).to_have_count(1)
    submit(page)
    page.wait_for_url("**/contacts/*/")
    expect(page.locator(".aw-photos img")).to_have_count(1)
    go(page, page.get_by_role("link", name="转为问题"))
    page.locator("label.aw-choice").filter(has_text="违法违规行为").click()
    page.fill("[name=title]", TITLE)
    page.fill("[name=spot]", "打磨车间")
    page.locator("input[name=files]").set_input_files([picture(2)])
    finder.look("a problem")
    go(page, page.get_by_role("button", name="上报", exact=True))
    told(page, "已上报")
    expect(page.get_by_role("link", name="2.jpg")).to_be_visible()
    return page.url.removeprefix(finder.server)


def sent_up(leader, at):
    """The village's leader accepts, sees that it is not the village's to order, and says what is missing."""
    page = leader.open("/")
    go(page, page.locator(".aw-bell"))
    assert page.get_by_text(TITLE).count() >= 1
    page = leader.open(at)
    act(page, "accept")
    act(page, "escalate", choose="本级没有处置权限", text="村里无权责令停产清灰")
    leader.look("sent up")


def handed_to_a_department(head, at):
    """The township's head has it among what waits, accepts, hands it to the department."""
    page = head.open("/")
    go(page, page.get_by_role("link", name="问题待处理"))
    go(page, page.get_by_role("link", name=TITLE))
    assert page.get_by_text("本级没有处置权限 村里无权责令停产清灰").count() == 1
    act(page, "accept")
    act(page, "hand", choose="示例科员", text="请到现场看")
    head.look("handed on")


def ordered(clerk, at):
    """The department finds it on its own desk and orders what is to be done."""
    page = clerk.open("/problems/")
    go(page, page.get_by_role("link", name=TITLE))
    act(page, "order", text="停机清灰，加装压差报警")
    clerk.look("ordered")


def rectified(firm, at):
    """The principal sees the order in the portal and shows with a photo what was done."""
    page = firm.open("/problems/")
    go(page, page.get_by_role("link", name=TITLE))
    assert page.get_by_text("停机清灰，加装压差报警").count() >= 1
    act(page, "rectify", text="已清灰，压差报警已装", files=[picture(3)])
    firm.look("rectified")
    assert ProblemFile.objects.get(stage="rectify").by == "示例厂长"
    assert page.locator("form[action$='/acts/verify/']").count() == 0


def verified(finder, at):
    """Whoever follows it looks at the photo and verifies; the doer could not."""
    page = finder.open("/")
    go(page, page.get_by_role("link", name="问题待处理"))
    go(page, page.get_by_role("link", name=TITLE))
    shown = page.context.request.get(finder.server + page.get_by_role("link", name="3.jpg").get_attribute("href"))
    assert shown.ok
    assert shown.headers["content-type"] == "image/jpeg"
    act(page, "verify", text="现场看过")


def closed(head, at):
    page = head.open(at)
    act(page, "close")
    told(page, "已销号")
    head.look("closed")


def seen_closed(finder):
    """On the first page of whoever found it."""
    page = finder.open("/")
    row = page.locator("li").filter(has_text=TITLE)
    expect(row.get_by_text("已销号")).to_be_visible()


def test_silence_climbs_and_the_county_answers_by_the_keyboard_alone(people, visit, clock, now):
    finder = visit("second", PHONE)
    page = finder.open(f"/problems/new/?enterprise={people.enterprise.id}")
    page.locator("label.aw-choice").filter(has_text="违法违规行为").click()
    page.fill("[name=title]", TITLE)
    go(page, page.get_by_role("button", name="上报", exact=True))
    at = page.url.removeprefix(finder.server)
    for days in (2, 5):  # the village may be silent for one day, the township for two
        assert climb(by=people.system, now=now + timedelta(days=days))["climbed"] == 1
    clock(now + timedelta(days=5))
    answered_by_keyboard(visit("deputy", DESK), at)
    row = Problem.objects.get()
    assert (row.state, row.level, row.hops) == ("accepted", "township", 2)
    page = visit("head", DESK).open(at)
    assert page.get_by_text("超过时限，自动上报上一级网格长").count() == 2
    assert page.get_by_text("县里已协调电力公司，请镇里组织检修").count() >= 1


def answered_by_keyboard(leader, at):
    """From the first page to the answer without a pointer."""
    page = leader.open("/")
    enter(page, page.get_by_role("link", name="问题待处理"))
    enter(page, page.get_by_role("link", name=TITLE))
    enter(page, page.locator("form[action$='/acts/accept/'] button"))
    fold = page.locator("details").filter(has=page.locator("form[action$='/acts/down/']")).locator("summary")
    press_until(page, "Tab", fold)
    page.keyboard.press("Enter")
    words = page.locator("form[action$='/acts/down/'] [name=text]")
    press_until(page, "Tab", words)
    page.keyboard.type("县里已协调电力公司，请镇里组织检修")
    leader.look("typed")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    told(page, "已办理")
