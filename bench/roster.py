"""A register of 30,000 enterprises × 25 columns: parsed only, imported whole, imported again, exported.

Each line runs in a process of its own, so that the memory told is its own: the largest resident set, all included.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROWS, COLUMNS = 30_000, 25
DAY = date(2026, 11, 24)
CITY = 371300000000
Line = dict[str, Any]


def fields() -> list[Any]:
    """The 25 columns that are filled."""
    from anwang.domain.roster.enterprises import ENTERPRISES

    left_out = {"unit_code", "severe_accidents", "minor_accidents", "condition_persists"}
    return [each for each in ENTERPRISES.fields if each.name not in left_out][:COLUMNS]


def register(rows: int) -> Iterator[dict[str, Any]]:
    """Invented enterprises all over the real grid."""
    from anwang.adapters import reference
    from anwang.domain.base import Level
    from anwang.domain.roster.codes import make_credit_code

    dice, tree = random.Random(3), reference.grid_tree(2023)
    villages = tree.at(Level.VILLAGE)
    for number in range(rows):
        village = dice.choice(villages)
        town = tree.units[village.parent or 0]
        county = tree.units[town.parent or 0]
        yield {
            "name": f"临沂{dice.randrange(10**6)}机械有限公司{number}",
            "credit_code": make_credit_code(f"{number:08d}", "371302"),
            **{"county": county.name, "township": town.name, "village": village.name},
            "address": f"临沂市{county.name}{town.name}{village.name}{number}号",
            **{"longitude": 118.3, "latitude": 35.1, "gbt_code": "C3311", "industry": "机械"},
            **{"headcount": dice.randrange(500), "principal": "张三", "safety_officer": "李四", "remarks": "无"},
            **{"principal_phone": f"130{number:08d}", "safety_phone": "0539-8000000", "major_hazard": "否"},
            **{"grade": dice.choice(["一般", "低", "较大"]), "managing": "县管", "status": "正常", "evaluated": None},
            **{"opened": "2015年3月5日", "closed": None, "hazard_kinds": "火灾、爆炸", "persons": dice.randrange(12)},
        }


def write_workbook(path: Path, rows: int = ROWS) -> None:
    """The register as people keep it: a title, a header, text."""
    import xlsxwriter

    columns = fields()
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write(0, 0, "企业名册")
        sheet.write_row(2, 0, [each.label for each in columns])
        for line, row in enumerate(register(rows), start=3):
            sheet.write_row(line, 0, [row.get(each.name) or "" for each in columns])


def parse(path: Path) -> Any:
    """The floor: cells of the workbook as Python values, nothing more."""
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())


def bring_in(path: Path) -> Any:
    """Read, check, match, place, grade, write, audit."""
    from django.utils import timezone

    from anwang.domain.base import SYSTEM
    from anwang.features.enterprises import actions

    base = {"by": SYSTEM, "now": timezone.now(), "filename": path.name, "unit": CITY, "on": DAY}
    return actions.import_roster(data=path.read_bytes(), **base).plan.report()


def export(path: Path) -> Any:
    """All enterprises as a workbook."""
    from anwang.adapters.xlsx.writer import columns_of, iter_values, write_table
    from anwang.domain.base import SYSTEM
    from anwang.domain.roster.enterprises import ENTERPRISES
    from anwang.features.enterprises import queries

    source = queries.export_rows(queries.listing(SYSTEM, queries.Filters()))
    rows = iter_values(ENTERPRISES, source, list(ENTERPRISES.by_name))
    return write_table(path.with_name("out.xlsx"), title="名册", columns=columns_of(ENTERPRISES), rows=rows)


TASKS: dict[str, Callable[[Path], Any]] = {"parse": parse, "import": bring_in, "again": bring_in, "export": export}


def alone(name: str, path: Path) -> Line:
    """One task in a new process: seconds, megabytes, what it answered."""
    command = [sys.executable, "-m", "bench.roster", name, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
    found: Line = json.loads(answer.stdout.splitlines()[-1])
    return found


def prepare(folder: Path) -> Path:
    """An empty database with the grid, and the workbook."""
    _django()
    from django.core.management import call_command
    from django.utils import timezone

    from anwang.adapters import reference
    from anwang.domain.base import SYSTEM
    from anwang.features.grid import actions as grid

    call_command("migrate", verbosity=0, interactive=False)
    grid.load_grid(by=SYSTEM, now=timezone.now(), tree=reference.grid_tree(2023), on=date(2023, 1, 1))
    path = folder / "register.xlsx"
    write_workbook(path)
    return path


def run() -> list[Line]:
    """Lines for the table."""
    path = prepare(Path(os.environ["ANWANG_DATA"]))
    found = {name: alone(name, path) for name in TASKS}
    floor, room = found["parse"]["seconds"], found["parse"]["megabytes"]
    words = {
        "import": (f"import {ROWS:,} × {COLUMNS}, whole", "≤ 15 s"),
        "again": (f"import {ROWS:,} × {COLUMNS} again, nothing changed", ""),
        "export": (f"export {ROWS:,} enterprises", ""),
    }
    lines: list[Line] = []
    for name, (what, target) in words.items():
        seconds = found[name]["seconds"]
        base = {"baseline": f"parse only {floor:.2f} s", "ratio": seconds / floor}
        lines.append({"line": what, "value": seconds, "unit": "s", "target": target, **base})
    memory = max(found["import"]["megabytes"], found["again"]["megabytes"])
    base = {"baseline": f"parse only {room:.0f} MB", "ratio": memory / room}
    return [*lines, {"line": "import, memory", "value": memory, "unit": "MB", "target": "≤ 400 MB", **base}]


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwang.config.settings")
    django.setup()


def main() -> None:
    """Run one task and print what it took."""
    name, path = sys.argv[1], Path(sys.argv[2])
    if name != "parse":
        _django()
    began = time.perf_counter()
    answer = TASKS[name](path)
    seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": megabytes, "answer": answer}) + "\n")


if __name__ == "__main__":
    main()
