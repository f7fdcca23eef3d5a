"""The enterprise comes in by itself, on a phone: a link, a spoken code, a password; then it says what changed."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from anwang.features.accounts.models import User
from anwang.features.enterprises.models import Enterprise

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PASSWORD = "lan-tian-bai-yun"


@pytest.fixture
def handed(owed, visit):
    """(path, code): what the cadre hands over to a principal without a sign-in."""
    User.objects.filter(id=owed.principal.user.id).delete()
    cadre = visit("village_cadre", 390)
    page = cadre.open(f"/enterprises/{owed.enterprise.id}/invitation/")
    page.get_by_role("button", name="邀请", exact=True).click()
    cadre.look("invited")
    return urlsplit(page.locator("code").inner_text()).path, page.locator("p.fs-2").inner_text()


def test_from_a_link_and_a_spoken_code_to_the_first_declaration(owed, visit, handed):
    path, code = handed
    firm = visit("stranger", 390)
    firm.context.clear_cookies()
    page = firm.open(path)
    page.fill("[name=credit_code]", owed.enterprise.credit_code.lower())
    page.fill("[name=code]", f"{(int(code.replace(' ', '')) + 1) % 10**6:06d}")
    page.get_by_role("button", name="下一步").click()
    firm.look("wrong code")
    assert page.get_by_text("还可以试 4 次").count() == 1
    page.fill("[name=code]", code)
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/join/account/")
    for name in ("password", "again"):
        page.fill(f"[name={name}]", PASSWORD)
    firm.look("account")
    page.get_by_role("button", name="开通并登录").click()
    firm.look("first page")
    assert "示例机械有限公司" in page.inner_text("h1")
    page = firm.open("/our/")
    page.get_by_role("button", name="仍然属实").click()
    assert page.get_by_text("今天已确认").count() == 1
    page = firm.open("/our/facts/")
    page.fill("[name=headcount]", "48")
    page.get_by_role("button", name="申报").click()
    firm.look("declared")
    taken_over(visit("township_officer", 1440))
    assert Enterprise.objects.get(id=owed.enterprise.id).headcount == 48


def taken_over(official):
    page = official.open("/declarations/")
    page.get_by_role("link", name="基本情况").click()
    page.get_by_role("button", name="采纳").click()
    official.look("taken over")
    assert page.get_by_text("已采纳").first.is_visible()
