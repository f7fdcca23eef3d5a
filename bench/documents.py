"""Letters by the thousand, a bulletin for Word, a county's roster: how long papers take.

`python -m bench documents`, or alone `python -m bench.documents --json`. Documents are those of the tests.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anwang.adapters.docx import render_docx
from anwang.adapters.fonts import font_set
from anwang.adapters.pdf import render_pdf, render_pdf_batches
from tests.adapters.documents import samples

ALL_PAIRS = 30_000
PART = int(os.environ.get("BENCH_LETTERS", "3000"))  # of the 30,000: set it to 30000 for the whole print
WORKERS = min(2, os.cpu_count() or 1)
Line = dict[str, Any]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def line(what: str, value: float, baseline: str = "", ratio: float | None = None, target: str = "") -> Line:
    return {"line": what, "value": round(value, 2), "unit": "s", "baseline": baseline, "ratio": ratio, "target": target}


def letters_at_once() -> Line:
    letters = [samples.letter(serial) for serial in range(1, 1001)]
    singly = seconds(lambda: [render_pdf(letter) for letter in letters[:50]]) * 20
    together = seconds(lambda: render_pdf(letters))
    baseline = f"one by one {singly:.1f} s"
    return line("1,000 commitment letters (2,000 pages), one PDF", together, baseline, round(together / singly, 2))


def mass_print() -> Line:
    with tempfile.TemporaryDirectory() as folder:
        letters = (samples.letter(serial) for serial in range(1, PART + 1))
        work = render_pdf_batches(letters, Path(folder), stem="letters", workers=WORKERS)
        taken = seconds(lambda: list(work)) * ALL_PAIRS / PART
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    each = (workers.ru_utime + workers.ru_stime) / PART * 1000
    costs = f"{WORKERS} processes of {workers.ru_maxrss / 1024:.0f} MB, {each:.1f} ms CPU a pair"
    what = f"{ALL_PAIRS:,} pairs of letters, from {PART:,}: {costs}"
    return line(what, taken, target="≤ 120 s")


def run() -> list[Line]:
    """The lines of `make bench`; fonts are loaded and typst is warm before the clock starts."""
    font_set()
    render_pdf(samples.bulletin())
    render_docx(samples.bulletin())
    roster = samples.list_documents(2000)["county"]
    mass = mass_print()
    return [
        letters_at_once(),
        mass,
        line("bulletin, DOCX", seconds(lambda: render_docx(samples.bulletin())), target="≤ 2 s"),
        line("bulletin, PDF", seconds(lambda: render_pdf(samples.bulletin()))),
        line("county roster of 2,000 enterprises, PDF", seconds(lambda: render_pdf(roster))),
        line("county roster of 2,000 enterprises, DOCX", seconds(lambda: render_docx(roster))),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    as_json = parser.parse_args().json
    lines = run()
    if as_json:
        print(json.dumps({"documents": lines}, ensure_ascii=False))
    else:
        for entry in lines:
            print(f"{entry['line']:80} {entry['value']:>8} s  {entry['baseline']}  {entry['target']}")
