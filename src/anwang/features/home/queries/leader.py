"""The leader's first page: what a leader can act on today, then the units below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.base import Actor
from anwang.features.assignments import queries as assignments
from anwang.features.statistics.queries import Line, Span, TableView, span_of, unit_table

AT_MOST = 3


@dataclass(frozen=True, slots=True)
class LeaderHome:
    """`exceptions` are the units below with the most duties past their last day; `uncovered` operate without a lead."""

    span: Span
    table: TableView
    exceptions: list[Line]
    uncovered: int

    @property
    def lines(self) -> list[Line]:
        """The units or persons that owe something this quarter."""
        return [line for line in self.table.lines if line.expected or line.waived]


def leader_home(actor: Actor, *, day: date) -> LeaderHome:
    """This quarter of the actor's unit, from the tally."""
    span = span_of("", day)
    table = unit_table(actor.unit or 0, span=span, today=day)
    behind = sorted((line for line in table.lines if line.overdue), key=lambda line: (-line.overdue, line.key))
    return LeaderHome(span, table, behind[:AT_MOST], assignments.uncovered(actor, on=day))
