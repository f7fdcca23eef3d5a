"""Reading a table of administrative divisions (12-digit statistical codes) as it was published or exported."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.grid.tree import UnitRow

MAX_BYTES = 20 * 2**20
HEADERS = {
    "code": ("code12", "code", "统计用区划代码", "区划代码", "编码", "代码"),
    "level": ("level", "层级", "级别"),
    "name": ("name", "名称", "单位名称", "网格名称"),
    "parent": ("parent12", "parent", "上级代码", "上级编码", "上级"),
}
_UNREADABLE = gettext_noop("读不懂这个区划表：%(why)s")


def read_division(path: Path) -> list[UnitRow]:
    """The rows of a CSV file (UTF-8 or GB18030). Refuses `division_file` with what was expected."""
    if not path.is_file():
        raise _refused(gettext_noop("文件不存在"))
    if path.stat().st_size > MAX_BYTES:
        raise _refused(gettext_noop("文件超过 20 MB"))
    return parse_division(path.read_bytes())


def parse_division(data: bytes) -> list[UnitRow]:
    """As `read_division`, from bytes."""
    if b"\0" in data[:4096]:
        raise _refused(gettext_noop("请另存为 CSV（UTF-8）再导入"))
    reader = csv.reader(io.StringIO(_text(data), newline=""))
    try:
        rows = [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise _refused(str(error)) from error
    at = _columns(rows[0] if rows else [])
    return [
        UnitRow(_cell(row, at["code"]), _cell(row, at["level"]), _cell(row, at["name"]), _cell(row, at["parent"]), line)
        for line, row in enumerate(rows[1:], start=2)
        if any(row)
    ]


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(gettext_noop("文字编码不是 UTF-8 或 GB18030"))


def _columns(header: list[str]) -> dict[str, int]:
    at = {}
    for field, names in HEADERS.items():
        found = [i for i, cell in enumerate(header) if cell.lower() in names]
        if not found and field != "parent":
            raise _refused(gettext_noop("首行应有列 code12、level、name、parent12"))
        at[field] = found[0] if found else -1
    return at


def _cell(row: list[str], at: int) -> str:
    return row[at] if 0 <= at < len(row) else ""


def _refused(why: str) -> Refusal:
    return Refusal("division_file", _UNREADABLE, why=why)
