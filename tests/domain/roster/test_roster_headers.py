import pytest

from anwang.domain.base import Refusal
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.domain.roster.headers import column_letters, column_number, find_header, parse_mapping
from anwang.domain.roster.people import people_sheet

ANNEX_5 = [
    "序号",
    "县区",
    "乡镇",
    "村居",
    "企业名称",
    "统一社会信用代码",
    "生产经营地址",
    "行业",
    "从业人数",
    "企业主要负责人",
    "联系电话",
    "安全负责人",
    "联系电话",
    "重大危险源",
    "风险等级",
    "包保级别",
    "包保人",
    "单位",
    "职务",
    "联系电话",
    "所属网格",
    "网格长",
    "承诺书签订日期",
    "公示日期",
    "备注",
]


def fields(*rows, mapping=None, spec=ENTERPRISES):
    header = find_header(rows, spec, mapping)
    return header and {name: col for col, name in header.columns.items()}


def test_the_header_of_annex_5_tells_three_phones_apart():
    found = fields(ANNEX_5)
    assert found["principal_phone"] == 10
    assert found["safety_phone"] == 12
    assert 19 not in found.values()
    assert (found["name"], found["credit_code"], found["remarks"]) == (4, 5, 24)


def test_titles_above_the_header_are_passed_over():
    header = find_header(
        [["临沂市企业名册"], ["填报单位：罗庄区"], [], ["企业名称", "信用代码"], ["甲公司", "x"]], ENTERPRISES
    )
    assert (header.first, header.last) == (3, 3)


def test_line_breaks_spaces_stars_and_brackets_in_titles_do_not_matter():
    found = fields(["*企业\n名称", "统一社会\r\n信用代码（18位）", " 从业 人数（人） ", "【县区】"])
    assert list(found) == ["name", "credit_code", "headcount", "county"]


def test_two_levels_with_merged_groups_are_read_together():
    top = ["企业名称", "企业主要负责人", "", "安全负责人", "", "风险点情况", ""]
    below = ["", "姓名", "联系电话", "姓名", "手机", "危险因素", "同时作业人数"]
    header = find_header([["标题"], top, below, ["甲", "张三"]], ENTERPRISES)
    assert (header.first, header.last) == (1, 2)
    assert list(header.columns.values()) == [
        "name", "principal", "principal_phone", "safety_officer", "safety_phone", "hazard_kinds", "persons",
    ]  # fmt: skip


def test_two_levels_filled_by_the_reader_are_the_same():
    top = ["企业名称", "主要负责人", "主要负责人", "安全负责人", "安全负责人"]
    below = ["企业名称", "姓名", "电话", "姓名", "电话"]
    assert list(fields(top, below)) == ["name", "principal", "principal_phone", "safety_officer", "safety_phone"]


def test_a_data_row_is_never_taken_for_a_second_header_row():
    header = find_header([["企业名称", "信用代码", "联系电话"], ["名称贸易公司", "91", "138"]], ENTERPRISES)
    assert header.last == 0


def test_a_single_phone_column_belongs_to_the_principal():
    assert fields(["企业名称", "地址", "联系电话"])["principal_phone"] == 2


def test_an_unknown_person_between_keeps_his_phone_to_himself():
    found = fields(["企业名称", "企业主要负责人", "联系电话", "包保人", "联系电话"])
    assert found["principal_phone"] == 2
    assert "safety_phone" not in found


def test_unknown_and_repeated_titles_are_reported():
    header = find_header([["企业名称", "单位名称", "信用代码", "吉祥物", "错误原因", "序号"]], ENTERPRISES)
    assert header.repeated == ((1, "单位名称"),)
    assert header.unknown == ((3, "吉祥物"),)


def test_a_sheet_without_name_and_code_has_no_header():
    assert find_header([["姓名", "年龄"], ["县区", "乡镇", "村居"]], ENTERPRISES) is None
    assert find_header([], ENTERPRISES) is None


def test_a_mapping_names_columns_by_title_or_by_letter():
    mapping = parse_mapping("店铺招牌=name，C=企业主要负责人", ENTERPRISES)
    assert fields(["店铺招牌", "信用代码", "老板"], mapping=mapping) == {"name": 0, "credit_code": 1, "principal": 2}


@pytest.mark.parametrize("text", ["店铺", "店铺=nothing", "=name"])
def test_a_wrong_mapping_is_refused_with_the_known_fields(text):
    with pytest.raises(Refusal) as refused:
        parse_mapping(text, ENTERPRISES)
    assert refused.value.code == "mapping_field"
    assert "credit_code" in str(refused.value)


def test_no_title_is_claimed_by_two_fields_of_enterprises():
    from anwang.domain.roster.headers import title_key

    owners = {}
    for each in ENTERPRISES.fields:
        for title in {title_key(t) for t in (each.label, *each.synonyms)}:
            assert owners.setdefault(title, each.name) == each.name


def test_people_have_a_sheet_of_their_own():
    sheet = people_sheet((("乡镇领导", "township_leader"), ("村居负责人", "village_head")))
    found = fields(["姓名", "手机", "单位", "职务", "岗位类别", "乡镇"], spec=sheet)
    assert list(found) == ["name", "phone", "department", "title", "post_kind", "township"]


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("AZ", 51), ("BA", 52)])
def test_letters_and_numbers_of_columns(letters, number):
    assert column_number(letters) == number
    assert column_letters(number) == letters
