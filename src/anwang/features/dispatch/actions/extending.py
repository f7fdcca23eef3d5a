"""延期: asked with a reason, granted inside the own deadline by whoever handed it down, beyond it by the issuer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.tasks.extension import Asked, may_ask, may_grant
from anwang.domain.tasks.states import IN_HAND, State

from .. import permissions, queries
from ..models import Extension, Receipt
from .handing import give_due, own_due
from .trace import locked, seen, tell, written

ACTIVE = (*IN_HAND, State.HANDED)


@transaction.atomic
def ask(*, by: Actor, now: datetime, receipt_id: int, wanted: date, reason: str) -> Extension:
    """申请延期. Refusals: not_found, not_yours, reason_missing, extension_not_later, extension_waiting, task_over."""
    row = seen(receipt_id, by)
    decision = permissions.must_hold(by, row)
    if row is None or not decision:
        raise Refusal.of(decision)
    reason = written(reason, "reason_missing", gettext_noop("请写明延期的原因。"), 200)
    if row.state not in ACTIVE:
        raise Refusal("task_over", gettext_noop("这项任务已经不在办理，不用延期。"))
    insist(may_ask(wanted, row.due, local_day(now)))
    if row.extensions.filter(state=Asked.WAITING).exists():
        raise Refusal("extension_waiting", gettext_noop("已有一份延期申请待批准。"))
    asked = Extension.objects.create(
        receipt=row, wanted=wanted, reason=reason, asked_at=now, asked_by=by.name[:60],
        beyond=row.parent is not None and wanted > row.parent.due,
    )  # fmt: skip
    tell(by, now, "asked", row, reason, wanted=wanted)
    return asked


@transaction.atomic
def decide(*, by: Actor, now: datetime, extension_id: int, approve: bool, answer: str = "") -> Extension:
    """Grant or refuse, once. Refusals: not_found, not_sender, extension_beyond, reason_missing (a refusal says why),
    extension_decided."""
    asked = queries.find_extension(extension_id, by=by)
    if asked is None:
        raise Refusal("not_found", permissions.NOT_FOUND)
    task = locked(asked.receipt.task_id)
    row = Receipt.objects.select_related("task", "parent").get(id=asked.receipt_id)
    owner = permissions.owns(by, task)
    if not owner:
        insist(permissions.must_hand(by, row))
    answer = answer.strip()[:200]
    if approve:
        insist(may_grant(asked.wanted, own_due(row), is_root_owner=owner))
    elif not answer:
        raise Refusal("reason_missing", gettext_noop("请写明不批准的原因。"))
    to = Asked.APPROVED if approve else Asked.REFUSED
    rows = Extension.objects.filter(id=asked.id, state=Asked.WAITING)
    if not rows.update(state=to, decided_at=now, decided_by=by.name[:60], answer=answer):
        raise Refusal("extension_decided", gettext_noop("这份延期申请已经处理，请刷新页面看结果。"))
    if approve:
        _grant(by, now, row, asked.wanted)
    tell(by, now, to.value, row, answer, wanted=asked.wanted)
    return Extension.objects.get(id=asked.id)


def _grant(by: Actor, now: datetime, row: Receipt, wanted: date) -> None:
    """Another last day, here and on the way down to it: nobody's deadline lies after the one above."""
    give_due(by, now, row, wanted)
    Receipt.objects.filter(id=row.id).update(extended=F("extended") + 1)
    above = row.parent
    while above is not None and above.due < wanted:
        give_due(by, now, above, wanted)
        tell(by, now, "lifted", above, str(wanted))
        above = above.parent
