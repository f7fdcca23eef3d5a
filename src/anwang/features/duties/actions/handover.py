"""What changes of lead, status or place do to the duties that are still open: each moves once, with a trace (B2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.duties import ledger
from anwang.domain.duties.handover import Held, hand_over
from anwang.domain.duties.span import span_of
from anwang.domain.duties.status import ObligationView
from anwang.features.assignments import queries as assignments
from anwang.features.assignments.queries.standing import deputies_on, leads_on
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from ..models import Obligation, Transfer
from . import tally

#: Below so many rows only their enterprises are read, above it all.
FEW = 900
STANDS_IN = gettext_noop("主包保人离岗，由代理人办理")
STOPPED = {"suspended": gettext_noop("企业停产停业"), "closed": gettext_noop("企业关闭注销")}


def unsettled(day: date) -> QuerySet[Obligation]:
    """Neither done nor waived, and still possible in time."""
    return Obligation.objects.filter(done_at__isnull=True, waived_at__isnull=True, due__gte=day)


def strayed(day: date) -> QuerySet[Obligation]:
    """The unsettled ones whose enterprise stopped or moved, or that are not in the right hands: those of the deputy for
    what falls due while the lead is on leave, else the lead's of the day.

    Compared inside the database: of 200,000 open duties only those that must change come out.
    """
    own = {"person_id": OuterRef("person_id"), "post_id": OuterRef("post_id")}
    led = leads_on(day).filter(enterprise_id=OuterRef("enterprise_id"), **own)
    moved = ~Q(county=F("enterprise__county"), township=F("enterprise__township"))
    wrong: Any = ~Exists(led)
    if deputies_on(day).exists():
        deputies = deputies_on(day).filter(enterprise_id=OuterRef("enterprise_id"))
        stands_in = Exists(deputies.filter(valid_to__gt=OuterRef("due")))
        wrong = ~Exists(deputies.filter(**own)) & (stands_in | wrong)
    return unsettled(day).filter(Q(enterprise__status__in=list(STOPPED)) | moved | wrong)


@transaction.atomic
def settle_changes(
    *, by: Actor, now: datetime, only: Collection[int] | None = None, reason: str = ""
) -> dict[str, int]:
    """Bring the open duties in line with today's leads, deputies, places and statuses. Idempotent. `only` are some
    enterprises; `reason` stands on the traces instead of the usual words.

    Returns counts: transferred, moved, waived, waiting (an enterprise that nobody leads: an orphan, blocking).
    """
    day = local_day(now)
    stray = strayed(day) if only is None else strayed(day).filter(enterprise_id__in=list(only))
    rows = list(stray.select_for_update(of=("self",)))
    ids = {row.enterprise_id for row in rows} if len(rows) < FEW else None
    holders = _Holders.on(day, ids) if rows else _Holders({}, {})
    standing = enterprises.standings(ids) if rows else {}
    counts: Counter[str] = Counter()
    changes: list[Mapping[ledger.TallyKey, ledger.Tally]] = []
    for row in rows:
        firm, (lead, why) = standing[row.enterprise_id], holders.of(row)
        if firm.status in STOPPED:
            changes.append(_waive(row, STOPPED[firm.status], by, now))
            counts["waived"] += 1
            continue
        if (firm.county, firm.township) != (row.county, row.township):
            changes.append(_move(row, firm.county, firm.township))
            counts["moved"] += 1
        if lead is None:
            counts["waiting"] += 1
        elif lead.person_id != row.person_id:
            since = max(day, lead.valid_from)
            changes.append(_transfer(row, lead.person_id, lead.post_id, lead.level, since, by, now, reason or why))
            counts["transferred"] += 1
        elif lead.post_id != row.post_id:
            Obligation.objects.filter(id=row.id).update(post_id=lead.post_id, level=lead.level)
    tally.apply(ledger.combine(changes))
    if any(counts[key] for key in ("transferred", "moved", "waived")):
        audit.record(by=by, now=now, action="duties.settle", counts=dict(counts))
    return dict(counts)


@dataclass(frozen=True, slots=True)
class _Holders:
    """Who answers for the duties of enterprises on a day: leads, and deputies of leads on leave."""

    leads: dict[int, Any]
    deputies: dict[int, Any]

    @classmethod
    def on(cls, day: date, ids: set[int] | None) -> _Holders:
        return cls(assignments.leads(on=day, enterprises=ids), assignments.deputies(on=day, enterprises=ids))

    def of(self, row: Obligation) -> tuple[Any, str]:
        """The assignment that the duty belongs to, and why it would change hands; None when nobody leads."""
        deputy = self.deputies.get(row.enterprise_id)
        if deputy and (row.due < deputy.valid_to or row.person_id == deputy.person_id):
            return deputy, STANDS_IN
        return self.leads.get(row.enterprise_id), ""


def move_units(
    *, by: Actor, now: datetime, on: date, mapping: Mapping[int, int], posts: Mapping[int, int]
) -> dict[str, int]:
    """After a re-gridding: open duties follow their enterprises and posts, once; closed periods keep their codes."""
    return settle_changes(by=by, now=now)


@transaction.atomic
def transfer(*, by: Actor, now: datetime, ids: list[int], to_person: int, to_post: int, level: str, reason: str) -> int:
    """Hand open duties to another person by hand. Returns how many moved."""
    changes = []
    for row in unsettled(local_day(now)).select_for_update().filter(id__in=ids).exclude(person_id=to_person):
        changes.append(_transfer(row, to_person, to_post, level, local_day(now), by, now, reason))
    tally.apply(ledger.combine(changes))
    audit.record(
        by=by, now=now, action="duties.transfer", target=f"person:{to_person}", obligations=len(changes), reason=reason
    )
    return len(changes)


def _transfer(
    row: Obligation, person: int, post: int, level: str, on: date, by: Actor, now: datetime, reason: str
) -> ledger.Deltas:
    rule = policies.current().duty_rule(row.rule, row.start)
    view = ObligationView(row.start, row.due, row.miss)
    held = Held(row.id, row.person_id, rule, span_of(row.period, row.start, row.due).last, view)
    moved = hand_over([held], row.person_id, person, on).transfers[0]
    reason = reason or gettext_noop("主包保人变更")
    Transfer.objects.create(
        obligation_id=row.id, from_person_id=row.person_id, to_person_id=person, at=now, by=by.name, reason=reason
    )
    change = ledger.extend(tally.ledger_row(row), moved.due)
    row.person_id, row.post_id, row.level, row.due, row.miss = person, post, level, moved.due, moved.miss
    Obligation.objects.filter(id=row.id).update(
        person_id=person, post_id=post, level=level, due=moved.due, miss=moved.miss
    )
    return change.deltas


def _move(row: Obligation, county: int, township: int) -> ledger.Deltas:
    change = ledger.move(tally.ledger_row(row), county, township)
    row.county, row.township = county, township
    Obligation.objects.filter(id=row.id).update(county=county, township=township)
    return change.deltas


def _waive(row: Obligation, reason: str, by: Actor, now: datetime) -> ledger.Deltas:
    change = ledger.waive(tally.ledger_row(row))
    Obligation.objects.filter(id=row.id).update(waived_at=now, waived_by=by.name, waive_reason=reason)
    return change.deltas
