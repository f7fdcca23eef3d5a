"""The leader's first page: what a leader can act on today, then the units below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.base import Actor
from anwang.features.statistics.queries import Line, Notable, Span, TableView, exceptions, span_of, unit_table


@dataclass(frozen=True, slots=True)
class LeaderHome:
    """The quarter, the table of the units below, and at most three exceptions."""

    span: Span
    table: TableView
    exceptions: list[Notable]

    @property
    def lines(self) -> list[Line]:
        """The units or persons that owe something this quarter."""
        return [line for line in self.table.lines if line.expected or line.waived]


def leader_home(actor: Actor, *, day: date) -> LeaderHome:
    """This quarter of the actor's unit, from the tally."""
    span = span_of("", day)
    table = unit_table(actor.unit or 0, span=span, today=day)
    return LeaderHome(span, table, exceptions(actor, table, today=day))
