"""The leader's first page: what a leader can act on today, then the units below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.base import Actor
from anwang.features.statistics.queries import Line, Notable, Span, TableView, exceptions, span_of, unit_table

#: As many units or persons as a phone shows without getting lost; the table has them all.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class LeaderHome:
    """The quarter, the table of the units below, and at most three exceptions."""

    span: Span
    table: TableView
    exceptions: list[Notable]

    @property
    def lines(self) -> list[Line]:
        """The units or persons that owe something this quarter; of many, those with the most overdue."""
        owing = [line for line in self.table.lines if line.expected or line.waived]
        return owing if len(owing) <= SHOWN else sorted(owing, key=lambda line: -line.overdue)[:SHOWN]


def leader_home(actor: Actor, *, day: date) -> LeaderHome:
    """This quarter of the actor's unit, from the tally."""
    span = span_of("", day)
    table = unit_table(actor.unit or 0, span=span, today=day)
    return LeaderHome(span, table, exceptions(actor, table, today=day))
