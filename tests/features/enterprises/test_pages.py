"""The pages of the roster: who sees them, what they cost, what their buttons do."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from anwang.domain.risk import RiskFacts
from anwang.features.audit.models import AuditEvent
from anwang.features.enterprises import actions, queries
from anwang.features.enterprises.models import Change, Enterprise, RiskPoint, RosterImport
from anwang.features.enterprises.permissions import PAGES
from anwang.features.enterprises.urls import urlpatterns
from tests.features.enterprises.conftest import LONG_AGO, code, roster

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def address(name: str, cast, row) -> str:
    """The address of a page about the enterprise, its risk point, upload or change."""
    point = RiskPoint.objects.filter(enterprise=row).first()
    upload = RosterImport.objects.first()
    known = {
        "enterprise_id": row.id,
        "point_id": point and point.id,
        "import_id": upload and upload.id,
        "change_id": Change.objects.filter(user_id=cast.county_leader.user.id).values_list("id", flat=True).first(),
    }
    pattern = next(each for each in urlpatterns if each.name == name)
    return reverse(name, kwargs={key: known[key] for key in pattern.pattern.converters})


@pytest.fixture
def furnished(rows, cast, now):
    """An enterprise with a risk point, and an upload that waits."""
    by = {"by": cast.county_leader.actor, "now": now}
    actions.add_point(**by, enterprise_id=rows[0].id, name="车间", facts=RiskFacts())
    actions.receive(**by, data=roster({}), filename="a.xlsx", unit=cast.county_leader.actor.unit, on=LONG_AGO)
    return rows[0]


def test_every_page_is_in_the_table_of_roles():
    assert {pattern.name for pattern in urlpatterns} == set(PAGES)


@pytest.mark.parametrize("name", [p.name for p in urlpatterns if p.pattern.converters])
def test_a_stranger_gets_404_from_every_page_about_something(name, cast, furnished):
    url = address(name, cast, furnished)
    browser = cast.sign_in("stranger")
    assert browser.get(url).status_code == 404
    assert browser.post(url, {"reason": "看看"}).status_code == 404


@pytest.mark.parametrize("name", ["enterprise_bulk", "place_assign", "industry_assign"])
def test_a_stranger_changes_nothing_in_bulk(name, cast, furnished):
    answer = cast.sign_in("stranger").post(
        reverse(name), {"selection": [furnished.id], "do": "managing:city", "unit": "罗庄街道", "industry": "light"}
    )
    assert answer.status_code == 404
    furnished.refresh_from_db()
    assert (furnished.managing, furnished.industry) == ("local", "machinery")


@pytest.mark.parametrize("name", [name for name, roles in PAGES.items() if "supervisor" not in roles])
def test_a_supervisor_keeps_nothing(name, cast, furnished):
    assert cast.sign_in("village_cadre").get(address(name, cast, furnished)).status_code == 404


def test_a_list_shows_the_own_territory_only(cast, rows):
    page = cast.sign_in("stranger").get(reverse("enterprise_list")).content.decode()
    assert "示例邻区有限公司" in page
    assert "测试企业1号" not in page


def test_the_principal_sees_the_own_enterprise_only(cast, rows):
    browser = cast.sign_in("principal")
    assert browser.get(reverse("enterprise", args=[cast.enterprise.id])).status_code == 200
    assert browser.get(reverse("enterprise", args=[rows[0].id])).status_code == 404
    assert browser.get(reverse("enterprise_list")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=木业", ["沂蒙木业公司"]),
        ("q=" + code(1)[:10], ["测试企业1号", "沂蒙木业公司"]),
        ("unit=371302101201", ["示例机械有限公司", "测试企业1号", "测试企业3号"]),
        ("place=guessed", ["沂蒙木业公司"]),
        ("place=township", ["沂蒙木业公司"]),
        ("industry=light", ["沂蒙木业公司"]),
        ("managing=city", []),
        ("status=closed", []),
        ("q=木业+公司&grade=general", ["沂蒙木业公司"]),
    ],
)
def test_the_address_filters_the_list(query, found, office, rows):
    page = office.get(reverse("enterprise_list") + "?" + query)
    assert sorted(line.row.name for line in page.context["lines"]) == sorted(found)


def test_the_list_costs_the_same_whatever_its_length(office, made, django_assert_max_num_queries):
    made(*({"企业名称": f"企业{n:03}"} for n in range(60)), on=LONG_AGO)
    with django_assert_max_num_queries(20):
        page = office.get(reverse("enterprise_list") + "?per_page=50")
    assert len(page.context["lines"]) == 50


def test_the_page_of_an_enterprise_costs_little(office, furnished, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        assert office.get(reverse("enterprise", args=[furnished.id])).status_code == 200


def test_phones_are_masked_until_a_reason_is_given(cast, office, made):
    (row,) = made({"企业主要负责人": "张三", "主要负责人联系电话": "13012345678"}, on=LONG_AGO)
    page = office.get(reverse("enterprise", args=[row.id])).content.decode()
    assert "130****5678" in page
    assert "13012345678" not in page
    url = reverse("enterprise_phone", args=[row.id])
    assert "13012345678" not in office.post(url, {"reason": ""}).content.decode()
    assert "13012345678" in office.post(url, {"reason": "督导前联系"}).content.decode()
    assert AuditEvent.objects.filter(action="enterprise.unmask").count() == 1


def test_the_batch_bar_changes_what_is_ticked_and_offers_the_undo(office, rows):
    url, ids = reverse("enterprise_bulk"), [row.id for row in rows[:2]]
    page = office.post(url, {"selection": ids, "do": "managing:city"}, follow=True).content.decode()
    assert "已更改 2 家" in page
    (undo,) = re.findall(r'action="(/roster/changes/\d+/undo/)"', page)
    assert set(Enterprise.objects.filter(managing="city").values_list("id", flat=True)) == set(ids)
    assert "2 家企业恢复原状" in office.post(undo, follow=True).content.decode()
    assert not Enterprise.objects.filter(managing="city").exists()


def test_the_batch_bar_refuses_without_a_choice(office, rows):
    answer = office.post(reverse("enterprise_bulk"), {"selection": [rows[0].id], "do": "managing:moon"})
    assert (answer.status_code, "请选择要做的更改" in answer.content.decode()) == (409, True)


def test_registering_in_the_browser(office):
    form = {"name": "网页登记", "credit_code": code(5), "unit": "朱潘村委会", "managing": "county", "gbt": "C2614",
            "principal": "李四", "principal_phone": "130 0000 0001"}  # fmt: skip
    assert office.post(reverse("enterprise_add"), form).status_code == 302
    row = Enterprise.objects.get(name="网页登记")
    assert (row.place, row.industry, row.principal_phone) == (371302101202, "chemical", "13000000001")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"credit_code": code(5)[:-1] + "!"}, "含有不使用的字符"),
        ({"unit": "罗庄街道"}, "您的辖区内没有这个网格"),
        ({"principal_phone": "13"}, "不是有效号码"),
        ({"longitude": "118.3"}, "要么都填"),
        ({"name": ""}, "必填"),
    ],
)
def test_a_wrong_registration_says_what_is_wrong(office, wrong, words):
    form = {"name": "网页登记", "unit": "朱潘村委会", "managing": "county", **wrong}
    answer = office.post(reverse("enterprise_add"), form)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_editing_keeps_phones_left_blank(office, made):
    (row,) = made({"企业主要负责人": "张三", "主要负责人联系电话": "13012345678"}, on=LONG_AGO)
    form = {"name": row.name, "credit_code": row.credit_code, "managing": "city", "industry": "machinery",
            "principal": "张三丰"}  # fmt: skip
    office.post(reverse("enterprise_edit", args=[row.id]), form)
    row.refresh_from_db()
    assert (row.principal, row.principal_phone, row.managing) == ("张三丰", "13012345678", "city")


def test_status_place_grade_and_risk_have_their_pages(office, rows):
    row, far = rows[0], "2099-01-01"
    post = lambda name, form: office.post(reverse(name, args=[row.id]), form, follow=True)  # noqa: E731
    point = {"name": "罐区", "hazards": ["fire"], "persons": 10, "minor": 0, "persists": "on"}
    assert "等级已按附件6重新判定" in post("risk_point_add", point).content.decode()
    form = {"grade": "general", "reason": "专家意见", "evidence": "评价报告", "until": far}
    page = post("enterprise_grade", form).content.decode()
    assert "人工调整，有效至 2099-01-01" in page
    assert "同一作业时间作业人员10人" in page
    assert "已恢复按附件6判定" in post("enterprise_grade_end", {}).content.decode()
    today = office.get(reverse("enterprise", args=[row.id])).wsgi_request.today
    assert "已变更" in post("enterprise_move", {"unit": "枣园村委会", "on": today, "reason": "搬迁"}).content.decode()
    page = post("enterprise_status", {"status": "closed", "on": today, "reason": "注销"}).content.decode()
    assert "关闭注销" in page
    row.refresh_from_db()
    assert (row.grade, row.place, row.status) == ("major", 371302102201, "closed")


def test_a_place_is_confirmed_chosen_or_written(office, made):
    guessed, unknown = made({"村居": "没有的村"}, {"县区": None, "乡镇（街道）": None, "村居": None}, on=LONG_AGO)
    page = office.get(reverse("place_todo")).content.decode()
    assert "没有的村" in page
    assert "没有填写所在县区" in page
    assert office.get(reverse("place_todo") + "?kind=none").context["page"].paginator.count == 1
    url = reverse("place_assign")
    office.post(url, {"one": f"{guessed.id}:"})
    answer = office.post(url, {"selection": [unknown.id], "unit": "没有这里"}, follow=True)
    assert "您的辖区内没有" in answer.content.decode()
    office.post(url, {"selection": [unknown.id], "unit": "朱潘村委会"})
    guessed.refresh_from_db()
    unknown.refresh_from_db()
    assert (guessed.place_guessed, guessed.place_method) == (False, "hand")
    assert (unknown.place, unknown.place_method) == (371302101202, "hand")
    assert office.get(reverse("place_todo")).context["page"].paginator.count == 0


def test_an_industry_is_decided_singly_and_in_bulk(office, rows):
    page = office.get(reverse("industry_rules")).content.decode()
    assert "名称含“木业”" in page
    url = reverse("industry_assign")
    office.post(url, {"one": f"{rows[1].id}:light"})
    office.post(url, {"selection": [rows[0].id, rows[2].id], "industry": "outside"})
    stored = [
        (row.industry, row.industry_by) for row in Enterprise.objects.filter(id__in=[r.id for r in rows]).order_by("id")
    ]
    assert stored == [("", "hand"), ("light", "hand"), ("", "hand")]
    assert "C2614" not in page
    assert "民用爆炸物品" in office.get(reverse("industry_rules") + "?show=rules").content.decode()
    assert office.get(reverse("industry_rules") + "?show=counts").status_code == 200


def test_an_export_follows_the_filter_and_is_kept_in_the_trail(office, rows):
    answer = office.get(reverse("enterprise_export") + "?q=木业")
    table = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    assert [line[0] for line in table if "公司" in str(line[0])] == ["沂蒙木业公司"]
    assert '"rows":1' in AuditEvent.objects.get(action="roster.export").body


def test_an_empty_roster_says_what_to_do_next(cast):
    Enterprise.objects.filter(id=cast.elsewhere.id).update(place=371302101201, county=371302, township=371302101)
    page = cast.sign_in("stranger").get(reverse("enterprise_list")).content.decode()
    assert "名册还是空的" in page
    assert "导入名册" in page


def test_counts_above_the_list_are_those_of_the_territory(cast, rows):
    counts = queries.counts(cast.county_leader.actor)
    assert (counts["all"], counts["place"], counts["industry"]) == (4, 1, 1)
