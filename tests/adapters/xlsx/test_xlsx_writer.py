import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwang.adapters.xlsx.reader import read_sheet
from anwang.adapters.xlsx.writer import Column, Stamp, columns_of, iter_values, write_table, write_template
from anwang.domain.base import Grade
from anwang.domain.roster import cells
from anwang.domain.roster.codes import ALPHABET, make_credit_code
from anwang.domain.roster.enterprises import ENTERPRISES, Managing, Status
from anwang.domain.roster.people import people_sheet
from anwang.domain.roster.safe_text import DANGEROUS
from anwang.domain.roster.spec import Kind
from tests.adapters.xlsx.ugly import cells_of

STAMP = Stamp("临沂市应急管理局", "王某", date(2026, 11, 24))
NAMES = [each.name for each in ENTERPRISES.fields]


def export(values, names=NAMES, **more):
    target = io.BytesIO()
    options = {"title": "企业名册", "stamp": STAMP, **more}
    write_table(target, columns=columns_of(ENTERPRISES, names), rows=iter_values(ENTERPRISES, values, names), **options)
    return target.getvalue()


def table(columns, rows, **more):
    target = io.BytesIO()
    write_table(target, title="统计表", columns=columns, rows=rows, **more)
    return target.getvalue()


def sheet_of(data):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


HAZARDS = ["poisoning", "explosion", "fire", "other"]
words = (
    st.text(max_size=60).map(cells.clean).filter(lambda text: not cells.is_empty(text) and cells.clean(text) == text)
)
names = words.filter(lambda text: not text.lstrip("(（【").startswith(("示例", "样例", "例", "举例")))
phones = st.from_regex(r"\A(1[3-9][0-9]{9}|05[0-9]{2}-[0-9]{7})\Z")
days = st.dates(date(1901, 1, 1), date(2099, 12, 31))
maybe = {
    "county": words, "township": words, "village": words, "address": words, "industry": words, "principal": words,
    "principal_phone": phones, "safety_officer": words, "safety_phone": phones, "remarks": words,
    "unit_code": st.integers(110000000000, 659999999999).map(str), "headcount": st.integers(0, 10**6),
    "longitude": st.floats(73, 136).map(lambda x: round(x, 6)), "latitude": st.floats(3, 54).map(lambda x: round(x, 6)),
    "major_hazard": st.booleans(), "grade": st.sampled_from(Grade), "managing": st.sampled_from(Managing),
    "severe_accidents": st.integers(0, 9), "minor_accidents": st.integers(0, 9), "condition_persists": st.booleans(),
    "hazard_kinds": st.lists(st.sampled_from(HAZARDS), min_size=1, unique=True).map(tuple),
    "persons": st.integers(0, 500), "evaluated": st.sampled_from(Grade), "status": st.sampled_from(Status),
    "opened": days, "closed": days, "gbt_code": st.from_regex(r"\A[A-T][0-9]{4}\Z"),
}  # fmt: skip
codes = st.builds(make_credit_code, st.text(ALPHABET, min_size=8, max_size=8), st.just("371302"))
enterprises = st.fixed_dictionaries(
    {"name": names, "credit_code": codes},
    optional=maybe,
).map(lambda found: {name: found.get(name) for name in NAMES})


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(enterprises, min_size=1, max_size=4, unique_by=lambda each: each["credit_code"]))
def test_what_is_exported_is_imported_the_same(values):
    found = read_sheet(export(values), ENTERPRISES)
    assert [row.values for row in found.rows] == values
    assert [row.faults for row in found.rows] == [[] for _ in values]


@pytest.mark.parametrize("start", list(DANGEROUS))
def test_no_exported_cell_can_run(start):
    attack = start + 'HYPERLINK("http://x","y")'
    data = table([Column(attack)], [[attack]], notes=[attack], stamp=Stamp(attack, attack, date(2026, 1, 1)))
    for line in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows():
        for cell in line:
            assert cell.data_type != "f"
            assert cell.value is None or cell.value[0] not in DANGEROUS


def test_a_table_is_set_up_for_print_and_for_reading():
    data = table(
        [Column("企业名称"), Column("代码", Kind.CREDIT_CODE), Column("人数", Kind.COUNT), Column("日期", Kind.DATE)],
        [["甲", "91371302MA3C00010X", 86, date(2020, 3, 5)]],
        stamp=STAMP,
    )  # fmt: skip
    sheet = sheet_of(data)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4"
    assert sheet["A1"].value == "统计表"
    assert sheet["A2"].value == "制表单位：临沂市应急管理局    制表人：王某    制表时间：2026-11-24"
    assert sheet["B4"].number_format == "@"
    assert sheet.column_dimensions["B"].width > 18
    assert (sheet["C4"].value, sheet["C4"].alignment.horizontal) == (86, "right")
    assert sheet["D4"].value.date() == date(2020, 3, 5)


def test_two_level_headers_are_merged_and_read_back():
    columns = [
        Column("企业名称"),
        Column("姓名", group="企业主要负责人"),
        Column("联系电话", Kind.PHONE, group="企业主要负责人"),
    ]
    data = table(columns, [["甲", "张三", "13812345678"]])
    assert {str(area) for area in sheet_of(data).merged_cells.ranges} == {"A1:C1", "A2:A3", "B2:C2"}
    row = read_sheet(data, ENTERPRISES).rows[0]
    assert (row["principal"], row["principal_phone"]) == ("张三", "13812345678")


def test_notes_below_the_table_are_ignored_by_an_import():
    data = export(
        [{"name": "甲", "credit_code": make_credit_code("MA3C0001", "371302")}], notes=["数据截至 2026-11-24"]
    )
    found = read_sheet(data, ENTERPRISES)
    assert [row["name"] for row in found.rows] == ["甲"]
    assert [why for _, why in found.ignored] == ["tail"]


def test_values_of_every_kind_can_be_written():
    moment = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    values = [None, "", True, Grade.MAJOR, moment, float("nan"), "a\x00\ud800b\uffff", "长" * 40_000]
    data = table([Column(f"c{n}") for n in range(len(values))], [values])
    row = cells_of(data)[2]
    assert row[:7] == [None, None, "是", "重大风险", "2026-11-24 10:30", None, "ab"]
    assert len(row[7]) == 32_001


def test_a_row_that_does_not_fit_the_columns_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="zip"):
        table([Column("a")], [["1", "2"]])


def test_rows_are_taken_from_a_generator_and_counted():
    target = io.BytesIO()
    count = write_table(target, title="t", columns=[Column("a")], rows=([str(n)] for n in range(1200)))
    assert count == 1200
    assert [row[0] for row in cells_of(target.getvalue())[2:]] == [str(n) for n in range(1200)]


def template(spec=ENTERPRISES, **more):
    target = io.BytesIO()
    write_template(target, spec, **more)
    return target.getvalue()


def test_the_template_read_back_has_all_fields_and_no_rows():
    found = read_sheet(template(), ENTERPRISES)
    assert list(found.header.columns.values()) == NAMES
    assert found.rows == []
    assert [why for _, why in found.ignored] == ["example"]


def test_the_template_has_drop_downs_text_columns_and_instructions():
    data = template()
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["企业名册", "填报说明"]
    sheet = book["企业名册"]
    lists = {v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert '"重大风险,较大风险,一般风险,低风险"' in lists
    assert '"正常经营,停产停业,关闭注销"' in lists
    assert '"是,否"' in lists
    letters = {sheet.cell(2, n).value: sheet.cell(2, n).column_letter for n in range(1, sheet.max_column + 1)}
    assert sheet.column_dimensions[letters["统一社会信用代码"]].number_format == "@"
    guide = [row[0] for row in cells_of(data, "填报说明")]
    assert "1. 每行一家企业，企业名称和统一社会信用代码必填。" in guide
    assert "统一社会信用代码" in guide


def test_a_row_filled_into_the_template_is_read_beside_the_example():
    book = openpyxl.load_workbook(io.BytesIO(template()))
    sheet = book["企业名册"]
    sheet["A4"], sheet["B4"] = "临沂甲厂", make_credit_code("MA3C0001", "371302")
    target = io.BytesIO()
    book.save(target)
    rows = read_sheet(target.getvalue(), ENTERPRISES).rows
    assert [(row["name"], row.ok, row.line) for row in rows] == [("临沂甲厂", True, 4)]


def test_another_sheet_gets_its_template_from_its_fields():
    people = people_sheet((("乡镇领导", "township_leader"), ("村居负责人", "village_head")))
    data = template(people)
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["包保督导人员名册", "填报说明"]
    assert read_sheet(data, people).rows == []
