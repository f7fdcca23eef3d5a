"""Done, in time, late and overdue: by unit from the tally, by person from the rows of one township."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from anwang.domain.base import Level, gettext_noop
from anwang.domain.grid.codes import digits_of
from anwang.features.duties.queries import ranges as duties
from anwang.features.grid import queries as grid

from .spans import Span


@dataclass(frozen=True, slots=True)
class Line:
    """The sums of one child (or person at one `level`). Counts of obligations; waived ones are in none but `waived`.

    `due`: expected whose last day has passed; `overdue`: of these not done; `ahead`: not done and still to come.
    """

    key: int
    name: str
    expected: int = 0
    done: int = 0
    late: int = 0
    waived: int = 0
    due: int = 0
    due_done: int = 0
    note: str = ""
    level: str = ""

    @property
    def in_time(self) -> int:
        return self.done - self.late

    @property
    def overdue(self) -> int:
        return self.due - self.due_done

    @property
    def ahead(self) -> int:
        return self.expected - self.done - self.overdue

    @property
    def share(self) -> float | None:
        """Done of what was due; None where nothing was."""
        return self.due_done / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class TableView:
    """A unit's table: one line a child, and their sum. `people`: the lines are persons, not units."""

    unit: int
    name: str
    level: str
    span: Span
    lines: list[Line] = field(default_factory=list)
    people: bool = False

    @property
    def total(self) -> Line:
        return _counted(self.unit, self.name, [sum(getattr(line, part) for line in self.lines) for part in COUNTS])


COUNTS = ("expected", "done", "late", "waived", "due", "due_done")


def _sums(today: date) -> dict[str, Sum]:
    """Of tally rows."""
    passed = Q(due__lt=today)
    return {
        "n_expected": Sum("expected", default=0),
        "n_done": Sum("done", default=0),
        "n_late": Sum("late", default=0),
        "n_waived": Sum("waived", default=0),
        "n_due": Sum("expected", filter=passed, default=0),
        "n_due_done": Sum("done", filter=passed, default=0),
    }


def _in_span(rows: QuerySet, span: Span, rule: str) -> QuerySet:
    rows = rows.filter(month__gte=span.first, month__lte=span.last)
    return rows.filter(rule=rule) if rule else rows


def unit_table(unit: int, *, span: Span, today: date, rule: str = "") -> TableView:
    """The children of a city or county from the tally (one query); below a township see `person_table`.

    What belongs to the unit itself, because no child is known yet, is the line 未定位.
    """
    digits = digits_of(unit)
    if digits >= 9:
        return person_table(unit, span=span, today=today, rule=rule)
    group, low, high = (
        ("county", unit // 10**6, unit // 10**6 + 100)
        if digits == 4
        else ("township", unit // 10**3, unit // 10**3 + 1000)
    )
    rows = _in_span(duties.tallies(), span, rule).filter(**{f"{group}__gte": low, f"{group}__lt": high})
    found = {row[group]: row for row in rows.values(group).annotate(**_sums(today))}
    scale = 10**6 if digits == 4 else 10**3
    top, below = grid.with_children(unit, on=today)
    children = {child.code // scale: child.name for child in below}
    lines = [_line(key, children.get(key, ""), found.get(key), scale) for key in sorted(children.keys() | found.keys())]
    names = _late_names([line.key for line in lines if not line.name])
    lines = [line if line.name else _named(line, names, unit) for line in lines]
    return TableView(unit, top.name if top else "", str(Level.CITY if digits == 4 else Level.COUNTY), span, lines)


def _counted(key: int, name: str, counts: Sequence[int], note: str = "") -> Line:
    expected, done, late, waived, due, due_done = counts
    return Line(key, name, expected, done, late, waived, due, due_done, note)


def _line(key: int, name: str, row: Mapping[str, Any] | None, scale: int) -> Line:
    return _counted(key * scale, name, [row[f"n_{part}"] if row else 0 for part in COUNTS])


def _late_names(codes: list[int]) -> dict[int, str]:
    """Names of units that are gone: closed periods keep their codes."""
    return grid.names(codes) if codes else {}


def _named(line: Line, names: dict[int, str], unit: int) -> Line:
    if line.key == unit:
        return replace(line, name=gettext_noop("未定位"))
    return replace(line, name=names.get(line.key, str(line.key)), note=gettext_noop("原网格"))


def person_table(unit: int, *, span: Span, today: date, rule: str = "") -> TableView:
    """The responsible persons of a township or village, in the order of names: no league table of people."""
    passed = Q(due__lt=today, waived_at__isnull=True)
    counted = Q(waived_at__isnull=True)
    rows = duties.obligations_under(unit, span.first, span.last, rule).values("person_id", "person__name", "level")
    found = rows.annotate(
        n_expected=Count("id", filter=counted),
        n_done=Count("id", filter=Q(done_at__isnull=False)),
        n_late=Count("id", filter=Q(done_at__isnull=False, late=True)),
        n_waived=Count("id", filter=Q(waived_at__isnull=False)),
        n_due=Count("id", filter=passed),
        n_due_done=Count("id", filter=passed & Q(done_at__isnull=False)),
    ).order_by("person__name", "person_id", "level")
    lines = [_person_line(row) for row in found]
    top = grid.unit(unit, on=today)
    return TableView(unit, top.name if top else "", top.level if top else "", span, lines, people=True)


def _person_line(row: Mapping[str, Any]) -> Line:
    counts = [row[f"n_{part}"] for part in COUNTS]
    line = _counted(row["person_id"], row["person__name"], counts, Level(row["level"]).label)
    return replace(line, level=row["level"])
