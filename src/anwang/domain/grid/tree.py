"""A tree of units in memory, built from rows with every fault named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from anwang.domain.base import Level, Reason, gettext_noop
from anwang.domain.grid import codes

_LEVELS = {
    **{str(number): level for number, level in zip(range(2, 6), Level, strict=False)},
    **{level.value: level for level in list(Level)[:4]},
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of a division table as it was written; `line` counts from 1 and only serves messages."""

    code: str
    level: str
    name: str
    parent: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the grid. `parent` is None for the root alone."""

    code: int
    level: Level
    name: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class UnitFault:
    """What is wrong with a line: `reason.code` is stable, `reason` reads as a sentence."""

    line: int
    reason: Reason


@dataclass(slots=True)
class Tree:
    """Units by code. Iteration is in the order of codes, so a unit comes before what it covers."""

    units: dict[int, Unit]
    children: dict[int, list[int]] = field(default_factory=dict)
    _sorted: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sorted = sorted(self.units)
        for code in self._sorted:
            parent = self.units[code].parent
            if parent is not None:
                self.children.setdefault(parent, []).append(code)

    def __len__(self) -> int:
        return len(self.units)

    def __contains__(self, code: object) -> bool:
        return code in self.units

    def __iter__(self) -> Iterator[Unit]:
        return (self.units[code] for code in self._sorted)

    def get(self, code: int) -> Unit | None:
        return self.units.get(code)

    def at(self, level: Level) -> list[Unit]:
        """All units of one level."""
        return [unit for unit in self if unit.level is level]

    def under(self, code: int) -> Sequence[Unit]:
        """The direct children."""
        return [self.units[child] for child in self.children.get(code, ())]

    def subtree(self, code: int) -> Sequence[Unit]:
        """The unit and everything below it: a range scan."""
        start, end = codes.unit_range(code)
        return [self.units[c] for c in self._sorted[bisect_left(self._sorted, start) : bisect_left(self._sorted, end)]]

    def path(self, code: int) -> tuple[Unit, ...]:
        """From the root down to the unit; empty when the unit is unknown."""
        above = [self.units[c] for c in (code, *codes.ancestors(code)) if c in self.units]
        return tuple(reversed(above))

    def path_name(self, code: int, *, below: Level = Level.CITY) -> str:
        """Names from below `below` down, joined: 罗庄区高都街道."""
        return "".join(unit.name for unit in self.path(code) if unit.level.rank > below.rank)


def build_tree(rows: Iterable[UnitRow]) -> tuple[Tree, list[UnitFault]]:
    """The tree of the sound rows and every fault of the others.

    Faults: `code_length`, `code_duplicate`, `level_unknown`, `level_mismatch`, `name_missing`, `parent_mismatch`,
    `parent_missing`. A unit whose parent is at fault is at fault too: nothing hangs loose.
    """
    units: dict[int, Unit] = {}
    lines: dict[int, int] = {}
    faults: list[UnitFault] = []
    for row in rows:
        unit, reason = _read(row)
        if unit is not None and unit.code in units:
            reason = Reason("code_duplicate", _DUPLICATE, {"code": row.code, "line": lines[unit.code]})
        if reason is not None or unit is None:
            faults.append(UnitFault(row.line, reason or Reason("code_length", _LENGTH, {"code": row.code})))
            continue
        units[unit.code], lines[unit.code] = unit, row.line
    faults += _hang(units, lines)
    return Tree(units), sorted(faults, key=lambda fault: fault.line)


_LENGTH = gettext_noop("编码“%(code)s”应为 12 位数字。")
_DUPLICATE = gettext_noop("编码 %(code)s 与第 %(line)s 行重复。")
_LEVEL = gettext_noop("层级“%(level)s”应为 2（市）、3（县区）、4（乡镇）或 5（村居）。")
_MISMATCH = gettext_noop("编码 %(code)s 属于%(found)s，与所填层级不符。")
_NAME = gettext_noop("编码 %(code)s 没有填写名称。")
_PARENT = gettext_noop("上级编码“%(parent)s”不是 %(code)s 的上一级。")
_ORPHAN = gettext_noop("%(name)s（%(code)s）的上级 %(parent)s 不在表中或有错误。")


def _read(row: UnitRow) -> tuple[Unit | None, Reason | None]:
    code = codes.parse_code(row.code) if len(row.code.strip()) == codes.LENGTH else None
    if code is None:
        return None, Reason("code_length", _LENGTH, {"code": row.code})
    level = _LEVELS.get(row.level.strip())
    if level is None:
        return None, Reason("level_unknown", _LEVEL, {"level": row.level})
    found = codes.level_of(code)
    if found is not level:
        label = found.label if found else gettext_noop("省")
        return None, Reason("level_mismatch", _MISMATCH, {"code": row.code, "found": label})
    name = row.name.strip()
    if not name:
        return None, Reason("name_missing", _NAME, {"code": row.code})
    return _with_parent(row, code, level, name)


def _with_parent(row: UnitRow, code: int, level: Level, name: str) -> tuple[Unit | None, Reason | None]:
    above = codes.parent_code(code)
    stated = codes.parse_code(row.parent) if row.parent.strip() else above
    if stated != above:
        return None, Reason("parent_mismatch", _PARENT, {"code": row.code, "parent": row.parent})
    return Unit(code, level, name, None if level is Level.CITY else above), None


def _hang(units: dict[int, Unit], lines: dict[int, int]) -> list[UnitFault]:
    """Take away, from the top down, the units without a parent."""
    faults = []
    for code in sorted(units):
        unit = units[code]
        if unit.parent is not None and unit.parent not in units:
            params = {"name": unit.name, "code": code, "parent": unit.parent}
            faults.append(UnitFault(lines[code], Reason("parent_missing", _ORPHAN, params)))
            del units[code]
    return faults
