"""A roster of 30,000 rows × 25 columns: guard, parse, rows with faults, places in the real grid, export, error file.

`python -m bench.spreadsheet [--json] [--rows N]`. The baseline of parsing is openpyxl in read-only mode over the same
file in the same run. Peak memory is that of a process of its own which imports and matches only.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from anwang.adapters import reference
from anwang.adapters.xlsx.guard import inspect
from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_tables
from anwang.adapters.xlsx.writer import columns_of, iter_values, write_table
from anwang.domain.base import Level
from anwang.domain.grid.places import Clues, Place, PlaceFinder
from anwang.domain.grid.tree import Unit
from anwang.domain.roster.codes import make_credit_code
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.domain.roster.rows import RowSet, pick_table, read_rows

LEFT_OUT = {"unit_code", "severe_accidents", "minor_accidents", "condition_persists"}
NAMES = [each.name for each in ENTERPRISES.fields if each.name not in LEFT_OUT]
ROWS = 30_000
Line = dict[str, Any]


def main() -> None:
    """Print the lines, or with --json one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--peak", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        _match(_rows_of(Path(options.peak).read_bytes()))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    lines = run(options.rows)
    if options.json:
        print(json.dumps({"lines": lines}, ensure_ascii=False))
        return
    for line in lines:
        print(f"{line['line']:<52}{line['value']:>10} {line['unit']:<4}{line['baseline']:>18}  {line['target']}")


def run(rows: int = ROWS) -> list[Line]:
    """The lines of this benchmark, as `bench.__main__` describes them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        exported, _ = timed(lambda: _export(path, rows))
        data = path.read_bytes()
        guarded, _ = timed(lambda: inspect(data))
        parsed, _ = timed(lambda: read_tables(data))
        slow, _ = timed(lambda: _openpyxl(path))
        read, found = timed(lambda: _rows_of(data))
        matched, places = timed(lambda: _match(found))
        marked, _ = timed(lambda: mark_errors(data, found))
        peak = _peak(path)
    size = f"{rows:,} × {len(NAMES)}"
    village = sum(place.level == "village" for place in places)
    return [
        _line(f"spreadsheet {size}: guard", guarded),
        _line("… guard and parse", parsed, slow, "openpyxl", target="≤ 1 s"),
        _line("… guard, parse, rows with every check", read),
        _line(f"… places by names and address ({village:,} villages)", matched, target="≤ 1.5 s"),
        {**_line("… import and match, peak memory", 0), "value": peak, "unit": "MB", "target": "≤ 400 MB"},
        _line("… export in constant memory", exported),
        _line(f"… error file of {len(found.faulty):,} bad rows", marked),
    ]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the answer of one run."""
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer


def _line(what: str, seconds: float, other: float | None = None, name: str = "", target: str = "") -> Line:
    return {
        "line": what,
        "value": round(seconds, 2),
        "unit": "s",
        "baseline": f"{name} {other:.1f} s" if other is not None else "",
        "ratio": round(seconds / other, 3) if other else None,
        "target": target,
    }


def _rows_of(data: bytes) -> RowSet:
    table, header = pick_table(read_tables(data), ENTERPRISES)
    return read_rows(table, header, ENTERPRISES)


def _match(found: RowSet) -> list[Place]:
    finder = PlaceFinder(reference.grid_tree(2023), reference.successions())
    return [
        finder.find(Clues(row.text("unit_code"), *(row.text(n) for n in ("county", "township", "village", "address"))))
        for row in found.rows
    ]


def _openpyxl(path: Path) -> list[Any]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def _peak(path: Path) -> int:
    command = [sys.executable, "-m", "bench.spreadsheet", "--peak", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    return int(done.stdout)


def _export(path: Path, rows: int) -> None:
    values = iter_values(ENTERPRISES, (_enterprise(n, random.Random(n)) for n in range(rows)), NAMES)
    write_table(path, title="企业名册", columns=columns_of(ENTERPRISES, NAMES), rows=values)


def _enterprise(number: int, chance: random.Random) -> dict[str, Any]:
    """A made-up enterprise in a real village; one in fifty has a wrong code, half name no village but an address."""
    tree = reference.grid_tree(2023)
    villages = _villages()
    village = villages[chance.randrange(len(villages))]
    _, county, town, _ = tree.path(village.code)
    code = make_credit_code(f"{number:08d}", str(county.code)[:6])
    return {
        "name": f"临沂示例{number}机械有限公司",
        "credit_code": code if number % 50 else code[:-1] + "X0"[code[-1] == "X"],
        "county": county.name,
        "township": town.name,
        "village": village.name if number % 2 else None,
        "address": f"山东省临沂市{county.name}{town.name}{village.name}东{number % 900}米",
        "longitude": 118.0 + chance.random(),
        "latitude": 35.0 + chance.random(),
        "gbt_code": "C2614",
        "industry": "化工",
        "headcount": chance.randrange(900),
        "principal": "张三",
        "principal_phone": f"138{number:08d}",
        "safety_officer": "李四",
        "safety_phone": "0539-8123456",
        "major_hazard": False,
        "grade": "general",
        "managing": "county",
        "hazard_kinds": ("fire", "explosion"),
        "persons": 5,
        "evaluated": "general",
        "status": "operating",
    }


@cache
def _villages() -> list[Unit]:
    return reference.grid_tree(2023).at(Level.VILLAGE)


if __name__ == "__main__":
    main()
