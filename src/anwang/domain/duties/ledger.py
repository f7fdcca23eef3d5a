"""The tally of duties and the one definition of what a row of obligations adds to it.

An action computes the change of a row and adds it in the same transaction; `verify` collects all rows and compares.
Both come from `contributions`, so they cannot drift apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from anwang.domain.calendar import Period


class TallyKey(NamedTuple):
    """One row of the tally.

    `township` is the 9-digit place as an integer column of the facts, `period` the key of the rule's period. `month` is
    when it happened: for expected and waived the month in which the period ends, for done and late the month in which the work was
    done. Summed over months it gives a period's completion, summed over periods a month's activity (四.2).
    """

    township: int
    rule: str
    period: str
    month: str


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
        """Open or missed; which of the two depends on the day and is asked of the rows."""
        return self.expected - self.done


class LedgerRow(NamedTuple):
    """What the tally sees of an obligation. `done_on` None: not fulfilled. A waived row is never fulfilled."""

    township: int
    rule: str
    period: str
    done_on: date | None = None
    late: bool = False
    waived: bool = False


Deltas = dict[TallyKey, Tally]


class Change(NamedTuple):
    """A row after an act and what the act adds to the tally; keys that do not change are left out."""

    after: LedgerRow
    deltas: Deltas


def contributions(row: LedgerRow) -> list[tuple[TallyKey, Tally]]:
    """What one row adds to the tally as it stands: the definition of every total."""
    due = TallyKey(row.township, row.rule, row.period, due_month(row.period))
    if row.waived:
        return [(due, Tally(waived=1))]
    if row.done_on is None:
        return [(due, Tally(expected=1))]
    done = due._replace(month=month_of(row.done_on))
    if done == due:
        return [(due, Tally(1, 1, int(row.late)))]
    return [(due, Tally(expected=1)), (done, Tally(0, 1, int(row.late)))]


def collect(rows: Iterable[LedgerRow]) -> Deltas:
    """The tally of many rows: what opening them adds, and what `verify` compares with the stored one."""
    total: defaultdict[TallyKey, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        for key, tally in contributions(row):
            counts = total[key]
            for i, count in enumerate(tally):
                counts[i] += count
    return {key: Tally(*counts) for key, counts in total.items()}


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


def fulfil(row: LedgerRow, done_on: date, late: bool) -> Change:
    """+1 done (+1 late) in the month of doing; ValueError when fulfilled or waived already."""
    _require(row.done_on is None and not row.waived, "fulfilled or waived already")
    return _change(row, row._replace(done_on=done_on, late=late))


def unfulfil(row: LedgerRow) -> Change:
    """Take a fulfilment back, from the month in which it was counted; ValueError when there is none."""
    _require(row.done_on is not None, "not fulfilled")
    return _change(row, row._replace(done_on=None, late=False))


def waive(row: LedgerRow) -> Change:
    """-1 expected, +1 waived; ValueError when fulfilled or waived already."""
    _require(row.done_on is None and not row.waived, "fulfilled or waived already")
    return _change(row, row._replace(waived=True))


def unwaive(row: LedgerRow) -> Change:
    """+1 expected, -1 waived; ValueError when not waived."""
    _require(row.waived, "not waived")
    return _change(row, row._replace(waived=False))


def move(row: LedgerRow, township: int) -> Change:
    """Take a row from one township to another; nothing is lost and nothing counted twice."""
    return _change(row, row._replace(township=township))


class Mismatch(NamedTuple):
    """A key at which the stored tally is not what the rows add up to."""

    key: TallyKey
    counted: Tally
    stored: Tally


def mismatches(counted: Mapping[TallyKey, Tally], stored: Mapping[TallyKey, Tally]) -> list[Mismatch]:
    """Where Σ rows and the stored tally differ, in order of key; empty is the invariant. A stored zero row is no fault."""
    found = (
        Mismatch(key, counted.get(key, NOTHING), stored.get(key, NOTHING)) for key in counted.keys() | stored.keys()
    )
    return sorted(each for each in found if each.counted != each.stored)


@lru_cache(maxsize=4096)
def due_month(period: str) -> str:
    """The key of the month in which a period ends; the grace of a newcomer does not move it."""
    return month_of(Period.parse(period).last)


def month_of(day: date) -> str:
    """The key of a day's month."""
    return f"{day.year:04d}-{day.month:02d}"


def _change(before: LedgerRow, after: LedgerRow) -> Change:
    taken = {key: NOTHING.minus(tally) for key, tally in contributions(before)}
    return Change(after, combine([taken, dict(contributions(after))]))


def _require(holds: bool, fault: str) -> None:
    if not holds:
        raise ValueError(f"the obligation is {fault}")
