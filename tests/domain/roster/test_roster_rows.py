from datetime import date

import pytest

from anwang.domain.base import Grade, Refusal
from anwang.domain.roster.codes import make_credit_code
from anwang.domain.roster.enterprises import ENTERPRISES, Managing, Status, check_enterprise
from anwang.domain.roster.headers import find_header
from anwang.domain.roster.rows import Table, pick_table, read_rows

A, B = make_credit_code("MA3C0001", "371302"), make_credit_code("MA3C0002", "371302")
TITLES = ["序号", "企业名称", "统一社会信用代码", "风险等级", "管理级别", "经营状态", "开业日期", "从业人数", "备注"]


def read(*rows, titles=TITLES):
    table = Table("名册", [titles, *rows])
    return read_rows(table, find_header(table.rows, ENTERPRISES), ENTERPRISES)


def row(code=A, name="甲公司", **more):
    line = {"序号": 1.0, "企业名称": name, "统一社会信用代码": code, **more}
    return [line.get(title, "") for title in TITLES]


def codes_of(each):
    return [fault.reason.code for fault in each.faults]


def test_a_good_row_gives_typed_values():
    found = read(row(风险等级="重大", 管理级别="县管", 经营状态="在业", 开业日期="2015.3.5", 从业人数="86人")).rows[0]
    assert found.ok
    assert found.line == 2
    assert found.values == {
        "name": "甲公司", "credit_code": A, "grade": Grade.MAJOR, "managing": Managing.COUNTY,
        "status": Status.OPERATING, "opened": date(2015, 3, 5), "headcount": 86, "remarks": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "grade"),
    [
        ("红", Grade.MAJOR),
        ("较大风险", Grade.LARGER),
        ("C级", Grade.GENERAL),
        ("低", Grade.LOW),
        ("低风险", Grade.LOW),
        ("无", None),
    ],
)
def test_grades_have_many_words(word, grade):
    assert read(row(风险等级=word)).rows[0]["grade"] == grade


def test_all_faults_of_a_row_come_together_with_their_columns():
    bad = read(row(code=9.1e17, name="", 风险等级="很大", 开业日期="20.3.5", 从业人数="很多")).rows[0]
    assert not bad.ok
    assert sorted((fault.field, fault.column) for fault in bad.faults) == [
        ("credit_code", 2), ("grade", 3), ("headcount", 7), ("name", 1), ("opened", 6),
    ]  # fmt: skip


def test_a_missing_code_is_one_fault_and_a_bad_one_is_one_too():
    assert codes_of(read(row(code="空")).rows[0]) == ["value_missing"]
    assert codes_of(read(row(code="123")).rows[0]) == ["code_length"]


def test_an_old_registration_number_is_a_warning():
    found = read(row(code="371300228012344")).rows[0]
    assert (found.ok, codes_of(found), found["credit_code"]) == (True, ["code_registration"], "371300228012344")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["合计", "", "", "", "", "", "", "86"], "tail"),
        (["合  计", "2家"], "tail"),
        (["", "小计", "", "", "", "", "", 3.0], "tail"),
        (["备注：以上为规模以上企业"], "tail"),
        (["注:1.按实填写"], "tail"),
        (["填表人：张三", "", "审核人：李四"], "tail"),
        (["1", "示例：临沂某某有限公司", "x"], "example"),
        (["示例", "临沂某某有限公司", A], "example"),
        (TITLES, "header"),
        ([str(n) for n in range(1, 10)], "numbers"),
    ],
)
def test_rows_that_are_no_data_are_left_out_and_listed(cells, why):
    found = read(row(), cells, row(code=B, name="乙公司"))
    assert [each["name"] for each in found.rows] == ["甲公司", "乙公司"]
    assert found.ignored == ((3, why),)


@pytest.mark.parametrize(
    "name",
    ["合计算盘厂", "备注文具有限公司", "总装机械厂", "注塑制品厂", "小计量器具厂", "制表业有限公司", "示范园林公司"],
)
def test_an_enterprise_with_an_odd_name_is_kept(name):
    assert [each["name"] for each in read(row(name=name)).rows] == [name]


def test_blank_rows_are_nothing():
    assert read([], [""] * 9, row(), ["", None, " "]).rows[0].line == 4


def test_the_same_code_twice_is_a_fault_unless_the_rows_agree():
    found = read(row(), row(name="另一家"), row())
    assert codes_of(found.rows[1]) == ["duplicate_key"]
    assert str(found.rows[1].faults[0].reason) == "与第 2 行的统一社会信用代码相同，内容不同。"
    assert (codes_of(found.rows[2]), found.rows[2].ok) == (["duplicate_same"], True)


def test_the_sheet_with_most_fields_is_picked_and_hidden_sheets_come_last():
    guide = Table("说明", [["企业名称", "填全称"]])
    hidden = Table("旧", [TITLES, row()], visible=False)
    data = Table("名册", [["标题"], TITLES[:5], row()])
    table, _ = pick_table([guide, hidden, data], ENTERPRISES)
    assert table.name == "名册"


def test_a_workbook_without_the_header_is_refused_naming_what_was_sought():
    with pytest.raises(Refusal) as refused:
        pick_table([Table("x", [["a", "b"]])], ENTERPRISES)
    assert refused.value.code == "header_missing"
    assert "企业名称" in str(refused.value)


def test_short_rows_are_read_as_if_filled_with_blanks():
    assert read(["1", "甲公司", A]).rows[0].ok


def test_faults_between_cells_are_found():
    titles = ["企业名称", "信用代码", "开业日期", "关闭日期", "经度", "纬度"]
    found = read(["甲", A, "2020-01-02", "2020-01-01", 35.1, 118.3], ["乙", B, "", "", 118.3, ""], titles=titles).rows
    for each in found:
        check_enterprise(each)
    assert codes_of(found[0]) == ["closed_before_opened", "coordinate_far"]
    assert (codes_of(found[1]), found[1].ok) == (["coordinate_half"], True)


def test_every_word_of_a_choice_leads_back_to_itself():
    for each in ENTERPRISES.fields:
        assert len(each.choices) == len(set(each.choices))
        for word in each.choices:
            value = dict(each.words).get(word)
            assert value is None or each.say((value,) if each.name == "hazard_kinds" else value) == word


@pytest.mark.parametrize("name", ["示例机械有限公司", "例外商贸有限公司", "样例印刷厂"])
def test_a_firm_whose_name_begins_like_an_example_is_a_firm(name):
    found = read(row(name=name))
    assert [each["name"] for each in found.rows] == [name]
