"""Uploaded sheets of evaluations: whose they are, what a preview shows of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from anwang.domain.base import Actor, Reason
from anwang.domain.roster.headers import column_letters

from ..models import EvaluationImport, SheetState
from .evaluations import EvaluationPlan, EvaluationSheet

#: An import can be taken back for so long.
KEPT = timedelta(hours=24)
#: Rows that a preview shows of each outcome; all faults stand in the marked workbook.
SHOWN = 20


def upload_for(by: Actor, import_id: int) -> EvaluationImport | None:
    """One upload of this person."""
    return EvaluationImport.objects.filter(id=import_id, user_id=by.user_id).first()


def recent_uploads(by: Actor, *, limit: int = 10) -> list[EvaluationImport]:
    """The last uploads of this person that were not given up."""
    rows = EvaluationImport.objects.filter(user_id=by.user_id).exclude(state=SheetState.DISCARDED)
    return list(rows.order_by("-created_at", "-id")[:limit])


def may_undo(row: EvaluationImport, now: datetime) -> bool:
    """Whether taking it back may still be offered."""
    return row.state == SheetState.APPLIED and row.applied_at is not None and now - row.applied_at <= KEPT


def summary_of(plan: EvaluationSheet) -> dict[str, Any]:
    """The figures, and how the sheet was read: its name, where its header stands, which columns were not understood."""
    header = plan.sheet.header
    titles = {col: title for col, title in sorted(header.titles.items()) if title}
    unread = [f"{column_letters(col)} {title}" for col, title in titles.items() if col not in header.columns]
    shown = {"sheet": plan.sheet.table.name, "header_line": header.last + 1, "columns": len(titles)}
    return {**plan.counts, **shown, "unread": unread[:30]}


def samples_of(plan: EvaluationSheet) -> dict[str, list[dict[str, Any]]]:
    """Some rows of each outcome: error, recorded, unchanged."""
    found: dict[str, list[dict[str, Any]]] = {"error": [], "recorded": [], "unchanged": []}
    for each in plan.rows:
        if len(found[each.do]) < SHOWN:
            found[each.do].append(_sample(each))
    return found


def _sample(each: EvaluationPlan) -> dict[str, Any]:
    row, day = each.row, each.row["on"]
    return {
        "line": row.line, "name": each.firm.name if each.firm else row.text("enterprise"),
        "code": (each.firm.credit_code if each.firm else "") or row.text("credit_code"),
        "on": day.isoformat() if day else "", "score": str(each.score) if row.ok else row.text("score"),
        "result": row.text("result"), "evaluator": row.text("evaluator"),
        "faults": [_fault(fault.reason) for fault in row.faults],
    }  # fmt: skip


def _fault(reason: Reason) -> dict[str, Any]:
    return {"text": reason.text, "params": {name: str(value) for name, value in reason.params.items()}}
