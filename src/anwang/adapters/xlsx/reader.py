"""Reading .xlsx, .xls and .csv into plain tables, every sheet, merged cells filled, numbers kept as numbers."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from anwang.adapters.xlsx.guard import DAMAGED, DEFAULT, ENCRYPTED, FileKind, Limits, inspect
from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.roster.rows import RowSet, Table, pick_table, read_rows
from anwang.domain.roster.spec import SheetSpec

_FILLED = 400_000


def read_path(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a file, refused by size before reading and when it cannot be read."""
    try:
        if path.stat().st_size > limits.size:
            most = limits.size >> 20
            raise Refusal("file_large", gettext_noop("文件超过 %(most)s MB，请分县区或分乡镇上传。"), most=most)
        return path.read_bytes()
    except OSError as error:
        raise Refusal("file_missing", gettext_noop("读不到文件 %(name)s。"), name=path.name) from error


def read_tables(data: bytes, limits: Limits = DEFAULT) -> list[Table]:
    """All sheets of a workbook or the table of a CSV. Refusals: those of the guard, csv_encoding, file_far_cells."""
    kind = inspect(data, limits)
    if kind is FileKind.CSV:
        return [_csv_table(data, limits)]
    hidden = _hidden_columns(data) if kind is FileKind.XLSX else {}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            metas = [m for m in book.sheets_metadata if m.typ is SheetTypeEnum.WorkSheet]
            return [
                _table(book.get_sheet_by_name(m.name), m.visible is SheetVisibleEnum.Visible, hidden, limits)
                for m in metas
            ]
    except PasswordError as error:
        raise Refusal("file_encrypted", ENCRYPTED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refusal("file_damaged", DAMAGED) from error


def read_sheet(data: bytes, spec: SheetSpec, mapping: Mapping[str, str] | None = None) -> RowSet:
    """The rows of the sheet in a file whose header fits `spec` best: `read_tables`, `pick_table`, `read_rows`."""
    table, header = pick_table(read_tables(data), spec, mapping)
    return read_rows(table, header, spec)


def _table(sheet: CalamineSheet, visible: bool, hidden: dict[str, frozenset[int]], limits: Limits) -> Table:
    if sheet.total_height > limits.rows or sheet.total_width > limits.columns * 2:
        text = gettext_noop("表格超过 %(rows)s 行或 %(columns)s 列：请删去多余的行列，或分县区上传。")
        raise Refusal("file_far_cells", text, rows=limits.rows, columns=limits.columns)
    rows = sheet.to_python(skip_empty_area=False)
    _fill_merged(rows, sheet.merged_cell_ranges or ())
    return Table(sheet.name, rows, hidden.get(sheet.name, frozenset()), visible)


def _fill_merged(rows: list[list[Any]], ranges: Any) -> None:
    """Give every cell of a merged range the value of its first cell, within bounds."""
    budget = _FILLED
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        bottom = min(bottom, len(rows) - 1)
        budget -= (bottom - top + 1) * (right - left + 1)
        if value == "" or budget < 0:
            continue
        for number in range(top, bottom + 1):
            row = rows[number]
            for col in range(left, min(right, len(row) - 1) + 1):
                row[col] = value


_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_COL = re.compile(rb"<(?:\w+:)?col\s[^>]*>")


def _hidden_columns(data: bytes) -> dict[str, frozenset[int]]:
    """Hidden columns (0-based) by sheet name; only information, so what cannot be read is left out."""
    try:
        return _find_hidden(data)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError):
        return {}


def _find_hidden(data: bytes) -> dict[str, frozenset[int]]:
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        targets = {}
        if "xl/_rels/workbook.xml.rels" in names:
            for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
                targets[_attribute(tag, b"Id")] = _attribute(tag, b"Target").lstrip("/").removeprefix("xl/")
        book = archive.read("xl/workbook.xml") if "xl/workbook.xml" in names else b""
        for name, relation in _SHEET.findall(book):
            member = "xl/" + targets.get(relation.decode("utf-8", "replace"), "?")
            if member in names:
                with archive.open(member) as source:
                    head = source.read(65536)
                found[_unescape(name.decode("utf-8", "replace"))] = _hidden_in(head)
    return found


def _hidden_in(head: bytes) -> frozenset[int]:
    columns: set[int] = set()
    for tag in _COL.findall(head.split(b"<sheetData", 1)[0]):
        if _attribute(tag, b"hidden") in ("1", "true"):
            first, last = _attribute(tag, b"min"), _attribute(tag, b"max")
            if first.isdecimal() and last.isdecimal():
                columns.update(range(int(first) - 1, min(int(last), 300)))
    return frozenset(columns)


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\b" + name + rb'="([^"]*)"', tag)
    return match[1].decode("utf-8", "replace") if match else ""


def _unescape(text: str) -> str:
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def _csv_table(data: bytes, limits: Limits) -> Table:
    text = decode_csv(data)
    delimiter = _delimiter(text)
    csv.field_size_limit(1 << 20)
    rows: list[list[object]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(list(row))
            if len(rows) > limits.rows or len(row) > limits.columns * 2:
                message = gettext_noop("表格超过 %(rows)s 行或 %(columns)s 列：请删去多余的行列，或分县区上传。")
                raise Refusal("file_far_cells", message, rows=limits.rows, columns=limits.columns)
    except csv.Error as error:
        raise Refusal("file_damaged", DAMAGED) from error
    return Table("csv", rows)


def decode_csv(data: bytes) -> str:
    """Text of a CSV in UTF-8 (with or without mark), UTF-16 with mark, or GB18030. Refuses `csv_encoding` otherwise."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("csv_encoding", gettext_noop("CSV 的文字编码无法识别：请另存为 UTF-8 或 GB18030。"))


def _delimiter(text: str) -> str:
    """The mark that occurs most in the first lines."""
    head = "\n".join(text.splitlines()[:20])
    return max((",", "\t", ";", "，"), key=head.count)
