import codecs
import shutil
import subprocess
from datetime import date

import pytest

from anwang.adapters import reference
from anwang.adapters.xlsx.reader import decode_csv, read_path, read_sheet, read_tables
from anwang.domain.base import Refusal
from anwang.domain.grid.places import Clues, PlaceFinder
from anwang.domain.roster.enterprises import ENTERPRISES
from tests.adapters.xlsx import ugly


@pytest.fixture(scope="module")
def ugliest():
    return read_sheet(ugly.ugliest(), ENTERPRISES)


def codes_of(row):
    return [fault.reason.code for fault in row.faults]


def test_the_ugliest_spreadsheet_is_found_among_other_sheets_below_its_titles(ugliest):
    assert ugliest.table.name == "Sheet3 (2)"
    assert (ugliest.header.first, ugliest.header.last) == (2, 3)
    assert list(ugliest.header.columns.values()) == [
        "county", "township", "name", "credit_code", "principal", "principal_phone", "headcount", "opened", "remarks",
    ]  # fmt: skip


def test_its_hidden_columns_are_read_and_known(ugliest):
    assert ugliest.table.hidden_columns == {5, 6}
    assert ugliest.rows[0]["principal"] == "张三"


def test_its_full_width_hard_spaces_and_small_letters_are_read(ugliest):
    first = ugliest.rows[0]
    assert first.ok
    assert (first["name"], first["credit_code"]) == ("临沂 A 厂", ugly.code(1))
    assert (first["principal_phone"], first["headcount"], first["opened"]) == ("13812345678", 86, date(2015, 3, 5))


def test_its_merged_county_runs_down(ugliest):
    assert [row["county"] for row in ugliest.rows[:3]] == ["罗庄区"] * 3


def test_its_words_for_nothing_are_nothing(ugliest):
    second = ugliest.rows[1]
    assert second.ok
    assert [second[name] for name in ("principal", "principal_phone", "headcount", "remarks")] == [None] * 4


def test_its_days_agree_in_every_style(ugliest):
    assert [row["opened"] for row in ugliest.rows] == [date(2015, 3, 5)] * 4 + [None]


def test_its_old_number_is_a_warning_its_damaged_code_and_short_year_are_errors(ugliest):
    assert codes_of(ugliest.rows[2]) == ["code_registration"]
    assert codes_of(ugliest.rows[4]) == ["code_numeric", "date_year"]
    assert "请将该列设为文本格式" in str(ugliest.rows[4].faults[0].reason)


def test_its_tail_is_left_out(ugliest):
    assert [row.line for row in ugliest.rows] == [5, 6, 7, 8, 9]
    assert ugliest.ignored == ((11, "tail"), (12, "tail"), (13, "tail"))


@pytest.mark.slow
def test_its_dissolved_counties_lead_to_their_successors(ugliest):
    finder = PlaceFinder(reference.grid_tree(2023), reference.successions())
    places = [finder.find(Clues(county=row["county"], township=row["township"])) for row in ugliest.rows]
    assert [finder.name(place.code) for place in places] == [
        "罗庄区高都街道", "罗庄区高都街道", "罗庄区高都街道", "河东区芝麻墩街道", "莒南县坪上镇",
    ]  # fmt: skip


CSV = f"企业名称,统一社会信用代码,联系电话\n临沂甲厂,{ugly.code(1)},0539-8123456\n"


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        codecs.BOM_UTF8 + CSV.encode(),
        CSV.encode("gb18030"),
        CSV.replace(",", "\t").encode("utf-16"),
        CSV.replace(",", ";").replace("\n", "\r\n").encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16 with tabs", "gb18030 with semicolons"],
)
def test_csv_is_read_in_every_usual_encoding(data):
    rows = read_sheet(data, ENTERPRISES).rows
    assert [(row["name"], row["credit_code"], row.ok) for row in rows] == [("临沂甲厂", ugly.code(1), True)]


def test_a_code_that_a_program_turned_into_a_power_in_csv_is_damaged():
    data = CSV.replace(ugly.code(1), "9.13713E+17").encode()
    assert codes_of(read_sheet(data, ENTERPRISES).rows[0]) == ["code_numeric"]


def test_bytes_in_no_encoding_are_refused():
    with pytest.raises(Refusal) as refused:
        decode_csv(b"\xff\xff\x81")
    assert refused.value.code == "csv_encoding"


def test_a_csv_with_too_many_columns_is_refused():
    with pytest.raises(Refusal) as refused:
        read_tables(("企业名称" + "," * 500).encode())
    assert refused.value.code == "file_far_cells"


def test_a_missing_file_is_refused_by_its_name_only(tmp_path):
    with pytest.raises(Refusal) as refused:
        read_path(tmp_path / "没有.xlsx")
    assert refused.value.code == "file_missing"
    assert str(tmp_path) not in str(refused.value)


def test_numbers_and_texts_are_kept_apart():
    table = read_tables(ugly.xlsx(["甲", 12345678901234567.0, "0012", True]))[0]
    assert [type(cell) for cell in table.rows[0]] == [str, float, str, bool]


@pytest.mark.slow
@pytest.mark.libreoffice
def test_an_old_xls_is_read_like_the_new(tmp_path):
    source = tmp_path / "名册.xlsx"
    source.write_bytes(ugly.ugliest())
    command = [shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    done = [*command, "--convert-to", "xls", "--outdir", str(tmp_path), str(source)]
    subprocess.run(done, check=True, capture_output=True, timeout=120)
    data = (tmp_path / "名册.xls").read_bytes()
    assert data[:4] == b"\xd0\xcf\x11\xe0"
    old, new = read_sheet(data, ENTERPRISES), read_sheet(ugly.ugliest(), ENTERPRISES)
    assert [row.values for row in old.rows] == [row.values for row in new.rows]
    assert [codes_of(row) for row in old.rows] == [codes_of(row) for row in new.rows]
