"""An export is a roster: imported again it changes nothing."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwang.adapters.xlsx.writer import columns_of, iter_values, write_table
from anwang.domain.base import Grade
from anwang.domain.risk import HazardKind, RiskFacts
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.features.enterprises import actions, queries
from tests.features.enterprises.conftest import code, roster

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORDS = st.text(st.sampled_from("厂=+-@'\"，、 ()（）A1<&>＝"), min_size=1, max_size=12)
ROW = st.fixed_dictionaries(
    {},
    optional={
        "企业名称": WORDS.map(lambda text: "企业" + text),
        "统一社会信用代码": st.none(),
        "村居": st.sampled_from(["朱潘村", "没有的村", None]),
        "乡镇（街道）": st.sampled_from(["枣园镇", "白沙埠", None]),
        "县区": st.sampled_from([None, "兰山"]),
        "生产经营地址": WORDS,
        "行业": st.sampled_from([None, "化工", "某木业", "不知道"]),
        "行业代码": st.sampled_from(["C2614", "2671", "A0111", "加油站", "胡写"]),
        "从业人数": st.integers(0, 5000),
        "企业主要负责人": WORDS,
        "主要负责人联系电话": st.sampled_from(["13000000001", "0539-8000000", "13000000001、13000000002"]),
        "重大危险源": st.sampled_from(["是", "否", "二级"]),
        "风险等级": st.sampled_from(["重大", "较大", "一般", "低"]),
        "管理级别": st.sampled_from(["市管", "县区", "属地"]),
        "死亡、重伤、重大财产损失事故次数": st.integers(0, 2),
        "轻伤、一般财产损失事故次数": st.integers(0, 4),
        "事故条件是否依然存在": st.sampled_from(["是", "否"]),
        "危险因素": st.sampled_from(["火灾", "中毒、爆炸", "其他"]),
        "同一作业时间人数": st.integers(0, 12),
        "评价确定的等级": st.sampled_from(["重大", "低"]),
        "经营状态": st.sampled_from(["正常", "停产", "注销"]),
        "开业日期": st.sampled_from(["2015-03-05", "2026年1月2日"]),
        "关闭日期": st.sampled_from(["2026-06-30"]),
        "经度": st.just(118.35),
        "纬度": st.just(35.05),
        "备注": WORDS,
    },
)


def exported(actor: Any) -> bytes:
    """All of the actor's roster, closed ones too."""
    target = io.BytesIO()
    rows = queries.export_rows(queries.listing(actor, queries.Filters(status="all")))
    values = iter_values(ENTERPRISES, rows, list(ENTERPRISES.by_name))
    write_table(target, title="名册", columns=columns_of(ENTERPRISES), rows=values)
    return target.getvalue()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=8))
def test_an_export_imported_again_changes_nothing(rows, bring_in, cast):
    with transaction.atomic():
        bring_in(roster(*rows))
        done = bring_in(exported(cast.county_leader.actor), dry_run=True)
        transaction.set_rollback(True)
    figures = done.plan.report()
    told = [(each.kind, each.edit and each.edit.parts, [f.reason.code for f in each.incoming.row.faults if f.fatal])
            for each in done.plan.planned if each.kind != "unchanged"]  # fmt: skip
    assert not told
    assert figures["unchanged"] == figures["rows"] > 0


def test_what_people_settled_by_hand_survives_the_round(made, bring_in, cast, now, today):
    by = {"by": cast.county_leader.actor, "now": now}
    rows = made({"村居": "没有的村"}, {"行业": "某木业"}, {"风险等级": "低"}, {"行业": None})
    actions.override_grade(
        **by, enterprise_id=rows[0].id, grade=Grade.MAJOR, reason="专家意见", evidence="报告", until=today
    )
    actions.set_industry(**by, ids=[rows[3].id], industry="", label="不属于")
    facts = RiskFacts(hazard_kinds=frozenset({HazardKind.FIRE}), persons=12, major_hazard_source=True)
    actions.add_point(**by, enterprise_id=rows[2].id, name="罐区", facts=facts)
    assert bring_in(exported(cast.county_leader.actor)).change.enterprises == 0


def test_an_export_runs_no_formula_and_keeps_codes_as_text(made, cast):
    made({"企业名称": '=HYPERLINK("x")', "备注": "+1"})
    sheet = openpyxl.load_workbook(io.BytesIO(exported(cast.county_leader.actor))).active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert code(1) in [cell.value for cell in cells if cell.data_type == "s"]


def test_a_guess_is_left_blank_so_that_no_sheet_settles_it_unseen(made, cast):
    made({"村居": "没有的村"})
    rows = queries.export_rows(queries.listing(cast.county_leader.actor, queries.Filters(text="测试企业")))
    (row,) = list(rows)
    assert (row["county"], row["township"], row["village"], row["unit_code"]) == (None, None, None, None)
