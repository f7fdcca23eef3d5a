"""The switch of 四.4: on-site duties in a unit become remote for a time, with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.grid.measures import may_cut_short, may_measure
from anwang.features.audit import actions as audit
from anwang.features.policies import queries as policies

from ..models import HealthMeasure
from ..permissions import may_order_remote


@transaction.atomic
def order_remote(*, by: Actor, now: datetime, unit: int, first: date, end: date, reason: str) -> HealthMeasure:
    """Order remote work in a unit from `first` to before `end` (四.4).

    Refuses `not_your_unit`, `reason_missing`, `measure_dates`, `measure_past`, `measure_long`.
    """
    today = local_day(now)
    terms = policies.current().visits(today)
    fits = may_measure(first, end, today, longest=terms.measure_days, entry=terms.measure_entry_days)
    for decision in (may_order_remote(by, unit), fits):
        if not decision:
            raise Refusal.of(decision)
    reason = _said(reason)
    row = HealthMeasure.objects.create(unit=unit, first=first, end=end, reason=reason, by=by.name, at=now)
    _note(by, now, "measure.order", row, first=first, end=end, reason=reason)
    return row


@transaction.atomic
def end_remote(*, by: Actor, now: datetime, measure_id: int, on: date, reason: str) -> HealthMeasure:
    """End a measure before its time; `on` is the first day on which it no longer holds. Records under it stay.

    Refuses `not_found`, `not_your_unit`, `reason_missing`, `measure_end`, `already_ended`.
    """
    row = HealthMeasure.objects.filter(id=measure_id).first()
    if row is None:
        raise Refusal("not_found", gettext_noop("没有找到这项措施。"))
    for decision in (may_order_remote(by, row.unit), may_cut_short(row.first, row.end, on, local_day(now))):
        if not decision:
            raise Refusal.of(decision)
    reason = _said(reason)
    live = HealthMeasure.objects.filter(id=measure_id, ended_at__isnull=True, end=row.end)
    if not live.update(end=on, ended_at=now, ended_by=by.name, end_reason=reason):
        raise Refusal("already_ended", gettext_noop("这项措施已被他人提前结束，请刷新后查看。"))
    _note(by, now, "measure.end", row, on=on, reason=reason)
    return row


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明依据或原因。"))
    return reason.strip()[:200]


def _note(by: Actor, now: datetime, action: str, row: HealthMeasure, **data: Any) -> None:
    audit.record(by=by, now=now, action=action, target=f"measure:{row.id}", unit=row.unit, **data)
