"""Single visits: arranged by hand, announced to the enterprise, moved, cancelled, taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import Form
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises

from .. import permissions, queries
from ..models import OPEN_STATES, Half, State, Visit
from ..queries.rows import REMOTE
from .docket import hold
from .telling import tell

TAKEN = ("visit_changed", gettext_noop("这次安排刚被更改或已取消，请刷新后再试。"))


@dataclass(frozen=True, slots=True)
class VisitData:
    """A visit on site that is arranged by hand."""

    enterprise: int
    person: int
    day: date
    half: str = ""
    purpose: str = ""
    party: int = 1


@transaction.atomic
def arrange(*, by: Actor, now: datetime, data: VisitData) -> Visit:
    """Plan a visit on site. Refusals: not_found, not_yours, half_unknown, and those of `check_day`."""
    firm, today = enterprises.find(data.enterprise, by=by), local_day(now)
    bound = assignments.is_bound(data.person, data.enterprise, on=today) and data.person == by.person_id
    if firm is None and bound:
        firm = assignments.of_person(data.person, on=today).get(enterprise_id=data.enterprise).enterprise
    decision = permissions.may_arrange(by, bound, firm is not None)
    if firm is None or not decision:
        raise Refusal.of(decision)
    _insist_half(data.half)
    hold([data.enterprise])
    insist(queries.check_day(data.enterprise, data.day, today=today, party=data.party))
    row = Visit.objects.create(
        enterprise_id=firm.id, county=firm.county, township=firm.township, person_id=data.person,
        form=Form.ON_SITE.value, day=data.day, half=data.half, purpose=data.purpose.strip()[:200], party=data.party,
        created_at=now, created_by=by.name,
    )  # fmt: skip
    _note(by, now, "visits.arrange", row, day=row.day)
    return row


@transaction.atomic
def announce(*, by: Actor, now: datetime, visit_ids: Sequence[int]) -> list[Visit]:
    """Tell the enterprises of visits: they see the day, and it stays when plans are made anew.

    Refusals: not_found, not_yours, visit_remote (a call needs no notice), visit_changed, and those of `check_day`.
    """
    today = local_day(now)
    rows = [_allowed(by, key) for key in visit_ids]
    hold(row.enterprise_id for row in rows)
    for row in rows:
        if row.form in REMOTE:
            raise Refusal("visit_remote", gettext_noop("电话、视频联系不用事先告知。"))
        insist(queries.check_day(row.enterprise_id, row.day, today=today, party=row.party, visit=row.id))
        told = Visit.objects.filter(id=row.id, state=State.PLANNED, day=row.day)
        if not told.update(state=State.ANNOUNCED, announced_at=now, announced_by=by.name):
            raise Refusal(*TAKEN)
        _note(by, now, "visits.announce", row, day=row.day)
    tell(by, now, rows)
    return rows


@transaction.atomic
def move(*, by: Actor, now: datetime, visit_id: int, day: date, half: str = "") -> Visit:
    """Put a visit or call on another day; an announced one is announced for the new day.

    Refusals: not_found, not_yours, half_unknown, visit_changed, and for visits on site those of `check_day`.
    """
    row, today = _allowed(by, visit_id), local_day(now)
    _insist_half(half)
    hold([row.enterprise_id])
    if row.form not in REMOTE:
        insist(queries.check_day(row.enterprise_id, day, today=today, party=row.party, visit=row.id))
    elif day < today:
        raise Refusal("visits.past", gettext_noop("%(day)s 已经过去，请另选日期。"), day=day)
    stands = Visit.objects.filter(id=row.id, state__in=OPEN_STATES, day=row.day)
    if not stands.update(day=day, half=half):
        raise Refusal(*TAKEN)
    _note(by, now, "visits.move", row, before=row.day, day=day)
    row.day, row.half = day, half
    if row.announced_at:
        tell(by, now, [row])
    return row


@transaction.atomic
def cancel(*, by: Actor, now: datetime, visit_id: int, reason: str) -> Visit:
    """Cancel with a reason. Refusals: not_found, not_yours, reason_missing, visit_changed."""
    row = _allowed(by, visit_id)
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明取消的原因。"))
    stands = Visit.objects.filter(id=row.id, state__in=OPEN_STATES)
    if not stands.update(state=State.CANCELLED, reason=reason.strip()[:200], closed_at=now):
        raise Refusal(*TAKEN)
    _note(by, now, "visits.cancel", row, day=row.day, reason=reason.strip()[:200])
    if row.announced_at:
        tell(by, now, [row], cancelled=True)
    return row


@transaction.atomic
def restore(*, by: Actor, now: datetime, visit_id: int) -> Visit:
    """Take up a cancelled visit again, when its day still may be. Refusals: as `move`, and not_cancelled."""
    row = _allowed(by, visit_id)
    hold([row.enterprise_id])
    if row.form not in REMOTE:
        noticed = row.announced_at is not None
        today = local_day(now)
        insist(queries.check_day(row.enterprise_id, row.day, today=today, party=row.party, noticed=noticed))
    state = State.ANNOUNCED if row.announced_at else State.PLANNED
    gone = Visit.objects.filter(id=row.id, state=State.CANCELLED, merged_into=None, replaced_by=None)
    if not gone.update(state=state, reason="", closed_at=None):
        raise Refusal("not_cancelled", gettext_noop("这次安排没有被取消，或已并入其他督导。"))
    _note(by, now, "visits.restore", row, day=row.day)
    return row


def _allowed(by: Actor, visit_id: int) -> Visit:
    row = queries.find(visit_id, by=by)
    decision = permissions.may_change(by, row.person_id if row else None)
    if row is None or not decision:
        raise Refusal.of(decision)
    return row


def _insist_half(half: str) -> None:
    if half not in Half.values:
        raise Refusal("half_unknown", gettext_noop("时段应为上午、下午或全天。"))


def _note(by: Actor, now: datetime, action: str, row: Visit, **data: Any) -> None:
    audit.record(
        by=by, now=now, action=action, target=f"visit:{row.id}", chain=row.county, enterprise=row.enterprise_id,
        person=row.person_id, **data,
    )  # fmt: skip
