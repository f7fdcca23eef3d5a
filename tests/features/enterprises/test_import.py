"""Importing a roster: what comes in, what stays out, what is only doubtful."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anwang.domain.base import Grade
from anwang.features.audit.models import AuditEvent
from anwang.features.enterprises.models import Enterprise, GradeFact, PlaceFact, RiskFact, StatusFact
from tests.features.enterprises.conftest import code, roster, workbook
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_row_becomes_an_enterprise_with_dated_status_place_and_grade(made, today):
    (row,) = made({"从业人数": 86, "风险等级": "较大风险", "管理级别": "县区管", "企业主要负责人": "张三"})
    assert (row.name, row.credit_code, row.place) == ("测试企业1号", code(1), 371302101201)
    assert (row.county, row.township, row.managing, row.headcount) == (371302, 371302101, "county", 86)
    assert StatusFact.objects.get(enterprise=row).valid_from == today
    assert PlaceFact.objects.get(enterprise=row).method == "names"
    fact = GradeFact.objects.get(enterprise=row)
    assert (row.grade, fact.grade, fact.items[0]["clause"]) == ("larger", "larger", "附件6.2（三）")


def test_the_same_file_again_changes_nothing(bring_in):
    data = roster({"风险等级": "较大"}, {"危险因素": "火灾", "同一作业时间人数": 12}, {"统一社会信用代码": None})
    assert bring_in(data).plan.report()["created"] == 3
    again = bring_in(data)
    assert again.plan.report() | {"place": 0, "codes": 0} == {
        "rows": 3, "created": 0, "updated": 0, "unchanged": 3, "errors": 0, "warnings": 1, "place": 0, "codes": 0,
    }  # fmt: skip
    assert again.change.enterprises == 0


def test_each_group_of_figures_adds_up_to_the_rows(bring_in):
    rows = [{}, {"统一社会信用代码": "370000000000001"}, {"统一社会信用代码": code(3)[:-1]}, {"村居": "没有的村"}]
    rows += [{"县区": None, "乡镇（街道）": None, "村居": None}, {"统一社会信用代码": code(6)[:-1] + "*"}]
    figures = bring_in(roster(*rows)).plan.report()
    outcomes = sum(figures[key] for key in ("created", "updated", "unchanged", "errors"))
    assert outcomes == figures["rows"] == sum(figures["place"].values()) == sum(figures["codes"].values()) == 6
    assert figures["codes"] == {"ok": 3, "length": 2, "characters": 1, "check": 0}


def test_an_empty_cell_erases_nothing(bring_in, made):
    (row,) = made({"从业人数": 86, "企业主要负责人": "张三"})
    bring_in(roster({"从业人数": None, "企业主要负责人": "李四"}))
    row.refresh_from_db()
    assert (row.headcount, row.principal) == (86, "李四")


def test_phones_are_kept_encrypted(made):
    from django.db import connection

    (row,) = made({"企业主要负责人": "张三", "主要负责人联系电话": "13000000001"})
    assert row.principal_phone == "13000000001"
    with connection.cursor() as cursor:
        cursor.execute("SELECT principal_phone FROM enterprises_enterprise WHERE id = %s", [row.id])
        assert b"13000000001" not in bytes(cursor.fetchone()[0])


def test_a_faulty_row_stays_out_and_the_others_come_in(bring_in):
    done = bring_in(roster({}, {"从业人数": "很多"}, {"统一社会信用代码": 9.13713e17}))
    assert done.plan.report()["errors"] == 2
    assert Enterprise.objects.filter(name__startswith="测试企业").count() == 1
    reasons = {fault.reason.code for each in done.plan.of("error") for fault in each.incoming.row.faults}
    assert {"number_unreadable", "code_numeric"} <= reasons


def test_a_row_without_a_code_is_kept_by_name_and_township_with_a_warning(bring_in):
    data = roster({"统一社会信用代码": None}, {"统一社会信用代码": "370000000000001"})
    done = bring_in(data)
    assert (done.plan.report()["created"], done.plan.report()["warnings"]) == (2, 2)
    first, second = Enterprise.objects.filter(name__startswith="测试企业").order_by("name")
    assert (first.credit_code, first.provisional_code[:2]) == (None, "LS")
    assert (second.credit_code, second.provisional_code) == (None, "370000000000001")


def test_a_code_that_arrives_later_completes_the_enterprise(bring_in):
    bring_in(roster({"统一社会信用代码": None}))
    done = bring_in(roster({}))
    assert done.plan.report()["updated"] == 1
    assert Enterprise.objects.get(name="测试企业1号").credit_code == code(1)


def test_two_of_the_same_name_without_codes_are_told_apart_by_their_township(bring_in):
    same = {"统一社会信用代码": None, "企业名称": "同名企业"}
    other = {**same, "乡镇（街道）": "枣园镇", "村居": "枣园村"}
    assert bring_in(roster(same, other)).plan.report()["created"] == 2
    assert bring_in(roster(same, other)).plan.report()["unchanged"] == 2


def test_a_duplicate_within_the_file_is_refused_with_its_line(bring_in):
    done = bring_in(roster({}, {"统一社会信用代码": code(1)}, {}))
    (bad,) = done.plan.of("error")
    assert "第 2 行" in str(bad.incoming.row.faults[-1].reason)


def test_a_row_outside_the_territory_is_an_error(bring_in):
    done = bring_in(roster({"县区": "罗庄区", "乡镇（街道）": "罗庄街道", "村居": "罗庄社区"}, {}))
    assert [each.incoming.row.faults[-1].reason.code for each in done.plan.of("error")] == ["place_outside"]
    assert done.plan.report()["created"] == 1


def test_an_enterprise_on_record_elsewhere_is_not_taken_over(bring_in):
    there = {"县区": "罗庄区", "乡镇（街道）": "罗庄街道", "村居": "罗庄社区"}
    bring_in(roster(there), who="stranger")
    (bad,) = bring_in(roster({})).plan.of("error")
    assert bad.incoming.row.faults[-1].reason.code == "enterprise_elsewhere"
    assert Enterprise.objects.get(name="测试企业1号").place == 371311001001


def test_a_village_cadre_may_not_import(bring_in):
    with refused("not_your_unit"):
        bring_in(roster({}), who="village_cadre")


def test_a_place_that_cannot_be_found_stands_at_the_uploader_and_waits(made):
    (row,) = made({"县区": None, "乡镇（街道）": None, "村居": None, "生产经营地址": "通达路 12 号"})
    assert (row.place, row.place_method, row.place_guessed) == (371302000000, "none", False)
    assert row.place_clues["reasons"][0]["code"] == "address_unread"


def test_a_bare_village_name_is_never_a_place(made):
    (row,) = made({"县区": None, "乡镇（街道）": None, "村居": "白沙埠村"})
    assert row.place_method == "none"


def test_a_guess_is_marked_with_its_evidence(made):
    (row,) = made({"村居": "没有的村"})
    assert (row.place, row.place_guessed) == (371302101000, True)
    assert [reason["code"] for reason in row.place_clues["reasons"]] == ["village_unknown"]


def test_a_guess_never_overrides_what_a_person_settled(made, bring_in, cast, now):
    from anwang.features.enterprises import actions

    (row,) = made({"村居": "没有的村"})
    actions.set_place(by=cast.county_leader.actor, now=now, ids=[row.id], place=371302101202, label="朱潘")
    assert bring_in(roster({"村居": "没有的村"})).plan.report()["unchanged"] == 1
    row.refresh_from_db()
    assert (row.place, row.place_method, row.place_guessed) == (371302101202, "hand", False)


def test_another_place_in_the_sheet_moves_the_enterprise_with_a_date(made, bring_in, today):
    (row,) = made({}, on=today - timedelta(days=30))
    bring_in(roster({"村居": "朱潘村"}))
    first, second = PlaceFact.objects.filter(enterprise=row).order_by("id")
    assert (first.valid_to, second.valid_from, second.place) == (today, today, 371302101202)


def test_a_closing_in_the_sheet_ends_the_operating_status_on_its_day(made, bring_in, today):
    (row,) = made({}, on=date(2026, 1, 1))
    bring_in(roster({"经营状态": "注销", "关闭日期": "2026-06-30"}))
    open_, closed = StatusFact.objects.filter(enterprise=row).order_by("id")
    assert (open_.valid_to, closed.status, closed.valid_from) == (date(2026, 6, 30), "closed", date(2026, 6, 30))


def test_a_sheet_of_an_earlier_day_cannot_put_a_fact_before_a_later_one(made, bring_in, today):
    made({})
    (bad,) = bring_in(roster({"村居": "朱潘村"}), on=today - timedelta(days=5)).plan.of("error")
    assert bad.incoming.row.faults[-1].reason.code == "fact_date"


def test_ten_persons_with_fire_make_a_major_risk_whatever_the_sheet_says(made):
    (row,) = made({"危险因素": "火灾", "同一作业时间人数": 10, "风险等级": "低风险"})
    fact = GradeFact.objects.get(enterprise=row)
    assert (row.grade, [item["code"] for item in fact.items]) == ("major", ["1（三）"])


def test_facts_of_the_sheet_are_dated_when_they_change(made, bring_in, today):
    (row,) = made({"危险因素": "火灾", "同一作业时间人数": 2}, on=today - timedelta(days=10))
    bring_in(roster({"危险因素": "火灾", "同一作业时间人数": 3}))
    before, after = RiskFact.objects.filter(point__enterprise=row).order_by("id")
    assert (before.persons, before.valid_to, after.persons) == (2, today, 3)
    assert list(GradeFact.objects.filter(enterprise=row).order_by("id").values_list("grade", flat=True)) == [
        "general", "larger",
    ]  # fmt: skip


def test_the_industry_comes_from_the_class_and_is_flagged_where_a_person_must_look(made):
    sure, doubtful, outside, nothing = made(
        {"行业": None, "行业代码": "C2614"},
        {"行业": None, "行业代码": "C2671"},
        {"行业": None, "行业代码": "A0111"},
        {"行业": None},
    )
    assert (sure.industry, sure.industry_by, sure.gbt_code) == ("chemical", "code", "C2614")
    assert (doubtful.industry, doubtful.industry_by) == ("", "")
    assert (outside.industry, outside.industry_by) == ("", "code")
    assert (nothing.industry, nothing.industry_by) == ("", "")


def test_words_in_the_name_are_only_a_guess_of_the_industry(made):
    (row,) = made({"企业名称": "沂蒙加油站", "行业": None})
    assert (row.industry, row.industry_by) == ("hazardous", "guess")


def test_a_decision_of_a_person_about_the_industry_stays(made, bring_in, cast, now):
    from anwang.features.enterprises import actions

    (row,) = made({"行业": "机械"})
    actions.set_industry(by=cast.county_leader.actor, now=now, ids=[row.id], industry="light", label="轻工")
    bring_in(roster({"行业": "机械"}))
    row.refresh_from_db()
    assert (row.industry, row.industry_by) == ("light", "hand")


def test_one_event_tells_the_import_and_one_each_county(bring_in):
    bring_in(roster({}, {}))
    city, county = AuditEvent.objects.filter(action="roster.import").order_by("chain")
    assert (city.chain, county.chain) == (0, 371302)
    assert '"created":2' in city.body
    assert '"sha256"' in city.body
    assert '"enterprises":2' in county.body


def test_a_dry_run_writes_nothing(bring_in):
    done = bring_in(roster({}), dry_run=True)
    assert (done.plan.report()["created"], done.change) == (1, None)
    assert not Enterprise.objects.filter(name__startswith="测试企业").exists()
    assert not AuditEvent.objects.filter(action="roster.import").exists()


def test_the_columns_can_be_named_by_the_user(bring_in):
    data = workbook([["单位", "编号Z", "县区", "乡镇", "村"], ["某厂", code(9), "兰山区", "白沙埠镇", "白沙埠村"]])
    done = bring_in(data, mapping={"单位": "name", "B": "credit_code"})
    assert done.plan.report()["created"] == 1
    assert Enterprise.objects.get(credit_code=code(9)).name == "某厂"


def test_a_stated_grade_stands_as_what_an_evaluation_found(made):
    low, larger = made({"风险等级": "低"}, {"风险等级": "橙色"})
    assert (low.grade, larger.grade) == (Grade.LOW, Grade.LARGER)


def test_an_import_without_a_grid_is_refused(db, now, today):
    from anwang.domain.base import SYSTEM
    from anwang.features.enterprises import actions

    with refused("grid_missing"):
        actions.import_roster(
            by=SYSTEM, now=now, data=roster({}), filename="x.xlsx", unit=371300000000, on=today, dry_run=True
        )
