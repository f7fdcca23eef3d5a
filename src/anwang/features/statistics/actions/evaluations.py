"""Evaluations of enterprises come in by hand or by a sheet, and are withdrawn when they were a mistake (N9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises

from ..models import Evaluation, EvaluationImport
from ..permissions import may_evaluate, may_import
from ..queries.evaluations import EvaluationSheet, one_for, score_of

_TWICE = gettext_noop("这家企业该日已有评价结果；若有误请先撤回。")
_CHANGED = gettext_noop("这条评价的状态没有变化，请刷新后查看。")


@dataclass(frozen=True, slots=True)
class EvaluationData:
    """What an evaluation found: `score` 0 to 100, kept with one decimal place."""

    on: date
    score: float
    result: str = ""
    evaluator: str = ""


def record_evaluation(*, by: Actor, now: datetime, enterprise_id: int, data: EvaluationData) -> Evaluation:
    """Record one by hand. Refuses `not_found`, `not_office`, `date_ahead`, `score_range`, `evaluation_twice`."""
    firm = enterprises.find(enterprise_id, by=by)
    _insist(by, firm.place if firm else None)
    if data.on > local_day(now):
        raise Refusal("date_ahead", gettext_noop("日期不能晚于今天。"))
    if not 0 <= data.score <= 100:
        raise Refusal("score_range", gettext_noop("得分应在 0 至 100 之间。"))
    try:
        return _record(by, now, firm, data)
    except IntegrityError:
        raise Refusal("evaluation_twice", _TWICE) from None


@transaction.atomic
def _record(by: Actor, now: datetime, firm: Any, data: EvaluationData) -> Evaluation:
    row = Evaluation.objects.create(**_columns(by, now, firm.id, data))
    said = {"enterprise": firm.id, "on": row.on, "score": str(row.score)}
    audit.record(by=by, now=now, action="evaluation.record", target=f"evaluation:{row.id}", chain=firm.county, **said)
    return row


def _columns(by: Actor, now: datetime, firm: int, data: EvaluationData) -> dict[str, Any]:
    return {
        "enterprise_id": firm, "on": data.on, "score": score_of(data.score), "result": data.result.strip()[:20],
        "evaluator": data.evaluator.strip()[:60], "recorded_at": now, "recorded_by": by.name,
    }  # fmt: skip


@transaction.atomic
def import_evaluations(
    *, by: Actor, now: datetime, plan: EvaluationSheet, sheet: EvaluationImport | None = None
) -> dict[str, int]:
    """Record the sound rows of a sheet that are not known yet; returns the counts. `sheet` is the upload they are of.

    Refuses `not_office`, `evaluation_twice`.
    """
    insist(may_import(by))
    made = [
        Evaluation(**_columns(by, now, each.firm.id, _said(each.row)), sheet=sheet)
        for each in plan.rows
        if each.do == "recorded" and may_evaluate(by, each.firm.place)
    ]
    try:
        with transaction.atomic():
            Evaluation.objects.bulk_create(made, batch_size=1000)
    except IntegrityError:
        raise Refusal("evaluation_twice", _TWICE) from None
    target = f"evaluationimport:{sheet.id}" if sheet else ""
    audit.record(by=by, now=now, action="evaluation.import", target=target, counts=plan.counts)
    return plan.counts


def _said(row: Any) -> EvaluationData:
    return EvaluationData(row["on"], row["score"], row.text("result"), row.text("evaluator"))


@transaction.atomic
def withdraw_evaluation(*, by: Actor, now: datetime, evaluation_id: int) -> Evaluation:
    """It was a mistake; the row stays. Refuses `not_found`, `not_office`, `evaluation_state`."""
    return _turn(by, now, evaluation_id, "evaluation.withdraw", out=True)


def restore_evaluation(*, by: Actor, now: datetime, evaluation_id: int) -> Evaluation:
    """Undo a withdrawal. Refuses `not_found`, `not_office`, `evaluation_state`, `evaluation_twice`."""
    try:
        with transaction.atomic():
            return _turn(by, now, evaluation_id, "evaluation.restore", out=False)
    except IntegrityError:
        raise Refusal("evaluation_twice", _TWICE) from None


def _turn(by: Actor, now: datetime, evaluation_id: int, action: str, *, out: bool) -> Evaluation:
    row = one_for(evaluation_id, by=by)
    _insist(by, row.enterprise.place if row else None)
    assert row is not None
    done = {"withdrawn_at": now if out else None, "withdrawn_by": by.name if out else ""}
    if not Evaluation.objects.filter(id=row.id, withdrawn_at__isnull=out).update(**done):
        raise Refusal("evaluation_state", _CHANGED)
    said = {"enterprise": row.enterprise_id, "on": row.on}
    audit.record(by=by, now=now, action=action, target=f"evaluation:{row.id}", chain=row.enterprise.county, **said)
    return row


def _insist(by: Actor, place: int | None) -> None:
    insist(may_evaluate(by, place))
