"""暂无法完成: a reason beside a duty that cannot be done now. It explains, it never moves the due day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import Obligation, Unable


@transaction.atomic
def say_unable(*, by: Actor, now: datetime, obligation_id: int, reason: str) -> Unable:
    """Write down why a duty cannot be done now; a later reason replaces the one before.

    Refusals: not_found, not_yours, reason_missing, duty_settled.
    """
    row = _allowed(by, obligation_id)
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明暂无法完成的原因。"))
    if row.done_at or row.waived_at:
        raise Refusal("duty_settled", gettext_noop("这项职责已经完成或免除，不必再说明。"))
    Unable.objects.filter(obligation_id=row.id, ended_at=None).update(ended_at=now)
    note = Unable.objects.create(
        obligation_id=row.id, person_id=by.person_id, by=by.name, at=now, reason=reason.strip()[:200]
    )
    _audit(by, now, "duty.unable", row, reason=note.reason)
    return note


@transaction.atomic
def say_able(*, by: Actor, now: datetime, obligation_id: int) -> bool:
    """Take the reason back: the duty can be done again. Refusals: not_found, not_yours. Returns whether one stood."""
    row = _allowed(by, obligation_id)
    ended = Unable.objects.filter(obligation_id=row.id, ended_at=None).update(ended_at=now)
    if ended:
        _audit(by, now, "duty.able", row)
    return bool(ended)


def _allowed(by: Actor, obligation_id: int) -> Obligation:
    row = queries.find(obligation_id, by=by)
    decision = permissions.may_explain(by, row.person_id if row else None)
    if row is None or not decision:
        raise Refusal.of(decision)
    return row


def _audit(by: Actor, now: datetime, action: str, row: Obligation, **data: object) -> None:
    audit.record(
        by=by, now=now, action=action, target=f"obligation:{row.id}", chain=row.county,
        enterprise=row.enterprise_id, rule=row.rule, period=row.period, **data,
    )  # fmt: skip
