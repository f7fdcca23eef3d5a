"""A year of duties: opened half-month by half-month, kept or not, waived here and there — and added up as in life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from anwang.domain.calendar import Period, PeriodKind, local_day, periods_between
from anwang.features.accounts import queries as accounts
from anwang.features.duties import actions as duties
from anwang.features.duties import queries as duty_queries
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from .chance import chance
from .conduct import LONGEST_DELAY
from .records import records_of
from .stage import Stage, moment
from .words import UNABLE, WAIVED

WAIVED_SHARE = 0.003
#: Where contacts lag behind: a county of the city, a township of a county.
GAPS = frozenset((371328, 371302110))
BATCH = 20_000


def past_periods(stage: Stage) -> Iterator[Period]:
    """The half-months from the first day to now."""
    end = local_day(stage.until) + timedelta(days=1)
    return periods_between(PeriodKind.HALF_MONTH, stage.start, end)


def live_through(stage: Stage, period: Period) -> dict[str, Any]:
    """Open what a half-month owes, waive a little, record what was done in it. Returns opened, contacts, counted."""
    begun = moment(max(period.first, stage.start), 9)
    opened = duties.open_duties(by=stage.by, now=begun, on=local_day(begun)).opened
    waived = _waive(stage, period)
    since = period.first - timedelta(days=LONGEST_DELAY + 1)
    rows = duty_queries.owed(start_until=period.last, due_from=since)
    made = list(records_of(stage, period, policies.current(), rows, GAPS, _first_keys()))
    counts = {"contacts": 0, "counted": 0}
    for start in range(0, len(made), BATCH):
        part = made[start : start + BATCH]
        done = duties.record_many(by=stage.by, now=max(each.at for each in part), records=part)
        counts["contacts"] += done["recorded"]
        counts["counted"] += done["counted"]
    return {"opened": opened, "waived": waived, **counts}


def _first_keys() -> tuple[int, int]:
    """The least keys of enterprises and of people."""
    return min(enterprises.standings(), default=0), min(accounts.people().values_list("id", flat=True), default=0)


def _waive(stage: Stage, period: Period) -> int:
    """A leader frees a few of the half-month's call, each with a reason."""
    dice = chance(stage.seed, "waive", period.key)
    rows = duty_queries.owed(start_until=period.last, due_from=period.first)
    chosen = [row.id for row in rows if row.period == period.key and dice.random() < WAIVED_SHARE]
    for key in chosen:
        now = min(moment(period.first, 10), stage.until)
        duties.waive(by=stage.by, now=now, obligation_id=key, reason=dice.choice(WAIVED))
    return len(chosen)


def explain_some(stage: Stage) -> dict[str, Any]:
    """暂无法完成: a few of what is overdue now has a reason beside it."""
    day, dice = local_day(stage.until), chance(stage.seed, "unable")
    rows = [row for row in duty_queries.owed(start_until=day, due_from=day - timedelta(days=35)) if row.due < day]
    chosen = dice.sample(rows, min(len(rows), max(1, len(rows) // 25)))
    for row in chosen:
        duties.say_unable(by=stage.by, now=stage.until, obligation_id=row.id, reason=dice.choice(UNABLE))
    return {"reasons": len(chosen)}
