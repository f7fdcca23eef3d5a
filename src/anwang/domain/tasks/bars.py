"""Who used the time: the hops of a task from its issuer to a person, as stretches of one line of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .budget import Hop, kept_over


@dataclass(frozen=True, slots=True)
class Leg:
    """One hop: who had it, what it was given, until when it stayed there (`left` None: it is still there)."""

    name: str
    level: str
    hop: Hop
    left: date | None
    handed: bool

    def held(self, today: date) -> int:
        """Days that it stayed there, up to today."""
        return max(0, ((self.left or today) - self.hop.arrived).days)

    def over(self, today: date) -> int:
        """Days kept beyond the share by a level that handed it down, or days beyond its deadline by the one who does
        the work."""
        until = self.left or today
        return kept_over(self.hop, until) if self.handed else max(0, (until - self.hop.due).days)


@dataclass(frozen=True, slots=True)
class Bar:
    """A leg on the common scale: per mille of its width from the left; days `held`, and `over` what it was allowed."""

    leg: Leg
    held: int
    over: int
    start: int
    width: int
    over_start: int
    over_width: int
    due: int


def bars(legs: Sequence[Leg], root_due: date, today: date) -> tuple[list[Bar], int]:
    """The legs as bars from the first arrival to the last day of all, and where the root deadline lies (‰)."""
    first = min(leg.hop.arrived for leg in legs)
    last = max([root_due, *(leg.left or today for leg in legs), *(leg.hop.due for leg in legs)])
    scale = max(1, (last - first).days)

    def at(day: date) -> int:
        return max(0, min(1000, (day - first).days * 1000 // scale))

    found = []
    for leg in legs:
        end = leg.left or today
        held, over = leg.held(today), leg.over(today)
        start, stop = at(leg.hop.arrived), at(max(leg.hop.arrived, end))
        part = (stop - start) * over // held if held else 0
        found.append(Bar(leg, held, over, start, max(4, stop - start - part), stop - part, part, at(leg.hop.due)))
    return found, at(root_due)
