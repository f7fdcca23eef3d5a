"""The table of figures: read by people, never a verdict on time."""

from __future__ import annotations

from bench import __main__ as bench

LINE = {
    "line": "分配全市",
    "value": 0.2013,
    "unit": "s",
    "baseline": "OR-Tools 1.9 s",
    "ratio": 0.1059,
    "target": "≤ 1/5",
}


def test_a_line_shows_three_digits_that_count():
    assert bench.cells(LINE) == ["分配全市", "0.201 s", "OR-Tools 1.9 s", "0.106 ×", "≤ 1/5"]


def test_thousands_are_set_apart():
    assert bench.figure(1170000) == "1,170,000"


def test_a_line_without_baseline_leaves_its_cells_empty():
    assert bench.cells({"line": "rows", "value": 5, "unit": "ms"})[2:] == ["", "", ""]


def test_columns_stand_under_each_other_with_chinese_text():
    widths = {bench.width(row) for row in bench.table([LINE]).splitlines()}
    assert len(widths) == 1


def test_a_broken_benchmark_is_named_and_the_others_go_on(monkeypatch):
    def measure(name):
        if name == "ledger":
            raise bench.subprocess.CalledProcessError(1, name)
        return [LINE]

    monkeypatch.setattr(bench, "measure", measure)
    lines, broken = bench.collect(["ledger", "web"])
    assert [line["module"] for line in lines] == ["web"]
    assert broken == ["ledger"]
