"""The main job in a real browser: import, propose, adopt, sign, record, the leader's table, Σ. Phone and desktop."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone

from anwang.adapters.xlsx.writer import columns_of, write_table
from anwang.domain.roster.codes import make_credit_code
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.features.audit.queries import faults
from anwang.features.duties.actions import open_duties
from anwang.features.duties.models import Obligation
from anwang.features.duties.queries import tally_faults

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NAMES = ("name", "credit_code", "county", "township", "village", "address", "industry", "headcount", "principal",
         "principal_phone", "grade")  # fmt: skip


def register() -> bytes:
    """A county's register: three firms in 白沙埠镇 and 枣园镇."""
    villages = [("白沙埠镇", "白沙埠村委会"), ("白沙埠镇", "朱潘村委会"), ("枣园镇", "枣园村委会")]
    rows = [
        [f"浏览器测试第{n}木业有限公司", make_credit_code(f"MA9BR00{n}", "371302"), "兰山区", town, village,
         f"{town}{village}{n}号", "轻工", 20 + n, "王测试", "10012345678", "低风险"]
        for n, (town, village) in enumerate(villages, 1)
    ]  # fmt: skip
    target = io.BytesIO()
    write_table(target, title="企业名册", columns=columns_of(ENTERPRISES, NAMES), rows=rows)
    return target.getvalue()


@pytest.mark.parametrize("width", [390, 1440])
def test_from_a_spreadsheet_to_the_leaders_table(visit, cast, width):
    office = visit("county_leader", width)
    import_register(office)
    adopt_plan(office)
    cadre = visit("village_cadre", width)
    sign_letter(cadre)
    open_duties(by=cast.system, now=timezone.now())
    record_call(cadre)
    read_table(visit("county_leader", width))
    assert tally_faults() == []
    assert list(faults()) == []


def import_register(office):
    page = office.open("/roster/import/")
    page.set_input_files(
        "input[name=file]", {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": register()}
    )
    page.click("button:has-text('上传并核对')")
    through_work(office, "preview")
    page.click("button:has-text('导入 3 家')")
    through_work(office, "imported")
    page = office.open("/enterprises/?q=浏览器")
    assert page.locator("text=浏览器测试第1木业有限公司").count() >= 1


def through_work(visitor, name):
    """Long work shows its progress and leads on when it is done."""
    page = visitor.page
    page.wait_for_load_state("networkidle")
    if "/work/" in page.url:
        link = page.locator("a:has-text('查看结果')")
        if link.count():
            link.click()
        else:
            page.wait_for_url(lambda url: "/work/" not in url, timeout=30000)
    visitor.look(name)


def adopt_plan(office):
    page = office.open("/plans/")
    page.click("button:has-text('计算分配方案')")
    through_work(office, "plan")
    assert page.locator("text=已证明没有更好的方案").count() == 1
    for tab in ("谁包哪家", "未覆盖", "指定与回避"):
        page.click(f"nav.aw-tabs a:has-text('{tab}')")
        office.look(f"plan-{tab}")
    page.click("button:has-text('采用')")
    office.confirm()
    through_work(office, "adopted")
    assert page.locator("text=已采用").count() >= 1
    office.open("/coverage/")


def sign_letter(cadre):
    page = cadre.open("/commitments/")
    page.locator("td a[href^='/commitments/']").first.click()
    cadre.look("letter")
    box = page.locator("[data-sign] canvas").bounding_box()
    page.locator("[data-sign] canvas").scroll_into_view_if_needed()
    box = page.locator("[data-sign] canvas").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 30 + step * 12, box["y"] + 40 + (step % 3) * 14)
    page.mouse.up()
    page.click("button:has-text('签署承诺书')")
    cadre.look("signed")
    assert page.locator("text=已签署").count() >= 1


def record_call(cadre):
    """From home to a recorded half-month call in at most six taps."""
    page, taps = cadre.open("/"), 0
    before = Obligation.objects.filter(rule="N7.2", done_at__isnull=False).count()

    def tap(selector):
        nonlocal taps
        taps += 1
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    tap("a:has-text('打电话')")
    cadre.look("record")
    tap(".aw-choice:has(input[name*=reached][value=yes])")
    tap(".aw-choice:has(input[name*=problems][value=no])")
    tap("button:has-text('提交登记')")
    page.wait_for_url(lambda url: "/contacts/new" not in url, timeout=15000)
    cadre.look("recorded")
    assert taps <= 6
    assert Obligation.objects.filter(rule="N7.2", done_at__isnull=False).count() == before + 1


def read_table(leader):
    page = leader.open("/table/")
    done = page.locator("a.aw-stat:has-text('已完成'), .aw-stat:has-text('已完成')").first
    assert "1" in done.inner_text()
    page.goto(leader.server + "/table/rows/?state=done")
    leader.look("rows")
    assert page.locator("tbody tr").count() == 1
