"""The records that the people of a demonstration made in a half-month: calls, visits, attempts, all by the seed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.duties.rules import DutyRule, Form
from anwang.domain.policy import Policy
from anwang.features.duties.actions import ContactData, Entry, Received
from anwang.features.duties.queries import Owed

from .answers import answers, faulty, problem
from .chance import chance
from .conduct import LONGEST_DELAY, call_day, diligence, visits
from .stage import ZONE, Stage
from .words import LATE, UNREACHED

CALL = "N7.2"
FIRST_ASKED = "N7.1"


@dataclass(frozen=True, slots=True)
class _Half:
    """The half-month whose records are made, and what they are judged by."""

    stage: Stage
    period: Period
    policy: Policy
    gaps: frozenset[int]
    first: tuple[int, int]

    def rule(self, code: str, on: date) -> DutyRule:
        return self.policy.duty_rule(code, on)

    def keeps(self, row: Owed, dice: random.Random) -> bool:
        gap = row.county in self.gaps or row.township in self.gaps
        return dice.random() < diligence(self.stage.seed, row.person - self.first[1], row.township, gap)

    def number(self, row: Owed) -> int:
        """The enterprise counted from the first: keys differ between databases, this does not."""
        return row.enterprise - self.first[0]


def records_of(
    stage: Stage, period: Period, policy: Policy, rows: Iterable[Owed], gaps: frozenset[int], first: tuple[int, int]
) -> Iterator[Received]:
    """Records of a half-month for what is owed; nothing that would have arrived after the demonstration's now.

    `first` are the least keys of enterprises and of people.
    """
    half = _Half(stage, period, policy, gaps, first)
    for _, owed in groupby(rows, key=attrgetter("enterprise")):
        mine = list(owed)
        for each in (*_calls(half, mine), *_visits(half, mine)):
            if each.at <= stage.until:
                yield each


def _calls(half: _Half, owed: list[Owed]) -> Iterator[Received]:
    row = next((each for each in owed if each.rule == CALL and each.period == half.period.key), None)
    if row is None:
        return
    dice = chance(half.stage.seed, "call", half.number(row), half.period.key)
    day, kept, rule = call_day(dice, half.period), half.keeps(row, dice), half.rule(CALL, row.start)
    day = max(day, row.start)
    if dice.random() < (0.03 if kept else 0.25):
        yield _attempt(half, row, rule, dice, max(row.start, day - timedelta(days=2)))
    given = answers(rule, dice, day) | (problem(rule, dice) if dice.random() < 0.06 else {})
    form = Form.VIDEO if dice.random() < 0.2 else Form.CALL
    if kept:
        entries = [Entry(CALL, row.id, given)]
        if dice.random() < 0.02:
            asked = half.rule(FIRST_ASKED, day)
            entries.append(Entry(FIRST_ASKED, None, answers(asked, dice, day)))
        yield _record(half, row, dice, day, form, entries)
    elif dice.random() < 0.15:
        yield _record(half, row, dice, day, form, [Entry(CALL, row.id, faulty(rule, given, dice))])


def _attempt(half: _Half, row: Owed, rule: DutyRule, dice: random.Random, day: date) -> Received:
    """A call that reached nobody: kept, never counted."""
    given = answers(rule, dice, day) | {"reached": "no"}
    entries = [Entry(CALL, row.id, given)]
    return _record(half, row, dice, day, Form.CALL, entries, reached=False, note=dice.choice(UNREACHED))


def _visits(half: _Half, owed: list[Owed]) -> Iterator[Received]:
    """The visits whose day lies in this half-month: of its quarter, and the late ones of the quarter before."""
    if not any(each.rule != CALL for each in owed):
        return
    stage, first = half.stage, half.period.first
    quarter = Period.containing(PeriodKind.QUARTER, first)
    before = Period.containing(PeriodKind.QUARTER, quarter.first - timedelta(days=1))
    late = [before] if first < quarter.first + timedelta(days=LONGEST_DELAY) and before.last >= stage.start else []
    for each in (*late, quarter):
        for number, visit in enumerate(visits(stage.seed, half.number(owed[0]), each, stage.start)):
            if half.period.first <= visit.on <= half.period.last:
                yield from _visit(half, owed, each, visit.on, visit.rules, number)


def _visit(
    half: _Half, owed: list[Owed], quarter: Period, day: date, codes: tuple[str, ...], number: int
) -> Iterator[Received]:
    rows = [r for r in owed if r.rule in codes and Period.parse(r.period).last >= quarter.last and r.start <= day]
    rows = [r for r in rows if Period.parse(r.period).first <= quarter.last]
    if not rows:
        return
    dice = chance(half.stage.seed, "visit", half.number(rows[0]), quarter.key, number)
    entries = []
    for row in rows:
        if not half.keeps(row, dice):
            continue
        rule = half.rule(row.rule, row.start)
        given = answers(rule, dice, day)
        entries.append(Entry(row.rule, row.id, faulty(rule, given, dice) if dice.random() < 0.015 else given))
    if entries:
        yield _record(half, rows[0], dice, day, Form.ON_SITE, entries, late=day > min(r.due for r in rows))


def _record(
    half: _Half, row: Owed, dice: random.Random, day: date, form: Form, entries: list[Entry], *,
    late: bool = False, reached: bool = True, note: str = "",
) -> Received:  # fmt: skip
    at = time(dice.randint(8, 17), dice.randrange(60))
    captured = datetime.combine(day, at, tzinfo=ZONE) + timedelta(minutes=dice.randint(2, 50))
    arrived = captured + (timedelta(hours=dice.randint(14, 60)) if dice.random() < 0.05 else timedelta(seconds=20))
    late = late or day > row.due or arrived.date() > row.due
    data = ContactData(
        client_id=UUID(int=dice.getrandbits(128), version=4), enterprise=row.enterprise, person=row.person, form=form,
        occurred_on=day, entries=tuple(entries), occurred_at=at, on_site=form is Form.ON_SITE, reached=reached,
        with_whom="企业主要负责人" if dice.random() < 0.75 else "安全负责人", note=note,
        late_reason=dice.choice(LATE) if late else "", channel="sheet" if dice.random() < 0.06 else "web",
        captured_at=captured,
    )  # fmt: skip
    return Received(data, arrived, row.post)
