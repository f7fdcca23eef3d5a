"""`make bench`: run the modules of this folder one after another and print their lines as one table, or as JSON.

A module offers `run() -> list[dict]`; each dict is one line of the table:
  line      what was measured, in a few words
  value     the figure, with `unit` ("s", "ms", "req/s", "%", …)
  baseline  what it is compared with, measured in the same run: text with figure and unit, or ""
  ratio     value / baseline (or the other way round where more is better), or None
  target    what performance is aimed at, as text, or ""
Each module runs in a process and a data folder of its own, so that none warms or burdens the next.
Nothing here passes or fails by time: the table is for people.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import unicodedata
from importlib import import_module
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ORDER = ["allocation", "ledger", "spreadsheet", "documents", "web"]
HEAD = ["what", "measured", "baseline in the same run", "ratio", "target"]
Line = dict[str, Any]


def modules() -> list[str]:
    """The benchmarks of this folder: the known order first, then the others by name."""
    names = sorted(p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("_"))
    offering = [n for n in names if "\ndef run(" in (FOLDER / f"{n}.py").read_text(encoding="utf-8")]
    return sorted(offering, key=lambda n: (ORDER.index(n) if n in ORDER else len(ORDER), n))


def measure(name: str) -> list[Line]:
    """The lines of one module, from a process and data folder of its own. Its messages go to standard error."""
    with tempfile.TemporaryDirectory(prefix="anwang-bench-") as folder:
        environment = {
            **os.environ,
            "ANWANG_DATA": folder,
            "NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", str(FOLDER.parent / "var" / "numba")),
            "PYTHONPATH": str(FOLDER.parent),
        }
        answer = Path(folder) / "bench.json"
        command = [sys.executable, "-m", "bench", "--module", name, "--into", str(answer)]
        subprocess.run(command, cwd=FOLDER.parent, env=environment, stdout=sys.stderr, check=True)
        lines: list[Line] = json.loads(answer.read_text(encoding="utf-8"))
        return lines


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    info = Path("/proc/cpuinfo")
    text = info.read_text() if info.exists() else ""
    models = [line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name")]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processor": models[0] if models else platform.processor() or platform.machine(),
        "cores": cores,
        "system": platform.system(),
        "python": platform.python_version(),
    }


def figure(value: Any) -> str:
    """A number as a person reads it: three digits that count, thousands apart."""
    if not isinstance(value, int | float):
        return str(value)
    if value and abs(value) < 100 and value != int(value):
        return f"{value:.3g}"
    return f"{value:,.0f}"


def cells(line: Line) -> list[str]:
    """The five cells of a line."""
    ratio = line.get("ratio")
    measured = f"{figure(line['value'])} {line.get('unit', '')}".strip()
    shown = "" if ratio is None else f"{ratio:.3g} ×"
    return [line["line"], measured, str(line.get("baseline") or ""), shown, str(line.get("target") or "")]


def width(text: str) -> int:
    """Columns of a terminal that the text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(lines: list[Line]) -> str:
    """An aligned Markdown table: for the terminal and for the README."""
    rows = [HEAD, *map(cells, lines)]
    widths = [max(width(row[i]) for row in rows) for i in range(len(HEAD))]
    padded = [
        "| " + " | ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    padded.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(padded)


def collect(names: list[str]) -> tuple[list[Line], list[str]]:
    """All lines, and the modules that did not come to an end."""
    lines, broken = [], []
    for name in names:
        sys.stderr.write(f"… {name}\n")
        try:
            lines += [{"module": name, **line} for line in measure(name)]
        except subprocess.CalledProcessError:
            broken.append(name)
    return lines, broken


def main() -> int:
    """Exit code 1 when a module broke, 0 otherwise; never because of a figure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="The benchmarks of the README.")
    parser.add_argument("names", nargs="*", metavar="MODULE", help=f"some of: {', '.join(modules())}")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--module", help=argparse.SUPPRESS)
    parser.add_argument("--into", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.module:
        Path(asked.into).write_text(json.dumps(import_module(f"bench.{asked.module}").run()), encoding="utf-8")
        return 0
    if unknown := set(asked.names) - set(modules()):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    lines, broken = collect(asked.names or modules())
    if asked.json:
        print(json.dumps({"machine": machine(), "lines": lines, "broken": broken}, ensure_ascii=False))
    else:
        m = machine()
        print(f"{m['processor']}, {m['cores']} cores, {m['system']}, Python {m['python']}\n\n{table(lines)}")
    for name in broken:
        sys.stderr.write(f"bench {name}: broke, see above\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
