"""When a duty of a period begins, falls due and is missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.duties.rules import Cadence, DutyRule


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The three days that are frozen on an obligation's row, in Asia/Shanghai.

    `start`: first day on which it can be done. `due`: last day on which it is done in time, to 23:59:59.
    `miss`: first day on which it counts as missed; records of work done in time may still arrive between `due` and it.
    `grace`: the newcomer's grace moved `due` past the end of the period.
    """

    start: date
    due: date
    miss: date
    grace: bool = False


def period_kind(rule: DutyRule) -> PeriodKind | None:
    """The kind of period in which a rule falls due, None on demand."""
    return None if rule.cadence is Cadence.ON_DEMAND else PeriodKind(rule.cadence.value)


def deadlines(rule: DutyRule, period: Period, assigned_on: date | None = None) -> Deadlines:
    """The deadlines of a rule in a period for a person responsible since `assigned_on` (None: since before it began).

    The deadline stays where the notice puts it, on the last day of the period, workday or not. A newcomer who starts in
    the last `grace_days` days of the period gets `grace_days` days from the day of starting, that day included, so the
    work of a period may be due some days after its end; it is extended, never waived, and the enterprise stays served.
    """
    start = period.first if assigned_on is None else max(period.first, assigned_on)
    due = newcomer_due(rule, period.last, start)
    return Deadlines(start, due, miss_day(rule, due), grace=due > period.last)


def newcomer_due(rule: DutyRule, due: date, assigned_on: date) -> date:
    """The later of a deadline and the end of the grace of a person who takes over on `assigned_on`."""
    return max(due, assigned_on + timedelta(days=rule.grace_days - 1))


def miss_day(rule: DutyRule, due: date) -> date:
    """The first day on which an obligation due on `due` counts as missed."""
    return due + timedelta(days=1 + rule.late_window_days)
