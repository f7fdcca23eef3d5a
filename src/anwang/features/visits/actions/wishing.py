"""What enterprises say of their days: wished for, or impossible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, Right, gettext_noop, given, insist
from anwang.domain.calendar import local_day
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises

from .. import permissions, queries
from ..models import Wish, WishKind

MOST = 50


@dataclass(frozen=True, slots=True)
class WishData:
    """Days from `first` to `last`, both included; `kind` is wished or impossible."""

    enterprise: int
    kind: str
    first: date
    last: date
    note: str = ""


@transaction.atomic
def wish(*, by: Actor, now: datetime, data: WishData) -> Wish:
    """Write down days that suit or do not. Refusals: not_found, not_yours, wish_kind, wish_dates, wish_many."""
    today = local_day(now)
    _insist(by, data.enterprise, today)
    if data.kind not in WishKind.values:
        raise Refusal("wish_kind", gettext_noop("请选择“希望来”或“不方便”。"))
    # A stretch of days in which nobody can come is short: it is a wish, not a leave of duties.
    longest = timedelta(days=queries.rules(today).wish_days)
    if not today <= data.last or not data.first <= data.last or data.last - data.first > longest:
        raise Refusal("wish_dates", gettext_noop("请填写今天以后的日子，先后相差不超过 %(n)s 天。"), n=longest.days)
    if len(queries.wishes_of(data.enterprise, today=today)) >= MOST:
        raise Refusal("wish_many", gettext_noop("已有 %(n)s 条说明，请先撤回用不着的。"), n=MOST)
    row = Wish.objects.create(
        enterprise_id=data.enterprise, kind=data.kind, first=data.first, last=data.last, note=data.note.strip()[:100],
        at=now, by=by.name,
    )  # fmt: skip
    _note(by, now, "visits.wish", row, first=row.first, last=row.last, kind=row.kind)
    return row


@transaction.atomic
def withdraw(*, by: Actor, now: datetime, wish_id: int) -> Wish:
    """Take a wish back. Refusals: not_found, not_yours, wish_withdrawn."""
    row = queries.wish(wish_id)
    if row is None:
        raise Refusal("not_found", gettext_noop("没有找到这条说明，或它不在您的范围内。"))
    _insist(by, row.enterprise_id, local_day(now))
    if not Wish.objects.filter(id=row.id, withdrawn_at__isnull=True).update(withdrawn_at=now):
        raise Refusal("wish_withdrawn", gettext_noop("这条说明已经撤回。"))
    _note(by, now, "visits.wish_withdraw", row)
    return row


def _insist(by: Actor, enterprise: int, today: date) -> None:
    insist(given(by, Right.ASK))
    bound = by.person_id is not None and assignments.is_bound(by.person_id, enterprise, on=today)
    visible = bound or enterprises.find(enterprise, by=by) is not None
    insist(permissions.may_wish(by, enterprise, bound, visible))


def _note(by: Actor, now: datetime, action: str, row: Wish, **data: Any) -> None:
    audit.record(by=by, now=now, action=action, target=f"wish:{row.id}", enterprise=row.enterprise_id, **data)
