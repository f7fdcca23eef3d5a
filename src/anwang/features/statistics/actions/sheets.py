"""A sheet of evaluations in the browser: received, read, looked at, carried out, taken back within a day (N9)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from anwang.adapters import media
from anwang.adapters.stored_files import let_go
from anwang.adapters.xlsx.guard import DEFAULT, inspect
from anwang.adapters.xlsx.marks import mark_errors
from anwang.domain.base import Actor, Reason, Refusal, Report, gettext_noop, insist, silent
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit

from ..models import Evaluation, EvaluationImport, SheetState
from ..permissions import may_import
from ..queries.evaluations import EvaluationSheet, plan_evaluations
from ..queries.sheets import KEPT, samples_of, summary_of, upload_for
from .evaluations import import_evaluations

FOLDER = "evaluations"
WAITING = (SheetState.READING, SheetState.PREVIEW)
_OPENING = gettext_noop("读取表格")
_WRITING = gettext_noop("登记评价结果")
_GONE = gettext_noop("上传的文件已清理，请重新上传。")
_SETTLED = gettext_noop("这次导入已经办结，请重新上传。")
_LATE = gettext_noop("这次导入已撤销，或已超过 24 小时；有误的请在企业页逐条撤回。")


@transaction.atomic
def receive_sheet(*, by: Actor, now: datetime, data: bytes, filename: str) -> EvaluationImport:
    """Keep an uploaded workbook for reading. Refuses `not_office` and what the guard refuses (`file_*`)."""
    insist(may_import(by))
    inspect(data, replace(DEFAULT, size=settings.MAX_UPLOAD_BYTES))
    purge_sheets(by=by, now=now)
    row = EvaluationImport.objects.create(
        filename=filename[:200], path=media.keep(data, folder=FOLDER), sha256=hashlib.sha256(data).hexdigest(),
        user_id=by.user_id, by=by.name, created_at=now,
    )  # fmt: skip
    audit.record(by=by, now=now, action="evaluation.upload", target=f"evaluationimport:{row.id}", sha256=row.sha256)
    return row


def read_upload(
    *, by: Actor, now: datetime, import_id: int, say: Callable[[Reason], str] = str, report: Report = silent
) -> EvaluationImport:
    """Read an upload and keep its preview: figures, sample rows, the workbook with the errors marked.

    Refuses `not_found`, `import_settled`, `upload_gone` and what the header refuses.
    """
    row = _waiting(by, import_id)
    data, plan = _planned(row, by, now, report)
    errors = ""
    if any(each.row.faults for each in plan.rows):
        errors = media.keep(mark_errors(data, plan.sheet, say), folder=FOLDER, suffix=".xlsx")
    kept = {"errors_path": errors, "state": SheetState.PREVIEW, "summary": summary_of(plan),
            "samples": samples_of(plan)}  # fmt: skip
    if not EvaluationImport.objects.filter(id=row.id, state__in=WAITING).update(**kept):
        media.drop(errors)
        raise Refusal("import_settled", _SETTLED)
    media.drop(row.errors_path)
    row.refresh_from_db()
    return row


def apply_upload(*, by: Actor, now: datetime, import_id: int, report: Report = silent) -> EvaluationImport:
    """Record what the sheet says, planned anew: what changed meanwhile is seen. Of two at once one does it.

    Refuses as `read_upload`, and `evaluation_twice`.
    """
    row = _waiting(by, import_id)
    _, plan = _planned(row, by, now, report)
    report(1, 2, _WRITING)
    with transaction.atomic():
        done = {"state": SheetState.APPLIED, "applied_at": now, "samples": {}}
        if not EvaluationImport.objects.filter(id=row.id, state=SheetState.PREVIEW).update(**done):
            raise Refusal("import_settled", _SETTLED)
        counts = import_evaluations(by=by, now=now, plan=plan, sheet=row)
        EvaluationImport.objects.filter(id=row.id).update(summary={**row.summary, **counts})
        let_go(EvaluationImport.objects.filter(id=row.id), "path")
    report(2, 2, _WRITING)
    row.refresh_from_db()
    return row


@transaction.atomic
def discard_upload(*, by: Actor, now: datetime, import_id: int) -> EvaluationImport:
    """Give an upload up; its files are deleted. Refuses `not_found`, `import_settled`."""
    row = _waiting(by, import_id)
    waiting = EvaluationImport.objects.filter(id=row.id, state__in=WAITING)
    if not waiting.update(state=SheetState.DISCARDED, samples={}):
        raise Refusal("import_settled", _SETTLED)
    let_go(EvaluationImport.objects.filter(id=row.id), "path", "errors_path")
    audit.record(by=by, now=now, action="evaluation.discard", target=f"evaluationimport:{row.id}")
    return row


@transaction.atomic
def undo_upload(*, by: Actor, now: datetime, import_id: int) -> int:
    """Withdraw everything that an import recorded and that still stands, within 24 hours. Returns how many.

    Refuses `not_found`, `undo_late`.
    """
    row = _mine(by, import_id)
    applied = EvaluationImport.objects.filter(id=row.id, state=SheetState.APPLIED, applied_at__gte=now - KEPT)
    if not applied.update(state=SheetState.UNDONE):
        raise Refusal("undo_late", _LATE)
    standing = Evaluation.objects.filter(sheet=row, withdrawn_at__isnull=True)
    count = standing.update(withdrawn_at=now, withdrawn_by=by.name)
    audit.record(by=by, now=now, action="evaluation.undo", target=f"evaluationimport:{row.id}", rows=count)
    return count


@transaction.atomic
def purge_sheets(*, by: Actor, now: datetime) -> int:
    """Delete the files of uploads older than 24 hours; those that waited are given up. Returns how many."""
    stale = EvaluationImport.objects.filter(created_at__lt=now - KEPT).exclude(path="", errors_path="")
    stale.filter(state__in=WAITING).update(state=SheetState.DISCARDED, samples={})
    return let_go(stale, "path", "errors_path")


def _planned(row: EvaluationImport, by: Actor, now: datetime, report: Report) -> tuple[bytes, EvaluationSheet]:
    report(0, 2, _OPENING)
    data = media.fetch(row.path)
    if data is None:
        raise Refusal("upload_gone", _GONE)
    return data, plan_evaluations(data, by=by, on=local_day(now))


def _mine(by: Actor, import_id: int) -> EvaluationImport:
    insist(may_import(by))
    row = upload_for(by, import_id)
    if row is None:
        raise Refusal("not_found", gettext_noop("没有这次导入，或不是您上传的。"))
    return row


def _waiting(by: Actor, import_id: int) -> EvaluationImport:
    row = _mine(by, import_id)
    if row.state not in WAITING:
        raise Refusal("import_settled", _SETTLED)
    return row
