"""Looking at what arrived since the last look. Looking twice finds the same; nothing is found in an absence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Report
from anwang.domain.calendar import Period, PeriodKind, local_day
from anwang.domain.hints.rules import HintRules
from anwang.features.audit import actions as audit
from anwang.features.duties.queries.seeing import Seen, arrived
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Hint, Look
from .photos import photo_hints
from .records import Proposal, record_hints

#: The first look goes back so far; records committed while a look was running are met by the next one.
FIRST_LOOK, OVERLAP = timedelta(days=31), timedelta(hours=6)
PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Found:
    """How many records were looked at, and how many new hints of each kind there are."""

    looked: int
    kinds: dict[str, int]


def find_hints(*, by: Actor, now: datetime, report: Report = lambda *_: None) -> Found:
    """Look at the records that arrived since the last look. People are taken in groups, each in a transaction."""
    look = Look.objects.first()
    since = look.until - OVERLAP if look else now - FIRST_LOOK
    fresh: dict[int, list[Seen]] = defaultdict(list)
    for row in arrived(since, now):
        fresh[row.person].append(row)
    people, rules = sorted(fresh), policies.current().hints(local_day(now))
    kinds: Counter[str] = Counter()
    for start in range(0, len(people), PEOPLE):
        report(start, len(people), "核对记录")
        part = {person: fresh[person] for person in people[start : start + PEOPLE]}
        kinds += _look(by, now, part, rules)
    _done(now)
    report(len(people), len(people), "完成")
    return Found(sum(map(len, fresh.values())), dict(kinds))


@transaction.atomic
def _look(by: Actor, now: datetime, fresh: dict[int, list[Seen]], rules: HintRules) -> Counter[str]:
    rows = {row.id: row for mine in fresh.values() for row in mine}
    proposals = [*record_hints(fresh, rules, _quarter(now)), *photo_hints(rows, rules)]
    new = _new(proposals)
    units = grid.units_of_people(fresh, on=local_day(now))
    Hint.objects.bulk_create(_hints(new, rows, units, now, rules), ignore_conflicts=True, batch_size=500)
    counties: dict[int, Counter[str]] = defaultdict(Counter)
    for each in new:
        counties[rows[each.record].county][each.kind] += 1
    for county, kinds in sorted(counties.items()):
        audit.record(by=by, now=now, action="hint.find", chain=county, kinds=dict(kinds))
    return Counter(each.kind.value for each in new)


def _quarter(now: datetime) -> Period:
    return Period.containing(PeriodKind.QUARTER, local_day(now))


def _new(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that are not there yet, each key once."""
    wanted = {each.key: each for each in proposals}
    known = set()
    keys = list(wanted)
    for start in range(0, len(keys), 500):
        known |= set(Hint.objects.filter(key__in=keys[start : start + 500]).values_list("key", flat=True))
    return [each for key, each in wanted.items() if key not in known]


def _hints(
    new: Iterable[Proposal], rows: dict[int, Seen], units: dict[int, int], now: datetime, rules: HintRules
) -> Iterator[Hint]:
    for each in new:
        row = rows[each.record]
        values: dict[str, Any] = {
            "unit": units.get(row.person, row.county * 10**6), "county": row.county, "person_id": row.person,
            "leader_from": local_day(now) + timedelta(days=rules.answer_days),
        }  # fmt: skip
        yield Hint(
            key=each.key, kind=each.kind, contact_id=each.record, other_id=each.other, evidence=each.evidence,
            found_at=now, **values,
        )  # fmt: skip


@transaction.atomic
def _done(now: datetime) -> None:
    if not Look.objects.update(until=now):
        Look.objects.create(until=now)
