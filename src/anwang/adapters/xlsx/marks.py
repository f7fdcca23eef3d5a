"""The error file: the user's own workbook with red cells and a column 错误原因, else a clean list of the bad rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from anwang.adapters.xlsx.guard import FileKind, inspect
from anwang.adapters.xlsx.layout import text_width
from anwang.adapters.xlsx.styles import RED, YELLOW, Styles
from anwang.adapters.xlsx.writer import safe
from anwang.domain.base import Reason
from anwang.domain.roster.headers import ERROR_TITLE, title_key
from anwang.domain.roster.rows import CellFault, Row, RowSet
from anwang.domain.roster.safe_text import neutralise

MOST_CELLS = 200_000
LINE_TITLE = "原行号"
_FILLS = {True: PatternFill("solid", fgColor="FF" + RED), False: PatternFill("solid", fgColor="FF" + YELLOW)}
_OURS = {"FF" + RED, "FF" + YELLOW}
Say = Callable[[Reason], str]


def mark_errors(data: bytes, rows: RowSet, say: Say = str) -> bytes:
    """An .xlsx that shows every fault of `rows` (errors red, warnings yellow) and can be mended and uploaded again.

    The user's own workbook when it is an .xlsx of at most 200,000 cells (formulas become their values, links go);
    otherwise the faulty rows alone in a clean workbook. `say` translates a reason.
    """
    faulty = [row for row in rows.rows if row.faults]
    if inspect(data) is FileKind.XLSX and _is_small(data, rows):
        marked = _mark_own(data, rows, faulty, say)
        if marked is not None:
            return marked
    return _write_clean(rows, faulty, say)


def _is_small(data: bytes, rows: RowSet) -> bool:
    cells = len(rows.table.rows) * max((len(row) for row in rows.table.rows[:50]), default=0)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    return cells <= MOST_CELLS and unpacked <= MOST_CELLS * 100


def _mark_own(data: bytes, rows: RowSet, faulty: list[Row], say: Say) -> bytes | None:
    """None when openpyxl cannot read what calamine could."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        sheet = book[rows.table.name]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile):
        return None
    if not isinstance(sheet, Worksheet):
        return None
    for each in book.worksheets:
        _disarm(each)
    column = _reason_column(rows)
    _title(sheet, rows.header.last + 1, column)
    for row in faulty:
        for fault in sorted(row.faults, key=lambda each: each.fatal):
            if fault.column is not None:
                sheet.cell(row.line, fault.column + 1).fill = _FILLS[fault.fatal]
        cell = sheet.cell(row.line, column)
        cell.value, cell.data_type = neutralise(_sentence(row.faults, say)), "s"
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _reason_column(rows: RowSet) -> int:
    """The column of an earlier 错误原因, else the first free one (from 1)."""
    for col, title in rows.header.titles.items():
        if title_key(title).endswith(title_key(ERROR_TITLE)):
            return col + 1
    used = max((_last_filled(row) for row in rows.table.rows[rows.header.first :]), default=0)
    return used + 1


def _last_filled(row: Any) -> int:
    return max((number for number, cell in enumerate(row, start=1) if cell not in (None, "")), default=0)


def _title(sheet: Worksheet, line: int, column: int) -> None:
    for number in range(line, sheet.max_row + 1):
        old = sheet.cell(number, column)
        if type(old).__name__ != "MergedCell":
            old.value = None
    cell = sheet.cell(line, column)
    cell.value = ERROR_TITLE
    cell.font = Font(bold=True, color="FFC00000")
    letter = cell.column_letter
    sheet.column_dimensions[letter].width = 44
    sheet.column_dimensions[letter].hidden = False


def _disarm(sheet: Worksheet) -> None:
    """Text that could run is neutralised; marks of an earlier error file are taken off."""
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                kept = neutralise(cell.value)
                if kept != cell.value:
                    cell.value = kept
            if cell.has_style and cell.fill.fgColor.rgb in _OURS:
                cell.fill = PatternFill()


def _sentence(faults: Iterable[CellFault], say: Say) -> str:
    errors = [say(fault.reason) for fault in faults if fault.fatal]
    warnings = ["提示：" + say(fault.reason) for fault in faults if not fault.fatal]
    return "\n".join(dict.fromkeys(errors + warnings))


def _write_clean(rows: RowSet, faulty: list[Row], say: Say) -> bytes:
    target = io.BytesIO()
    width = max(rows.header.titles, default=0) + 1
    kept = [c for c in range(width) if title_key(rows.header.titles.get(c, "")) not in (ERROR_TITLE, LINE_TITLE)]
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("错误数据")
        styles = Styles(book)
        titles = [rows.header.titles.get(col, "") for col in kept]
        for number, title in enumerate((*titles, ERROR_TITLE, LINE_TITLE)):
            sheet.set_column(number, number, min(max(text_width(title) + 4, 12), 30) if title != ERROR_TITLE else 48)
            sheet.write_string(0, number, safe(title), styles.header)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(faulty, start=1):
            _write_faulty(sheet, number, row, kept, rows, styles, say)
    return target.getvalue()


def _write_faulty(sheet: Any, number: int, row: Row, kept: list[int], rows: RowSet, styles: Styles, say: Say) -> None:
    cells = rows.table.rows[row.line - 1]
    colours = {f.column: styles.red if f.fatal else styles.yellow for f in sorted(row.faults, key=lambda f: f.fatal)}
    for place, col in enumerate(kept):
        value = cells[col] if col < len(cells) else ""
        sheet.write_string(number, place, safe(_plain(value)), colours.get(col, styles.code))
    sheet.write_string(number, len(kept), safe(_sentence(row.faults, say)), styles.guide)
    sheet.write_number(number, len(kept) + 1, row.line, styles.guide)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
