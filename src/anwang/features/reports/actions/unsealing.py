"""解封: one names a reason, another in another post decides, the first sees it once; both stand in the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import Unsealing, may_unseal
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import UnsealRequest
from ..queries.sealed import Identity, identity

SHORTEST, LONGEST = 10, 500
OPEN = (Unsealing.ASKED, Unsealing.APPROVED)


@transaction.atomic
def ask_unsealing(*, by: Actor, now: datetime, number: str, reason: str) -> UnsealRequest:
    """Ask to unseal who made a report (JB2026-00001). Refuses `not_found`, `reason_short`, `unseal_open`."""
    key = number.strip().upper().rpartition("-")[2]
    rows = queries.unsealable(by, day=local_day(now)).select_for_update()
    row = rows.filter(id=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 12 else None
    if row is None or row.number != number.strip().upper():
        raise Refusal("not_found", gettext_noop("没有这件举报，或您不能申请解封。"))
    said = _said(reason)
    if UnsealRequest.objects.filter(report=row, state__in=OPEN).exists():
        raise Refusal("unseal_open", gettext_noop("这件举报已有一份解封申请在办理。"))
    made = UnsealRequest.objects.create(
        report=row,
        state=Unsealing.ASKED,
        asker_id=by.person_id or 0,
        asker_post_id=by.post_id or 0,
        reason=said,
        asked_at=now,
    )
    audit.record(by=by, now=now, action="report.unseal_ask", target=f"report:{row.id}", request=made.id)
    return made


@transaction.atomic
def approve_unsealing(*, by: Actor, now: datetime, unsealing_id: int, reason: str) -> UnsealRequest:
    """The second person agrees. Refuses `not_found`, `reason_short`, `unseal_same`, `unseal_moved_on`."""
    return _decide(by, now, unsealing_id, reason, Unsealing.APPROVED)


@transaction.atomic
def refuse_unsealing(*, by: Actor, now: datetime, unsealing_id: int, reason: str) -> UnsealRequest:
    """The second person does not agree. Refuses as `approve_unsealing`."""
    return _decide(by, now, unsealing_id, reason, Unsealing.REFUSED)


def _decide(by: Actor, now: datetime, unsealing_id: int, reason: str, to: Unsealing) -> UnsealRequest:
    row = _found(by, now, unsealing_id)
    said = _said(reason)
    insist(may_unseal((row.asker_id, row.asker_post_id), (by.person_id, by.post_id)))
    decided: dict[str, Any] = {
        "state": to, "decider_id": by.person_id, "decider_post_id": by.post_id, "decision": said, "decided_at": now,
    }  # fmt: skip
    if not UnsealRequest.objects.filter(id=row.id, state=Unsealing.ASKED).update(**decided):
        raise _moved_on()
    audit.record(by=by, now=now, action=f"report.unseal_{to.value}", target=f"report:{row.report_id}", request=row.id)
    return UnsealRequest.objects.get(id=row.id)


@transaction.atomic
def show_identity(*, by: Actor, now: datetime, unsealing_id: int) -> Identity:
    """Open the sealed record for whoever asked, once; of two at once one sees it.

    Refuses `not_found`, `unseal_not_asker`, `unseal_moved_on`.
    """
    row = _found(by, now, unsealing_id)
    if row.asker_id != by.person_id or row.asker_post_id != by.post_id:
        raise Refusal("unseal_not_asker", gettext_noop("只有申请人可以查看，而且只有一次。"))
    approved = UnsealRequest.objects.filter(id=row.id, state=Unsealing.APPROVED)
    if not approved.update(state=Unsealing.SHOWN, shown_at=now):
        raise _moved_on()
    audit.record(by=by, now=now, action="report.unsealed", target=f"report:{row.report_id}", request=row.id)
    return identity(row.report_id)


def _found(by: Actor, now: datetime, unsealing_id: int) -> UnsealRequest:
    row = queries.unsealings(by, day=local_day(now)).filter(id=unsealing_id).first()
    if row is None:
        raise Refusal.of(permissions.may_handle(False))
    return row


def _said(reason: str) -> str:
    said = reason.strip()[:LONGEST]
    if len(said) < SHORTEST:
        raise Refusal("reason_short", gettext_noop("请写明具体理由（至少 10 个字），不要写举报人的信息。"))
    return said


def _moved_on() -> Refusal:
    return Refusal("unseal_moved_on", gettext_noop("这份申请已经办理，请刷新后查看。"))
