"""Taking a change back within 24 hours: what was written goes, what was closed is in force again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from anwang.domain.base import Actor, Decision, Refusal, gettext_noop, refuse
from anwang.features.audit import actions as audit

from ..models import Change, ChangedRow, ChangeKind, Enterprise, GradeFact, PlaceFact, RiskFact, RiskPoint, StatusFact
from ..permissions import may_keep

KEPT = timedelta(hours=24)
AT_ONCE = 500
FACTS = (StatusFact, PlaceFact, GradeFact)
LATER = gettext_noop("此后又有更改，未撤销。")
IN_USE = gettext_noop("已有包保关系或履职记录，未撤销。")
_FIELDS = {field.attname: field for field in Enterprise._meta.concrete_fields}


@dataclass(frozen=True, slots=True)
class Undone:
    """How many enterprises are as before, and (name, sentence) of those that are not."""

    restored: int
    kept: tuple[tuple[str, str], ...] = ()


def may_undo(*, by: Actor, now: datetime, change: Change) -> Decision:
    """Whether a change may still be taken back: within 24 hours, once, never a re-gridding."""
    if change.undone_at is not None:
        return refuse("already_undone", gettext_noop("这次更改已经撤销过了。"))
    if now - change.at > KEPT:
        return refuse("undo_expired", gettext_noop("已超过 24 小时，不能撤销；请逐项更正。"))
    if change.kind == ChangeKind.REGRID:
        return refuse("undo_regrid", gettext_noop("网格调整不能在这里撤销。"))
    if by.user_id != change.user_id and by.user_id is not None:
        return refuse("undo_not_yours", gettext_noop("只能撤销自己的更改。"))
    return Decision(True)


@transaction.atomic
def undo(*, by: Actor, now: datetime, change_id: int) -> Undone:
    """Take a change back. Enterprises that changed again since, or that are in use now, stay and are named.

    Refuses `already_undone`, `undo_expired`, `undo_regrid`, `undo_not_yours`, `not_your_enterprise`.
    """
    change = Change.objects.select_for_update().get(id=change_id)
    decision = may_undo(by=by, now=now, change=change)
    if not decision:
        raise Refusal.of(decision)
    restored, kept = 0, []
    rows = change.rows.filter(enterprise__isnull=False).select_related("enterprise").order_by("id")
    for some in _slices(rows.iterator(AT_ONCE)):
        free = [row for row in some if row.enterprise and row.enterprise.last_change_id == change.id]
        kept += [(row.enterprise.name, LATER) for row in some if row.enterprise and row not in free]
        for row in free:
            _insist(by, row)
        stuck = _drop([row.enterprise_id for row in free if row.created and row.enterprise_id])
        kept += [(row.enterprise.name, IN_USE) for row in free if row.enterprise_id in stuck and row.enterprise]
        _restore(change, [row for row in free if not row.created])
        restored += len(free) - len(stuck)
    Change.objects.filter(id=change.id).update(undone_at=now, undone_by=by.name)
    audit.record(by=by, now=now, action="roster.undo", target=f"change:{change.id}", restored=restored, kept=len(kept))
    return Undone(restored, tuple(kept))


def _slices(rows: Iterator[ChangedRow]) -> Iterator[list[ChangedRow]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _insist(by: Actor, row: ChangedRow) -> None:
    decision = may_keep(by, row.enterprise.place if row.enterprise else 0)
    if not decision:
        raise Refusal.of(decision)


def _drop(ids: list[int]) -> set[int]:
    """Delete enterprises with their facts; those that something else refers to stay. Returns the ones that stay."""
    stuck: set[int] = set()
    while True:
        wanted = [key for key in ids if key not in stuck]
        try:
            with transaction.atomic():
                RiskFact.objects.filter(point__enterprise_id__in=wanted).delete()
                for model in (RiskPoint, *FACTS):
                    model.objects.filter(enterprise_id__in=wanted).delete()
                Enterprise.objects.filter(id__in=wanted).delete()
                return stuck
        except ProtectedError as error:
            held = {key for each in error.protected_objects if (key := getattr(each, "enterprise_id", None))}
            if not held - stuck:
                return set(ids)
            stuck |= held


def _restore(change: Change, rows: Iterable[ChangedRow]) -> None:
    """Columns as before; facts of the change go, those it closed are in force again."""
    rows = list(rows)
    ids = [row.enterprise_id for row in rows if row.enterprise_id]
    for model in FACTS:
        model.objects.filter(enterprise_id__in=ids, change=change).delete()
        model.objects.filter(enterprise_id__in=ids, closed_by=change).update(valid_to=None, closed_by=None)
    risks = RiskFact.objects.filter(point__enterprise_id__in=ids)
    risks.filter(change=change).delete()
    risks.filter(closed_by=change).update(valid_to=None, closed_by=None)
    points = RiskPoint.objects.filter(enterprise_id__in=ids)
    points.filter(change=change).delete()
    points.filter(removed_by=change).update(removed_on=None, removed_by=None)
    for row in rows:
        _put_back(row)
    names = [field.name for name, field in _FIELDS.items() if name not in {"id", "is_demo", "created_at"}]
    before = [row.enterprise for row in rows if row.enterprise]
    Enterprise.objects.bulk_create(
        before, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=names
    )


def _put_back(row: ChangedRow) -> None:
    before: dict[str, Any] = json.loads(row.before)
    for name, value in before["columns"].items():
        setattr(row.enterprise, name, _value(_FIELDS[name], value))
    for key, (name, location) in before["points"].items():
        RiskPoint.objects.filter(id=key).update(name=name, location=location)


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    """A column's value from its JSON."""
    if isinstance(field, models.DateField | models.DateTimeField):
        return field.to_python(value)
    return value
