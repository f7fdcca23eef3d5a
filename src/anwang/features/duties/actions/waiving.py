"""Waiving a duty: who, why, and back again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.duties import ledger
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import Obligation
from . import tally


@transaction.atomic
def waive(*, by: Actor, now: datetime, obligation_id: int, reason: str) -> Obligation:
    """Free a person of one duty, for a written reason (停产、公共卫生措施 …).

    Refusals: not_found, not_leader, reason_missing, duty_settled.
    """
    _allow(by, obligation_id)
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明免除的原因。"))
    row = Obligation.objects.select_for_update().get(id=obligation_id)
    if row.done_at or row.waived_at:
        raise Refusal("duty_settled", gettext_noop("这项职责已经完成或免除，不能再免除。"))
    tally.apply(ledger.waive(tally.ledger_row(row)).deltas)
    Obligation.objects.filter(id=row.id).update(waived_at=now, waived_by=by.name, waive_reason=reason.strip()[:200])
    _audit(by, now, "duty.waive", row, reason=reason)
    return row


@transaction.atomic
def unwaive(*, by: Actor, now: datetime, obligation_id: int) -> Obligation:
    """Take a waiver back. Refusals: not_found, not_leader, duty_not_waived."""
    _allow(by, obligation_id)
    row = Obligation.objects.select_for_update().get(id=obligation_id)
    if not row.waived_at:
        raise Refusal("duty_not_waived", gettext_noop("这项职责没有被免除。"))
    tally.apply(ledger.unwaive(tally.ledger_row(row)).deltas)
    Obligation.objects.filter(id=row.id).update(waived_at=None, waived_by="", waive_reason="")
    _audit(by, now, "duty.unwaive", row)
    return row


def _allow(by: Actor, obligation_id: int) -> None:
    insist(permissions.may_waive(by, queries.find(obligation_id, by=by) is not None))


def _audit(by: Actor, now: datetime, action: str, row: Obligation, **data: object) -> None:
    audit.record(
        by=by, now=now, action=action, target=f"obligation:{row.id}", chain=row.county,
        enterprise=row.enterprise_id, rule=row.rule, period=row.period, **data,
    )  # fmt: skip
