"""Opening the obligations of the periods that contain a day (N7), once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count

from anwang.domain.base import Actor, Report
from anwang.domain.calendar import Period, local_day
from anwang.domain.duties import ledger
from anwang.domain.duties.due import period_kind
from anwang.domain.duties.opening import AssignmentSpan, OperatingSpan, obligations_to_open, periods_to_open
from anwang.domain.duties.rules import DutyRule
from anwang.features.assignments import actions as binding
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Obligation, OpeningClock
from . import tally
from .handover import FEW, settle_changes
from .inserting import insert_openings


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

    First ends the assignments whose post or enterprise has gone, and hands over what changes of lead, status and place
    have moved; then opens every cadence (附件4 二–七).
    """
    day = on or local_day(now)
    result = Opened(day)
    policy = policies.current()
    with transaction.atomic():
        clock = _clock()
        since = clock.opened_until if clock.opened_until and clock.opened_until < day else day
        if day >= local_day(now):
            ended = binding.settle(by=by, now=now)["ended"]
            result.settled = {**settle_changes(by=by, now=now), **({"ended": ended} if ended else {})}
        rules = policy.duty_rules(day)
        periods = periods_to_open(rules, day, since)
        spans = Spans.of(periods) if periods else Spans([], [])
        for number, period in enumerate(periods):
            report(number, len(periods), period.key)
            result.by_period[period.key] = _open_period(period, rules, spans, now, policy.version, result.without_lead)
        if result.opened and day >= local_day(now):
            _hand_to_deputies(by, now, day, result)
        if clock.opened_until is None or clock.opened_until < day:
            OpeningClock.objects.filter(id=clock.id).update(opened_until=day)
        counts = {key: count for key, count in result.by_period.items() if count}
        audit.record(by=by, now=now, action="duties.open", on=day, opened=counts, without_lead=len(result.without_lead))
    report(len(periods), len(periods), "")
    return result


def _hand_to_deputies(by: Actor, now: datetime, day: date, result: Opened) -> None:
    """What was opened just now and falls due while a lead is on leave goes to the deputy at once."""
    away = assignments.deputies(on=day)
    if away:
        for name, count in settle_changes(by=by, now=now, only=list(away)).items():
            result.settled[name] = result.settled.get(name, 0) + count


def _clock() -> OpeningClock:
    """The lock: a second scheduler waits here and then finds everything open."""
    OpeningClock.objects.get_or_create(id=1)
    return OpeningClock.objects.select_for_update().get(id=1)


def _open_period(
    period: Period, rules: Iterable[DutyRule], spans: Spans, now: datetime, version: str, without_lead: set[int]
) -> int:
    operating = spans.operating_in(period, _complete(period, rules))
    if not operating:
        return 0
    wanted = {span.enterprise for span in operating}
    found = obligations_to_open(period, rules, (lead for lead in spans.leads if lead.enterprise in wanted), operating)
    without_lead.update(found.without_lead)
    rows = Obligation.objects.filter(period=period.key).values_list("enterprise_id", "rule")
    known = set(rows.iterator(chunk_size=10000))
    new = [opening for opening in found.openings if (opening.enterprise, opening.rule_code) not in known]
    if not new:
        return 0
    standing = enterprises.standings(None if len(new) > FEW else {each.enterprise for each in new})
    insert_openings(new, standing, grid.post_levels({each.post for each in new}), now, version)
    places = ((standing[each.enterprise], each) for each in new)
    tally.apply(
        ledger.collect(
            ledger.LedgerRow(place.county, place.township, each.rule_code, each.period.key, each.due)
            for place, each in places
        )
    )
    return len(new)


def _complete(period: Period, rules: Iterable[DutyRule]) -> set[int]:
    """Enterprises that have every duty of the period already: nothing is left to open for them."""
    codes = {rule.code for rule in rules if period_kind(rule) is period.kind}
    counted = Obligation.objects.filter(period=period.key).values("enterprise_id").annotate(n=Count("id"))
    return set(counted.filter(n__gte=len(codes)).values_list("enterprise_id", flat=True))


@dataclass(frozen=True, slots=True)
class Spans:
    """Who led and what operated on the days of all periods that are opened now; read once."""

    leads: list[AssignmentSpan]
    operating: list[OperatingSpan]

    @classmethod
    def of(cls, periods: Sequence[Period]) -> Spans:
        """The spans that touch one of the periods."""
        first, end = min(period.first for period in periods), max(period.end for period in periods)
        return cls(
            [AssignmentSpan._make(row) for row in assignments.lead_spans(first, end)],
            [OperatingSpan._make(row) for row in enterprises.operating_spans(first, end)],
        )

    def operating_in(self, period: Period, complete: set[int]) -> list[OperatingSpan]:
        """The spans that touch a period, without the enterprises that have all their duties."""
        return [
            span for span in self.operating
            if span.enterprise not in complete and span.start < period.end
            and (span.end is None or period.first < span.end)
        ]  # fmt: skip
