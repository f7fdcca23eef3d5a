"""What changes of lead, status or place do to the duties that are still open: each moves once, with a trace (B2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import Period, local_day
from anwang.domain.duties import ledger
from anwang.domain.duties.handover import Held, hand_over
from anwang.domain.duties.status import ObligationView
from anwang.features.assignments import queries as assignments
from anwang.features.assignments.queries.standing import leads_on
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from ..models import Obligation, Transfer
from . import tally

#: Below so many rows only their enterprises are read, above it all.
FEW = 900
STOPPED = {"suspended": gettext_noop("企业停产停业"), "closed": gettext_noop("企业关闭注销")}


def unsettled(day: date) -> QuerySet[Obligation]:
    """Neither done nor waived, and still possible in time."""
    return Obligation.objects.filter(done_at__isnull=True, waived_at__isnull=True, due__gte=day)


def strayed(day: date) -> QuerySet[Obligation]:
    """The unsettled ones whose enterprise stopped or moved, or whose person or post is not the lead's of the day.

    Compared inside the database: of 200,000 open duties only those that must change come out.
    """
    led = leads_on(day).filter(
        enterprise_id=OuterRef("enterprise_id"), person_id=OuterRef("person_id"), post_id=OuterRef("post_id")
    )
    moved = ~Q(county=F("enterprise__county"), township=F("enterprise__township"))
    return unsettled(day).filter(Q(enterprise__status__in=list(STOPPED)) | moved | ~Exists(led))


@transaction.atomic
def settle_changes(*, by: Actor, now: datetime) -> dict[str, int]:
    """Bring the open duties in line with today's leads, places and statuses. Idempotent.

    Returns counts: transferred, moved, waived, waiting (an enterprise that nobody leads: an orphan, blocking).
    """
    day = local_day(now)
    rows = list(strayed(day).select_for_update(of=("self",)))
    ids = {row.enterprise_id for row in rows} if len(rows) < FEW else None
    leads = assignments.leads(on=day, enterprises=ids) if rows else {}
    standing = enterprises.standings(ids) if rows else {}
    counts: Counter[str] = Counter()
    changes: list[Mapping[ledger.TallyKey, ledger.Tally]] = []
    for row in rows:
        firm, lead = standing[row.enterprise_id], leads.get(row.enterprise_id)
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
            changes.append(
                _transfer(row, lead.person_id, lead.post_id, lead.level, max(day, lead.valid_from), by, now, "")
            )
            counts["transferred"] += 1
        elif lead.post_id != row.post_id:
            Obligation.objects.filter(id=row.id).update(post_id=lead.post_id, level=lead.level)
    tally.apply(ledger.combine(changes))
    if any(counts[key] for key in ("transferred", "moved", "waived")):
        audit.record(by=by, now=now, action="duties.settle", counts=dict(counts))
    return dict(counts)


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
    held = Held(row.id, row.person_id, rule, Period.parse(row.period).last, view)
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
