"""Writing .xlsx in constant memory: tables to print and to import again, templates to fill in.

Every text goes through `neutralise`: no cell that a spreadsheet could run leaves the system.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from anwang.adapters.xlsx.layout import Column, column_widths, row_height
from anwang.adapters.xlsx.styles import Styles
from anwang.domain.base import gettext_noop
from anwang.domain.roster.safe_text import neutralise
from anwang.domain.roster.spec import Field, Kind, SheetSpec

Target = Path | str | BinaryIO
T = TypeVar("T")
CODE_KINDS = frozenset([Kind.CREDIT_CODE, Kind.UNIT_CODE, Kind.CLASS_CODE, Kind.PHONE])
_SAMPLE = 500
_A3, _A4 = 8, 9
_LONGEST = 32_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made the table and when: 制表单位, 制表人, 制表时间."""

    unit: str
    by: str
    at: date

    def __str__(self) -> str:
        return f"制表单位：{self.unit}    制表人：{self.by}    制表时间：{self.at:%Y-%m-%d}"


def columns_of(spec: SheetSpec, names: Sequence[str] | None = None) -> list[Column]:
    """The columns of a sheet's fields, all or those named, in that order."""
    return [_column(spec[name]) for name in names or spec.by_name]


def _column(each: Field) -> Column:
    choices = each.choices if each.kind in (Kind.CHOICE, Kind.YES_NO) else ()
    return Column(each.label, each.kind, choices=choices, hint=each.hint, required=each.required)


def write_table(
    target: Target,
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    stamp: Stamp | None = None,
    notes: Sequence[str] = (),
    sheet_name: str = "",
    a3: bool = False,
) -> int:
    """A table with title, stamp, header, rows and notes; returns how many rows it has.

    A4 (or A3) landscape, fit to the width, header frozen and repeated on every page. `rows` may be a generator: rows
    are not kept. Values: text, numbers, dates, booleans (是/否), enumerations (their label), None for blank.
    """
    with xlsxwriter.Workbook(_path(target), {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_sheet_name(sheet_name or title))
        styles = Styles(book)
        source = iter(rows)
        sample = list(islice(source, _SAMPLE))
        widths = column_widths(columns, sample, title, str(stamp or ""))
        _set_columns(sheet, columns, widths, styles)
        first = _write_head(sheet, styles, title, columns, widths, stamp)
        count = _write_rows(sheet, styles, columns, widths, chain(sample, source), first)
        _write_notes(sheet, styles, notes, first + count)
        _set_page(sheet, first, styles, a3=a3)
    return count


def told(rows: Iterable[T], total: int, report: Callable[[int, int, str], None]) -> Iterator[T]:
    """The rows as they are written, with a word of the progress every five hundred."""
    report(0, total, "")
    for done, row in enumerate(rows, 1):
        yield row
        if done % 500 == 0:
            report(min(done, total), total, "")


def write_template(
    target: Target,
    spec: SheetSpec,
    *,
    names: Sequence[str] | None = None,
    title: str = "",
    rows: int = 2000,
    filled: Iterable[dict[str, Any]] = (),
) -> None:
    """A form: title, header (required fields red), grey example row, drop-downs, 填报说明 on its own sheet.

    `filled` are rows to begin with, as values by field.
    """
    columns = columns_of(spec, names)
    fields = [spec[name] for name in names or spec.by_name]
    with xlsxwriter.Workbook(_path(target)) as book:
        sheet = book.add_worksheet(_sheet_name(spec.title))
        styles = Styles(book)
        example = [each.example for each in fields]
        widths = [max(width, 12.0) for width in column_widths(columns, [example])]
        _set_columns(sheet, columns, widths, styles)
        first = _write_head(sheet, styles, title or spec.title, columns, widths, None, template=True)
        sheet.set_row(first, row_height(example, widths))
        for col, value in enumerate(example):
            _write_cell(sheet, first, col, value, styles.example)
        begun = iter_values(spec, filled, [each.name for each in fields])
        count = _write_rows(sheet, styles, columns, widths, begun, first + 1)
        _set_validations(sheet, columns, first + 1, first + count + rows)
        _set_page(sheet, first, styles)
        _write_guide(book.add_worksheet("填报说明"), styles, spec, fields)


def _path(target: Target) -> Any:
    return str(target) if isinstance(target, Path) else target


def _sheet_name(text: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", "", text)[:31] or "Sheet1"


def _set_columns(sheet: Worksheet, columns: Sequence[Column], widths: Sequence[float], styles: Styles) -> None:
    for col, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(col, col, width, styles.whole_column if column.kind in CODE_KINDS else None)


def _write_head(
    sheet: Worksheet,
    styles: Styles,
    title: str,
    columns: Sequence[Column],
    widths: Sequence[float],
    stamp: Stamp | None,
    *,
    template: bool = False,
) -> int:
    """Title, stamp and header of one or two levels; returns the first row of data.

    A template is read on a screen: its title stands left, where the eye is, and its required fields are red.
    """
    last, row = len(columns) - 1, 1
    sheet.set_row(0, 34)
    _merge(sheet, (0, 0, 0, last), title, styles.title_left if template else styles.title)
    if stamp is not None:
        _merge(sheet, (1, 0, 1, last), str(stamp), styles.stamp)
        row = 2
    grouped = any(column.group for column in columns)
    if grouped:
        sheet.set_row(row, 20)
        _write_groups(sheet, styles, columns, row)
    bottom = row + grouped
    sheet.set_row(bottom, row_height([column.title for column in columns], widths) + 4)
    for col, column in enumerate(columns):
        if not grouped or column.group:
            _write_cell(
                sheet, bottom, col, column.title, styles.required if template and column.required else styles.header
            )
        else:
            sheet.write_blank(bottom, col, None, styles.header)
    return bottom + 1


def _write_groups(sheet: Worksheet, styles: Styles, columns: Sequence[Column], row: int) -> None:
    col = 0
    while col < len(columns):
        end = col
        while columns[col].group and end + 1 < len(columns) and columns[end + 1].group == columns[col].group:
            end += 1
        if columns[col].group:
            _merge(sheet, (row, col, row, end), columns[col].group, styles.header)
        else:
            sheet.write_string(row, col, safe(columns[col].title), styles.header)
            # merge_range would write the row below, and constant memory forbids coming back to this one.
            sheet.merge.append([row, col, row + 1, col])
        col = end + 1


def _merge(sheet: Worksheet, area: tuple[int, int, int, int], text: str, style: Any) -> None:
    top, left, bottom, right = area
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, safe(text), style)
    else:
        sheet.merge_range(top, left, bottom, right, safe(text), style)


def _write_rows(
    sheet: Worksheet,
    styles: Styles,
    columns: Sequence[Column],
    widths: Sequence[float],
    rows: Iterable[Sequence[Any]],
    first: int,
) -> int:
    count = 0
    kinds = [column.kind for column in columns]
    for count, row in enumerate(rows, start=1):
        shown = [_shown(value, kind) for value, kind in zip(row, kinds, strict=True)]
        sheet.set_row(first + count - 1, row_height(shown, widths))
        for col, (value, kind) in enumerate(zip(shown, kinds, strict=True)):
            _write_cell(sheet, first + count - 1, col, value, styles.of(kind))
    return count


def _shown(value: Any, kind: Kind) -> Any:
    """Codes and phones as text, several phones below each other."""
    if kind not in CODE_KINDS or value is None:
        return value
    return str(value).replace("、", "\n") if kind is Kind.PHONE else str(value)


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def _write_cell(sheet: Worksheet, row: int, col: int, value: Any, style: Any) -> None:
    if isinstance(value, Enum):
        value = getattr(value, "label", value.value)
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        sheet.write_blank(row, col, None, style)
    elif isinstance(value, bool):
        sheet.write_string(row, col, "是" if value else "否", style)
    elif isinstance(value, int | float):
        sheet.write_number(row, col, value, style)
    elif isinstance(value, datetime):
        sheet.write_string(row, col, f"{value:%Y-%m-%d %H:%M}", style)
    elif isinstance(value, date):
        sheet.write_datetime(row, col, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001
    else:
        sheet.write_string(row, col, safe(str(value)), style)


def safe(text: str) -> str:
    """Text that a workbook can hold: neutralised, without characters that XML forbids, at most 32,000 long."""
    text = _ILLEGAL.sub("", text)
    return neutralise(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


def _write_notes(sheet: Worksheet, styles: Styles, notes: Sequence[str], row: int) -> None:
    for number, note in enumerate(notes):
        text = note if note.startswith("注") else "注：" + note
        sheet.write_string(row + number, 0, safe(text), styles.note)


def _set_page(sheet: Worksheet, first: int, styles: Styles, *, a3: bool = False) -> None:
    sheet.set_paper(_A3 if a3 else _A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(0, first - 1)
    sheet.freeze_panes(first, 0)
    sheet.set_footer("&C&10第 &P 页，共 &N 页")


def _set_validations(sheet: Worksheet, columns: Sequence[Column], first: int, last: int) -> None:
    for col, column in enumerate(columns):
        message = {"input_title": column.title[:32], "input_message": column.hint[:255]} if column.hint else {}
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_title": "请从下拉框选择", **message}
            sheet.data_validation(first, col, last, col, rule)
        elif message:
            sheet.data_validation(first, col, last, col, {"validate": "any", **message})


_GUIDE_WIDTHS = (32, 8, 60, 42)


def _write_guide(sheet: Worksheet, styles: Styles, spec: SheetSpec, fields: Sequence[Field]) -> None:
    """Numbered instructions, then every field with whether it is required, what it takes and an example."""
    for col, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(col, col, width)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, 3, safe(f"{spec.title}填报说明"), styles.title)
    row = 1
    for number, line in enumerate(spec.guide, start=1):
        sheet.set_row(row, 22)
        sheet.merge_range(row, 0, row, 3, safe(f"{number}. {line}"), styles.guide)
        row += 1
    sheet.set_row(row, 24)
    for col, text in enumerate(("栏目", "必填", "填写要求", "示例")):
        sheet.write_string(row, col, text, styles.header)
    for number, each in enumerate(fields, start=row + 1):
        cells = (each.label, "是" if each.required else "", _demand(each), _as_text(each.example))
        sheet.set_row(number, row_height(cells, _GUIDE_WIDTHS) + 2)
        for col, value in enumerate(cells):
            _write_cell(sheet, number, col, value, styles.of(Kind.YES_NO if col == 1 else Kind.TEXT))
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


_DEMANDS = {
    Kind.CREDIT_CODE: gettext_noop("18 位统一社会信用代码"),
    Kind.UNIT_CODE: gettext_noop("6、9 或 12 位统计用区划代码"),
    Kind.PHONE: gettext_noop("手机或带区号的固定电话，多个号码用顿号分开"),
    Kind.DATE: gettext_noop("年月日，如 2020-03-05"),
    Kind.COUNT: gettext_noop("整数"),
    Kind.NUMBER: gettext_noop("数字"),
}


def _demand(each: Field) -> str:
    choices = "、".join(each.choices) if each.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO) else ""
    return each.hint or _DEMANDS.get(each.kind, "") or choices or f"不超过 {each.max_length} 字"


def iter_values(spec: SheetSpec, values: Iterable[dict[str, Any]], names: Sequence[str]) -> Iterator[list[Any]]:
    """Rows for `write_table` from values by field, as words that an import reads back."""
    fields = [spec[name] for name in names]
    for each in values:
        yield [field.say(each.get(field.name)) for field in fields]
