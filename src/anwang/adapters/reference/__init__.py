"""Public facts that ship with the system: division codes of Linyi, successions, GB/T 4754-2017 (see data.md)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from anwang.domain.grid import regrid
from anwang.domain.grid.names import Succession
from anwang.domain.grid.tree import Tree, UnitRow, build_tree

GRID_YEARS = (2019, 2023)


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """A class of GB/T 4754-2017: level 1 门类, 2 大类, 3 中类, 4 小类; `parent` is empty for a 门类."""

    code: str
    name: str
    parent: str
    level: int


def unit_rows(year: int) -> list[UnitRow]:
    """The division table of Linyi of that year (2019 or 2023) as written. KeyError for another year."""
    if year not in GRID_YEARS:
        raise KeyError(year)
    return [
        UnitRow(row["code12"], row["level"], row["name"], row["parent12"], line)
        for line, row in enumerate(_rows(f"linyi_{year}.csv"), start=2)
    ]


@cache
def grid_tree(year: int) -> Tree:
    """The tree of that year; the shipped tables have no faults (a test says so). Shared: do not change it."""
    tree, faults = build_tree(unit_rows(year))
    if faults:
        raise ValueError(f"shipped table {year} is damaged in line {faults[0].line}")
    return tree


@cache
def successions() -> tuple[Succession, ...]:
    """Names and codes of Linyi no longer in force and what followed them: counties by table, the rest by diff."""
    listed = [Succession(int(r["old_code"]), r["old_name"], int(r["new_code"])) for r in _rows("succession.csv")]
    first, last = GRID_YEARS
    derived = regrid.successions(regrid.diff(grid_tree(first), grid_tree(last)))
    known = {(each.old_code, each.old_name) for each in listed}
    return (*listed, *(each for each in derived if (each.old_code, each.old_name) not in known))


@cache
def industries() -> tuple[IndustryRow, ...]:
    """GB/T 4754-2017 from the sections down."""
    return tuple(IndustryRow(r["code"], r["name"], r["parent"], int(r["level"])) for r in _rows("gbt4754.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((files(__name__) / name).read_text("utf-8-sig").splitlines())
