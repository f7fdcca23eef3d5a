"""Taking a proposed plan over, and giving it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from anwang.adapters.bulk import insert_many
from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from .. import permissions, queries
from ..models import OPEN_STATES, Adoption, State, Visit
from ..queries import season
from ..queries.proposing import Proposal
from .docket import hold

#: Above so many enterprises all standings are read.
FEW = 5_000
COLUMNS = (
    "enterprise_id", "county", "township", "person_id", "form", "day", "half", "duties", "purpose", "party", "state",
    "reason", "adoption_id", "created_at", "created_by", "announced_by",
)  # fmt: skip


@transaction.atomic
def adopt(*, by: Actor, now: datetime, person: int, until: date, digest: str) -> Adoption:
    """Take the plan over that was shown: its stops become planned visits in place of those planned before.

    Announced visits stay. Refusals: not_yours, plan_dates, plan_changed (the facts have moved since it was shown),
    plan_empty.
    """
    visible = grid.person_for(by, person) is not None
    insist(permissions.may_plan(by, person, visible))
    today = local_day(now)
    if not today <= until <= today + season.LONGEST:
        raise Refusal("plan_dates", gettext_noop("计划的截止日应在今天之后、%(n)s 天之内。"), n=season.LONGEST.days)
    proposal = queries.propose(person, today=today, until=until)
    if proposal.digest != digest:
        raise Refusal("plan_changed", gettext_noop("职责或企业的安排有了变化，计划已重新编排，请看过后再采用。"))
    if not proposal.stops:
        raise Refusal("plan_empty", gettext_noop("这段时间没有需要安排的联系。"))
    return _adopt(by, now, [proposal])[0]


@transaction.atomic
def adopt_many(*, by: Actor, now: datetime, proposals: Sequence[Proposal]) -> list[Adoption]:
    """Take many plans over at once: a unit's, by its office or leader, or an operator's. Refusal: not_yours."""
    if not by.has(*permissions.LINE):
        raise Refusal.of(permissions.may_plan(by, None, False))
    return _adopt(by, now, [each for each in proposals if each.stops])


def _adopt(by: Actor, now: datetime, proposals: Sequence[Proposal]) -> list[Adoption]:
    hold(stop.enterprise for proposal in proposals for stop in proposal.stops)
    made = Adoption.objects.bulk_create([_row(by, now, each) for each in proposals])
    ids = {stop.enterprise for each in proposals for stop in each.stops}
    standing = enterprises.standings(ids if len(ids) < FEW else None)
    for adoption in made:
        planned = Visit.objects.filter(person_id=adoption.person_id, state=State.PLANNED, day__gte=adoption.first)
        planned = planned.filter(adoption__isnull=False)
        planned.update(
            state=State.CANCELLED, reason=gettext_noop("重新编排"), replaced_by=adoption, closed_at=now
        )  # fmt: skip
    rows = (
        (stop.enterprise, standing[stop.enterprise].county, standing[stop.enterprise].township, adoption.person_id,
         stop.form, stop.day, "", [[duty.rule, duty.period] for duty in stop.duties], "", 1, State.PLANNED, "",
         adoption.id, now, by.name, "")
        for adoption, proposal in zip(made, proposals, strict=True) for stop in proposal.stops if not stop.kept
    )  # fmt: skip
    insert_many(Visit, COLUMNS, rows)
    for adoption in made:
        audit.record(
            by=by, now=now, action="visits.adopt", target=f"adoption:{adoption.id}", person=adoption.person_id,
            until=adoption.until, contacts=adoption.contacts, records=adoption.records,
        )  # fmt: skip
    return made


def _row(by: Actor, now: datetime, proposal: Proposal) -> Adoption:
    return Adoption(
        person_id=proposal.person, first=proposal.first, until=proposal.until, contacts=proposal.contacts,
        records=proposal.records, lower_bound=proposal.lower_bound, missed=len(proposal.impossible), adopted_at=now,
        adopted_by=by.name,
    )  # fmt: skip


@transaction.atomic
def undo_adoption(*, by: Actor, now: datetime, adoption_id: int) -> Adoption:
    """Give a plan back: what it planned and nobody announced goes, what it replaced stands again.

    Refusals: not_found, not_yours, plan_undone, plan_newer (a later plan stands on it).
    """
    row = queries.adoption(adoption_id)
    if row is None:
        raise Refusal("not_found", gettext_noop("没有找到这份计划。"))
    insist(permissions.may_plan(by, row.person_id, grid.person_for(by, row.person_id) is not None))
    if not Adoption.objects.filter(id=row.id, undone_at__isnull=True).update(undone_at=now):
        raise Refusal("plan_undone", gettext_noop("这份计划已经撤销。"))
    later = Adoption.objects.filter(person_id=row.person_id, id__gt=row.id, undone_at__isnull=True)
    if later.exists():
        raise Refusal("plan_newer", gettext_noop("之后又采用了新的计划，请先撤销那一份。"))
    hold(_touched(row))
    row.visits.filter(state=State.PLANNED).update(
        state=State.CANCELLED, reason=gettext_noop("撤销计划"), closed_at=now
    )  # fmt: skip
    row.replaced.filter(day__gte=local_day(now)).update(
        state=State.PLANNED, reason="", replaced_by=None, closed_at=None
    )  # fmt: skip
    audit.record(by=by, now=now, action="visits.adopt_undo", target=f"adoption:{row.id}", person=row.person_id)
    row.undone_at = now
    return row


def _touched(row: Adoption) -> Iterable[int]:
    planned = row.visits.filter(state__in=OPEN_STATES).values_list("enterprise_id", flat=True)
    return {*planned, *row.replaced.values_list("enterprise_id", flat=True)}
