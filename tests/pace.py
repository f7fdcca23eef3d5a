"""Names at the end of a run the tests that are slow and do not say so: `make test-fast` stays fast by their marks."""

from __future__ import annotations

from typing import Any

# The rule is a tenth of a second; a busy machine triples that.
LIMIT = 0.3


def unmarked(reports: list[Any]) -> list[str]:
    """The slow ones without a mark, slowest first."""
    late = [r for r in reports if r.when == "call" and r.duration > LIMIT]
    late = [r for r in late if not {"slow", "browser", "libreoffice"} & set(r.keywords)]
    return [f"{r.duration:5.1f} s  {r.nodeid}" for r in sorted(late, key=lambda r: -r.duration)]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One section, only when there is something to say."""
    if lines := unmarked(terminalreporter.getreports("passed")):
        terminalreporter.section("slow tests without the mark `slow`")
        for line in lines:
            terminalreporter.write_line(line)
