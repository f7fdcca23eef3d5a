"""The tally of duties and the one definition of what a row of obligations adds to it.

An action computes the change of a row and adds it in the same transaction; `verify` collects all rows and compares.
Both come from `entry`, so they cannot drift apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from anwang.domain.calendar import Period
from anwang.domain.duties.span import is_task


class TallyKey(NamedTuple):
    """One row of the tally; `county` and `township` are the facts' plain integer columns, `period` is the key.

    `due` is in the key because a newcomer's may differ from the rest of the period: what is expected, not done and due
    before a day is overdue on that day, without asking the rows.
    """

    county: int
    township: int
    rule: str
    period: str
    due: date

    @property
    def month(self) -> str:
        """The month in which the period ends, `2026-11`: under it the monthly statistics (四.2) count the row.

        A task (附件4.8) has no period: it counts in the month of its last day.
        """
        return self.due.isoformat()[:7] if is_task(self.period) else due_month(self.period)


class Tally(NamedTuple):
    """Counts, or changes of counts. `expected` leaves out the waived; `done` includes the `late` ones."""

    expected: int = 0
    done: int = 0
    late: int = 0
    waived: int = 0

    def plus(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    def minus(self, other: Tally) -> Tally:
        return Tally(*(a - b for a, b in zip(self, other, strict=True)))

    @property
    def in_time(self) -> int:
        return self.done - self.late

    @property
    def not_done(self) -> int:
        """Not done yet: overdue when the key's `due` is past, else still to come."""
        return self.expected - self.done


class LedgerRow(NamedTuple):
    """What the tally sees of an obligation. A waived row is never done."""

    county: int
    township: int
    rule: str
    period: str
    due: date
    done: bool = False
    late: bool = False
    waived: bool = False


Deltas = dict[TallyKey, Tally]


class Change(NamedTuple):
    """A row after an act and what the act adds to the tally; keys that do not change are left out."""

    after: LedgerRow
    deltas: Deltas


def entry(row: LedgerRow) -> tuple[TallyKey, Tally]:
    """Where one row counts and what it adds there as it stands: the definition of every total."""
    key = TallyKey(row.county, row.township, row.rule, row.period, row.due)
    if row.waived:
        return key, Tally(waived=1)
    return key, Tally(1, int(row.done), int(row.done and row.late))


def collect(rows: Iterable[LedgerRow]) -> Deltas:
    """The tally of many rows: what opening them adds, and what `verify` compares with the stored one."""
    total: Deltas = {}
    for (key, tally), times in Counter(map(entry, rows)).items():
        total[key] = total.get(key, NOTHING).plus(Tally(*(part * times for part in tally)))
    return total


def combine(changes: Iterable[Mapping[TallyKey, Tally]]) -> Deltas:
    """The sum of several changes, without the keys that come to nothing."""
    total: Deltas = {}
    for deltas in changes:
        for key, tally in deltas.items():
            total[key] = total.get(key, NOTHING).plus(tally)
    return {key: tally for key, tally in total.items() if tally != NOTHING}


NOTHING = Tally()


def open_row(row: LedgerRow) -> Change:
    """+1 expected."""
    return Change(row, collect([row]))


def fulfil(row: LedgerRow, late: bool) -> Change:
    """+1 done (+1 late); ValueError when done or waived already."""
    _require(not row.done and not row.waived, "done or waived already")
    return _change(row, row._replace(done=True, late=late))


def unfulfil(row: LedgerRow) -> Change:
    """-1 done (-1 late), when a record is withdrawn; ValueError when not done."""
    _require(row.done, "not done")
    return _change(row, row._replace(done=False, late=False))


def waive(row: LedgerRow) -> Change:
    """-1 expected, +1 waived; ValueError when done or waived already."""
    _require(not row.done and not row.waived, "done or waived already")
    return _change(row, row._replace(waived=True))


def unwaive(row: LedgerRow) -> Change:
    """+1 expected, -1 waived; ValueError when not waived."""
    _require(row.waived, "not waived")
    return _change(row, row._replace(waived=False))


def move(row: LedgerRow, county: int, township: int) -> Change:
    """Take a row from one place to another; nothing is lost and nothing counted twice."""
    return _change(row, row._replace(county=county, township=township))


def extend(row: LedgerRow, due: date) -> Change:
    """Give a row another last day: the grace of a successor (`handover.hand_over`)."""
    return _change(row, row._replace(due=due))


class Mismatch(NamedTuple):
    """A key at which the stored tally is not what the rows add up to."""

    key: TallyKey
    counted: Tally
    stored: Tally


def mismatches(counted: Mapping[TallyKey, Tally], stored: Mapping[TallyKey, Tally]) -> list[Mismatch]:
    """Where Σ rows and the stored tally differ, in order of key; none is the invariant. A stored zero is no fault."""
    keys = counted.keys() | stored.keys()
    found = (Mismatch(key, counted.get(key, NOTHING), stored.get(key, NOTHING)) for key in keys)
    return sorted(each for each in found if each.counted != each.stored)


@lru_cache(maxsize=4096)
def due_month(period: str) -> str:
    """The key of the month in which a period ends, from the period's key; the grace of a newcomer does not move it."""
    return Period.parse(period).last.isoformat()[:7]


def _change(before: LedgerRow, after: LedgerRow) -> Change:
    key, tally = entry(before)
    return Change(after, combine([{key: NOTHING.minus(tally)}, dict([entry(after)])]))


def _require(holds: bool, fault: str) -> None:
    if not holds:
        raise ValueError(f"the obligation is {fault}")
