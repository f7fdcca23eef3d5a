"""From a sheet to rows with values and faults. The same for enterprises, people, contacts: the `SheetSpec` differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anwang.domain.base import Reason, Refusal, gettext_noop
from anwang.domain.roster.cells import Parsed, clean
from anwang.domain.roster.headers import Header, find_header, title_key
from anwang.domain.roster.spec import Kind, SheetSpec, reader_of

_TAIL = re.compile(
    r"(?:合计|总计|小计|共计|注[:：]|备注[:：]|说明[:：]|填表说明|填报说明|填报人|填表人|制表|审核人?[:：]|单位负责人[:：]|填报单位|填报日期|联系人[:：])"
)
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|备\s*注)")
_EXAMPLE = re.compile(r"[(（【]?(?:示例|样例|例如|举例|例)(?:行|数据)?(?:[:：)）】]|$)")  # 示例机械有限公司 is a name
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as read: `rows` from its first row on, ragged or not. `hidden_columns` (0-based) are for information."""

    name: str
    rows: Sequence[Sequence[object]]
    hidden_columns: frozenset[int] = frozenset()
    visible: bool = True


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell; `fatal` keeps the row out, else it is a warning. `column` is 0-based or None."""

    field: str
    column: int | None
    reason: Reason
    fatal: bool = True


@dataclass(slots=True)
class Row:
    """One row: `line` as the spreadsheet counts (from 1), values by field (None for empty), faults."""

    line: int
    values: dict[str, Any]
    faults: list[CellFault] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def ok(self) -> bool:
        """True when nothing fatal was found."""
        return not any(each.fatal for each in self.faults)

    def text(self, name: str) -> str:
        """A value as text, '' when empty."""
        value = self.values.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class RowSet:
    """All rows of a sheet. `ignored` are lines left out with the reason: tail, example, header, numbers."""

    table: Table
    header: Header
    rows: list[Row]
    ignored: tuple[tuple[int, str], ...]

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if not row.ok]


def pick_table(
    tables: Iterable[Table], spec: SheetSpec, mapping: Mapping[str, str] | None = None
) -> tuple[Table, Header]:
    """The sheet whose header shows most fields; visible sheets first. Refuses `header_missing` with what was sought."""
    found = []
    for number, table in enumerate(tables):
        header = find_header(table.rows, spec, mapping)
        if header is not None:
            found.append((table.visible, len(header.columns), -number, table, header))
    if not found:
        needed = "、".join(spec[name].label for name in spec.anchors)
        raise Refusal("header_missing", gettext_noop("没有找到表头：前 40 行内需要有“%(needed)s”列。"), needed=needed)
    _, _, _, table, header = max(found, key=lambda each: each[:3])
    return table, header


def read_rows(table: Table, header: Header, spec: SheetSpec) -> RowSet:
    """Read every row below the header; blank, tail, example and repeated header rows are left out and listed."""
    readers = [(col, name, _cached(spec, name)) for col, name in header.columns.items()]
    required = [each.name for each in spec.fields if each.required]
    key_column = header.column(spec.key) if spec.key else None
    names = tuple(col for name in spec.anchors if (col := header.column(name)) is not None)
    rows: list[Row] = []
    ignored: list[tuple[int, str]] = []
    for number in range(header.last + 1, len(table.rows)):
        cells = table.rows[number]
        if not any(cell not in (None, "") for cell in cells):
            continue
        if why := _to_ignore(cells, header, key_column, names):
            ignored.append((number + 1, why))
            continue
        row = _read_row(number + 1, cells, readers)
        if all(value is None for value in row.values.values()) and not row.faults:
            continue
        row.faults += [_missing(spec, name, header) for name in required if row[name] is None and _silent(row, name)]
        rows.append(row)
    _mark_duplicates(rows, spec, header)
    return RowSet(table, header, rows, tuple(ignored))


def _read_row(line: int, cells: Sequence[object], readers: list[tuple[int, str, Callable[[object], Parsed]]]) -> Row:
    row = Row(line, {})
    width = len(cells)
    for col, name, read in readers:
        parsed = read(cells[col]) if col < width else None
        if parsed is None:
            row.values[name] = None
            continue
        row.values[name] = parsed.value
        if parsed.reason is not None:
            row.faults.append(CellFault(name, col, parsed.reason, parsed.fatal))
    return row


def _cached(spec: SheetSpec, name: str) -> Callable[[object], Parsed]:
    """The field's reader, remembering answers to repeated text (counties, grades, yes/no, dates)."""
    read = reader_of(spec[name])
    if spec[name].kind in (Kind.CREDIT_CODE, Kind.PHONE, Kind.NUMBER):
        return read
    known: dict[str, Parsed] = {}

    def remember(cell: object) -> Parsed:
        if type(cell) is not str:
            return read(cell)
        parsed = known.get(cell)
        if parsed is None:
            parsed = read(cell)
            if len(known) < _MANY:
                known[cell] = parsed
        return parsed

    return remember


def _to_ignore(cells: Sequence[object], header: Header, key_column: int | None, names: tuple[int, ...] = ()) -> str:
    """Why a row is no data: tail, example, header, numbers; '' for data."""
    first = next(col for col, cell in enumerate(cells) if cell not in (None, ""))
    texts = [clean(cell) for cell in cells[first : first + 3]]
    if _repeats_header(cells, header):
        return "header"
    if texts[0] == "1" and _counts_columns(cells):
        return "numbers"
    if any(_is_example(cells[col]) for col in names if col < len(cells)):
        return "example"
    if not any(text and text[0] in _LEADING for text in texts):
        return ""
    if any(_EXAMPLE.match(text) for text in texts):
        return "example"
    alone = len({str(cell) for cell in cells if cell not in (None, "")}) <= 2
    keyless = key_column is None or key_column >= len(cells) or cells[key_column] in (None, "")
    total = any(_TOTAL.fullmatch(text) for text in texts[:2]) or _TAIL.match(texts[0].replace(" ", ""))
    return "tail" if total and (alone or keyless) else ""


def _is_example(cell: object) -> bool:
    """True for a name that says it is one: 示例：某某公司."""
    return type(cell) is str and cell.lstrip()[:1] in _EXAMPLE_STARTS and bool(_EXAMPLE.match(clean(cell)))


_EXAMPLE_STARTS = frozenset("(（【示样例举")
_LEADING = frozenset("(（【示样例举合总小共注备说填制审单联")


def _counts_columns(cells: Sequence[object]) -> bool:
    """The row 1, 2, 3 … that forms carry below the header."""
    numbers = [clean(cell) for cell in cells if cell not in (None, "")]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _repeats_header(cells: Sequence[object], header: Header) -> bool:
    """A header printed again in the middle of the sheet: the titles of the first columns, one after the other."""
    wanted = min(3, len(header.columns))
    for col in header.columns:
        cell = cells[col] if col < len(cells) else None
        title = header.titles[col]
        if type(cell) is not str or len(cell) > len(title) + 4 or not title_key(title).endswith(title_key(cell) or "?"):
            return False
        wanted -= 1
        if not wanted:
            return True
    return False


def _silent(row: Row, name: str) -> bool:
    """True when the field has no fault of its own yet."""
    return not any(each.field == name for each in row.faults)


def _missing(spec: SheetSpec, name: str, header: Header) -> CellFault:
    reason = Reason("value_missing", gettext_noop("没有填写%(field)s。"), {"field": spec[name].label})
    return CellFault(name, header.column(name), reason)


def _mark_duplicates(rows: list[Row], spec: SheetSpec, header: Header) -> None:
    """The second row with the same key is a fault; when it says the same as the first, a warning and to be skipped."""
    first: dict[Any, Row] = {}
    for row in rows:
        key = row.values.get(spec.key) if spec.key else None
        if key is None:
            continue
        before = first.setdefault(key, row)
        if before is row:
            continue
        same = before.values == row.values
        text = (
            gettext_noop("与第 %(line)s 行完全相同，已跳过。")
            if same
            else gettext_noop("与第 %(line)s 行的%(field)s相同，内容不同。")
        )
        code = "duplicate_same" if same else "duplicate_key"
        params = {"line": before.line, "field": spec[spec.key].label}
        row.faults.append(CellFault(spec.key, header.column(spec.key), Reason(code, text, params), not same))
