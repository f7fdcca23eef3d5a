import io

import openpyxl
import pytest

from anwang.adapters.xlsx import marks
from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_sheet
from anwang.domain.roster.enterprises import ENTERPRISES
from tests.adapters.xlsx import ugly

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def marked(data, **more):
    return mark_errors(data, read_sheet(data, ENTERPRISES), **more)


def sheet_of(data, name=None):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return book[name] if name else book.worksheets[0]


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None


BAD = ugly.line(2, 统一社会信用代码="91371302MA3C00", 开业日期="15.3.5")
SOURCE = ugly.xlsx(["名册"], ugly.TITLES, ugly.line(1), BAD, ugly.line(3, 从业人数="约50人"))


def test_the_users_own_workbook_comes_back_with_red_cells_and_reasons():
    sheet = sheet_of(marked(SOURCE))
    assert [cell.value for cell in sheet[2]] == [*ugly.TITLES, "错误原因"]
    assert sheet["A3"].value == 1
    assert sheet["K3"].value is None
    assert sheet["K4"].value == "代码 91371302MA3C00 有 14 位，应为 18 位。\n日期“15.3.5”的年份请写四位数字。"
    assert [colour(sheet[cell]) for cell in ("D4", "E4", "I4")] == [None, RED, RED]


def test_a_warning_is_yellow_and_called_a_hint():
    sheet = sheet_of(marked(SOURCE))
    assert (colour(sheet["H5"]), sheet["K5"].value) == (YELLOW, "提示：“约50人”按 50 登记。")


def test_uploading_the_error_file_again_ignores_the_reasons():
    again = read_sheet(marked(SOURCE), ENTERPRISES)
    first = read_sheet(SOURCE, ENTERPRISES)
    assert [row.values for row in again.rows] == [row.values for row in first.rows]
    assert again.header.unknown == ()


def test_a_mended_error_file_loses_its_marks():
    book = openpyxl.load_workbook(io.BytesIO(marked(SOURCE)))
    book.worksheets[0]["E4"] = ugly.code(2)
    target = io.BytesIO()
    book.save(target)
    sheet = sheet_of(marked(target.getvalue()))
    assert [cell.value for cell in sheet[2]].count("错误原因") == 1
    assert (colour(sheet["E4"]), colour(sheet["I4"])) == (None, RED)
    assert sheet["K4"].value == "日期“15.3.5”的年份请写四位数字。"


def test_other_sheets_merged_cells_and_hidden_columns_stay():
    data = marked(ugly.ugliest())
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["填报说明", "Sheet3 (2)"]
    sheet = book["Sheet3 (2)"]
    assert "A1:K1" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.column_dimensions["F"].hidden
    again = read_sheet(data, ENTERPRISES)
    assert [row.line for row in again.rows] == [5, 6, 7, 8, 9]
    assert [reason.reason.code for reason in again.rows[4].faults] == ["code_numeric", "date_year"]


@pytest.mark.slow
def test_formulas_in_the_users_workbook_do_not_come_back():
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (ugly.TITLES, ugly.line(1, 统一社会信用代码="1"), ["=1+1", "x"]):
        sheet.append(line)
    book.create_sheet("另表")["A1"] = '=HYPERLINK("http://x","y")'
    target = io.BytesIO()
    book.save(target)
    result = openpyxl.load_workbook(io.BytesIO(marked(target.getvalue())))
    assert all(cell.data_type != "f" for page in result for line in page.iter_rows() for cell in line)


def test_text_that_could_run_is_disarmed_and_still_read_as_meant():
    data = ugly.xlsx(ugly.TITLES, ugly.line(1, 统一社会信用代码="1", 备注="=cmd|' /C calc'!A0"))
    result = marked(data)
    assert sheet_of(result)["J2"].value == "'=cmd|' /C calc'!A0"
    assert read_sheet(result, ENTERPRISES).rows[0]["remarks"] == "=cmd|' /C calc'!A0"


def test_a_reason_that_quotes_a_dangerous_cell_cannot_run():
    data = ugly.xlsx(ugly.TITLES, ugly.line(1, 开业日期="=1+1"))
    for line in sheet_of(marked(data, say=lambda reason: "=" + reason.code)).iter_rows():
        assert all(cell.data_type != "f" for cell in line)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_comes_back_as_a_clean_workbook_of_its_bad_rows(encoding):
    text = f"企业名称,统一社会信用代码,备注\n甲,{ugly.code(1)},\n乙,123,=x\n"
    data = marked(text.encode(encoding))
    rows = ugly.cells_of(data)
    assert rows == [
        ["企业名称", "统一社会信用代码", "备注", "错误原因", "原行号"],
        ["乙", "123", "'=x", "代码 123 有 3 位，应为 18 位。", 3],
    ]
    assert colour(sheet_of(data)["B2"]) == RED
    again = read_sheet(data, ENTERPRISES)
    assert [(row["name"], row["remarks"]) for row in again.rows] == [("乙", "=x")]
    assert again.header.unknown == ()


def test_a_workbook_too_large_for_marking_comes_back_as_its_bad_rows(monkeypatch):
    monkeypatch.setattr(marks, "MOST_CELLS", 10)
    rows = ugly.cells_of(marked(SOURCE))
    assert [row[-1] for row in rows] == ["原行号", 4, 5]


def test_a_file_without_faults_comes_back_without_marks():
    data = ugly.xlsx(ugly.TITLES, ugly.line(1))
    sheet = sheet_of(marked(data))
    assert all(colour(cell) is None for line in sheet.iter_rows() for cell in line)
