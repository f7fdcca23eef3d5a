"""Opening the obligations of the periods that contain a day (N7), once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from anwang.domain.base import Actor
from anwang.domain.calendar import Period, local_day
from anwang.domain.duties import ledger
from anwang.domain.duties.opening import AssignmentSpan, Opening, OperatingSpan, obligations_to_open, periods_to_open
from anwang.domain.duties.rules import DutyRule
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Obligation, OpeningClock
from . import tally
from .handover import settle_changes

Report = Callable[[int, int, str], None]


@dataclass(slots=True)
class Opened:
    """What a run opened: obligations by period key, enterprises that operate and have no lead."""

    on: date
    by_period: dict[str, int] = field(default_factory=dict)
    without_lead: set[int] = field(default_factory=set)
    settled: dict[str, int] = field(default_factory=dict)

    @property
    def opened(self) -> int:
        return sum(self.by_period.values())


def open_duties(*, by: Actor, now: datetime, on: date | None = None, report: Report = lambda *_: None) -> Opened:
    """Open what is owed on `on` (default: the day of `now`), and on the days since the last run. Idempotent.

    First hands over what changes of lead, status and place have moved; then opens every cadence (附件4 二–七).
    """
    day = on or local_day(now)
    result = Opened(day)
    policy = policies.current()
    with transaction.atomic():
        clock = _clock()
        since = clock.opened_until if clock.opened_until and clock.opened_until < day else day
        if day >= local_day(now):
            result.settled = settle_changes(by=by, now=now)
        rules = policy.duty_rules(day)
        periods = periods_to_open(rules, day, since)
        for number, period in enumerate(periods):
            report(number, len(periods), period.key)
            result.by_period[period.key] = _open_period(period, rules, now, policy.version, result.without_lead)
        if clock.opened_until is None or clock.opened_until < day:
            OpeningClock.objects.filter(id=clock.id).update(opened_until=day)
        counts = {key: count for key, count in result.by_period.items() if count}
        audit.record(by=by, now=now, action="duties.open", on=day, opened=counts, without_lead=len(result.without_lead))
    report(len(periods), len(periods), "")
    return result


def _clock() -> OpeningClock:
    """The lock: a second scheduler waits here and then finds everything open."""
    OpeningClock.objects.get_or_create(id=1)
    return OpeningClock.objects.select_for_update().get(id=1)


def _open_period(period: Period, rules: Iterable[DutyRule], now: datetime, version: str, without_lead: set[int]) -> int:
    spans = map(AssignmentSpan._make, assignments.lead_spans(period.first, period.end))
    operating = map(OperatingSpan._make, enterprises.operating_spans(period.first, period.end))
    found = obligations_to_open(period, rules, spans, operating)
    without_lead.update(found.without_lead)
    known = set(
        Obligation.objects.filter(period=period.key).values_list("enterprise_id", "rule").iterator(chunk_size=10000)
    )
    new = [opening for opening in found.openings if (opening.enterprise, opening.rule_code) not in known]
    if not new:
        return 0
    rows = _rows(new, now, version)
    Obligation.objects.bulk_create(rows, batch_size=2000)
    tally.apply(ledger.collect(map(tally.ledger_row, rows)))
    return len(rows)


def _rows(openings: list[Opening], now: datetime, version: str) -> list[Obligation]:
    standing = enterprises.standings(None if len(openings) > 900 else {each.enterprise for each in openings})
    levels = grid.post_levels({each.post for each in openings})
    return [
        Obligation(
            enterprise_id=each.enterprise, rule=each.rule_code, period=each.period.key,
            county=standing[each.enterprise].county, township=standing[each.enterprise].township,
            person_id=each.person, post_id=each.post, level=levels[each.post],
            start=each.start, due=each.due, miss=each.miss, policy_version=version, opened_at=now,
        )
        for each in openings
    ]  # fmt: skip
