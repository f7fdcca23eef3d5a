import contextlib
import io
import time
import tracemalloc
import zipfile

import pytest

from anwang.adapters.xlsx.extent import has_far_cells
from anwang.adapters.xlsx.guard import FileKind, Limits, inspect
from anwang.adapters.xlsx.reader import read_tables
from anwang.domain.base import Refusal
from tests.adapters.xlsx import ugly

PLAIN = ugly.xlsx(ugly.TITLES, ugly.line(1))
SHEET = "xl/worksheets/sheet1.xml"


def refusal_of(data, limits=None):
    with pytest.raises(Refusal) as refused:
        inspect(data, limits or Limits())
    assert str(refused.value).endswith("。")
    return refused.value.code


def with_sheet(cells):
    return ugly.repack(PLAIN, **{"xl__worksheets__sheet1.xml": ugly.sheet_xml(cells)})


def test_kinds_are_told_by_content_not_by_name():
    assert inspect(PLAIN) is FileKind.XLSX
    assert inspect(ugly.ole("Workbook")) is FileKind.XLS
    assert inspect("企业名称,代码".encode("gb18030")) is FileKind.CSV


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\r\n  ", "file_empty"),
        (b"\x00" * 40, "file_empty"),
        (b"%PDF-1.7 ...", "file_kind"),
        (b"\x89PNG\r\n\x1a\n", "file_kind"),
        (b"Rar!\x1a\x07", "file_kind"),
        (b"a,b\x00c", "file_kind"),
        (b"  <html><table><tr><td>x", "file_web_page"),
        (b"<?xml version='1.0'?><Workbook>", "file_web_page"),
        (ugly.ole("WordDocument"), "file_word"),
        (ugly.ole("EncryptedPackage"), "file_encrypted"),
        (ugly.ole("Workbook", "_VBA_PROJECT_CUR"), "file_macro"),
        (ugly.ole("PowerPoint Document"), "file_kind"),
        (b"PK\x03\x04" + b"x" * 60, "file_damaged"),
        (PLAIN[:-40], "file_damaged"),
        (ugly.repack(PLAIN, xl__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), "file_macro"),
        (ugly.repack(PLAIN, docProps__app=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "file_entities"),
        (ugly.repack(PLAIN, docProps__app="<x/>".encode("utf-16")), "file_entities"),
    ],
)
def test_what_is_no_plain_spreadsheet_is_refused_by_name(data, code):
    assert refusal_of(data) == code


def test_a_word_document_is_refused_by_name():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal_of(target.getvalue()) == "file_word"


def test_a_file_over_the_limit_is_refused():
    assert refusal_of(PLAIN, Limits(size=100)) == "file_large"


def test_too_many_members_are_refused():
    assert refusal_of(PLAIN, Limits(members=3)) == "file_bomb"


@pytest.mark.slow
def test_a_high_ratio_is_refused_quickly_and_without_unpacking():
    bomb = with_sheet("<row>" + "<c/>" * 4_000_000 + "</row>")
    assert len(bomb) < 200_000
    tracemalloc.start()
    start = time.process_time()
    assert refusal_of(bomb) == "file_bomb"
    assert time.process_time() - start < 0.2
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_many_members_that_are_big_together_are_refused():
    content = bytes(range(256)) * 40
    assert (
        refusal_of(ugly.repack(PLAIN, **{f"m{n}": content for n in range(50)}), Limits(unpacked=400_000)) == "file_bomb"
    )


def test_a_lie_about_the_unpacked_size_is_found():
    big = with_sheet("<row>" + "<c/>" * 1_000_000 + "</row>")
    assert refusal_of(ugly.lie_about_size(big, SHEET, 1000)) == "file_bomb"
    assert refusal_of(ugly.lie_about_size(PLAIN, SHEET, 900_000)) == "file_damaged"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A70000"><v>1</v></c></row>',
        '<row r="1"><c r="EU1" t="s"><v>0</v></c></row>',
        "<row r='1'><c r='XFD1'><v>1</v></c></row>",
        '<row r="1"><c t="n" r = "XFD1"><v>1</v></c></row>',
        '<row r="1"><c\n\tr="xfd1"><v>1</v></c></row>',
        '<row r="900000"><c><v>1</v></c></row>',
    ],
)
def test_one_far_cell_is_refused_before_a_reader_allocates_the_rectangle(cells):
    assert refusal_of(with_sheet(cells)) == "file_far_cells"


def test_far_cells_are_found_under_any_member_name():
    data = ugly.repack(PLAIN, **{"xl__other.bin": ugly.sheet_xml('<row><c r="XFD1048576"><v>1</v></c></row>')})
    assert refusal_of(data) == "file_far_cells"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1048576" s="1"/><row r="1"><c r="XFD1" s="1"/></row>',
        '<row r="1048576"><c r="A1048576" s="3"/></row>',
        '<row r="2"><c r="XFD2" s="1"></c></row>',
    ],
)
def test_far_cells_with_a_style_only_are_let_through(cells):
    assert inspect(with_sheet(cells)) is FileKind.XLSX


def test_the_last_allowed_cell_is_allowed_and_the_next_is_not():
    assert not has_far_cells(ugly.sheet_xml('<row r="60000"><c r="ET60000"><v>1</v></c></row>'), 60_000, 150)
    assert has_far_cells(ugly.sheet_xml('<row r="60001"><c r="ET60001"><v>1</v></c></row>'), 60_000, 150)
    assert has_far_cells(ugly.sheet_xml('<row r="6"><c r="EU6"><v>1</v></c></row>'), 60_000, 150)


def test_random_bytes_behind_the_magic_never_break_the_guard_or_the_reader():
    import random

    chance = random.Random(5)
    for _ in range(150):
        data = bytearray(PLAIN)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        with contextlib.suppress(Refusal):
            assert read_tables(bytes(data))
