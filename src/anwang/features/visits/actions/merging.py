"""Several supervisors' visits to one enterprise become one (四.4 不搞层层陪同)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import OPEN_STATES, Member, State, Visit
from .arranging import TAKEN
from .docket import hold


@transaction.atomic
def merge(*, by: Actor, now: datetime, stays: int, join: Sequence[int]) -> Visit:
    """The visits of `join` are given up: their people come along on the day of the one that stays.

    Whoever gives up a visit says so for the own one; the office or leader of the place for all. Refusals: not_found,
    not_yours, merge_other (another enterprise, or the same person), visits.party, visit_changed.
    """
    row = queries.find(stays, by=by) or _companion(stays, join, by)
    joining = [queries.find(key, by=by) for key in join]
    if row is None or not joining or any(each is None for each in joining):
        raise Refusal.of(permissions.may_change(by, None))
    gone = [each for each in joining if each is not None]
    for each in gone:
        insist(permissions.may_change(by, each.person_id))
    if any(each.enterprise_id != row.enterprise_id or each.person_id == row.person_id for each in gone):
        raise Refusal("merge_other", gettext_noop("只能合并不同人员对同一家企业的督导。"))
    hold([row.enterprise_id])
    most, party = queries.rules(row.day).party_size, row.party + sum(each.party for each in gone)
    if party > most:
        raise Refusal("visits.party", gettext_noop("一次督导最多 %(n)s 人，不搞层层陪同。"), n=most)
    _give_up(now, row, gone, party)
    audit.record(
        by=by, now=now, action="visits.merge", target=f"visit:{row.id}", chain=row.county,
        enterprise=row.enterprise_id, joined=[each.id for each in gone], day=row.day,
    )  # fmt: skip
    return row


def _companion(stays: int, join: Sequence[int], by: Actor) -> Visit | None:
    """Another supervisor's visit to an enterprise that the actor visits too."""
    own = Visit.objects.filter(id__in=list(join), person_id=by.person_id or 0).values("enterprise_id")
    return queries.with_names(Visit.objects.filter(id=stays, enterprise_id__in=own)).first()


def _give_up(now: datetime, row: Visit, gone: Sequence[Visit], party: int) -> None:
    kept = Visit.objects.filter(id=row.id, state__in=OPEN_STATES, party=row.party)
    given = Visit.objects.filter(id__in=[each.id for each in gone], state__in=OPEN_STATES)
    reason = gettext_noop("并入其他人的督导")
    changed = given.update(state=State.CANCELLED, reason=reason, merged_into=row, closed_at=now)
    if changed != len(gone) or not kept.update(party=party):
        raise Refusal(*TAKEN)
    Member.objects.bulk_create([Member(visit=row, person_id=each.person_id) for each in gone], ignore_conflicts=True)
    row.party = party


@transaction.atomic
def unmerge(*, by: Actor, now: datetime, stays: int) -> Visit:
    """Take a merge back: everybody has the own visit again. Refusals: not_found, not_yours, not_merged."""
    row = queries.find(stays, by=by)
    if row is None:
        raise Refusal.of(permissions.may_change(by, None))
    gone = list(row.merged.select_related("enterprise"))
    if not any(permissions.may_change(by, each.person_id) for each in (row, *gone)):
        raise Refusal.of(permissions.may_change(by, row.person_id))
    hold([row.enterprise_id])
    if not gone or not Visit.objects.filter(id=row.id, state__in=OPEN_STATES).update(
        party=row.party - sum(each.party for each in gone)
    ):
        raise Refusal("not_merged", gettext_noop("这次督导没有并入过其他安排，或已经结束。"))
    for each in gone:
        state = State.ANNOUNCED if each.announced_at else State.PLANNED
        Visit.objects.filter(id=each.id).update(state=state, reason="", merged_into=None, closed_at=None)
    Member.objects.filter(visit=row, person_id__in=[each.person_id for each in gone]).delete()
    audit.record(
        by=by, now=now, action="visits.unmerge", target=f"visit:{row.id}", chain=row.county,
        enterprise=row.enterprise_id, visits=[each.id for each in gone],
    )  # fmt: skip
    return row
