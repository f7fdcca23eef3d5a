"""Long work on duties."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from anwang.adapters import media
from anwang.domain.base import SYSTEM, Refusal, Report, gettext_noop
from anwang.features.grid import actions as grid_actions
from anwang.features.grid import queries as grid
from anwang.features.grid.queries.sheet import upload

from . import actions
from .forms.unsent import outcomes, read_records
from .queries.sheet import plan_records


def reconcile(report: Report, work: Any) -> dict[str, Any]:
    """After a plan was adopted or undone: the open duties follow the leads, places and statuses of today."""
    by = replace(SYSTEM, user_id=work.user_id, post_id=work.post_id)
    report(0, 1, gettext_noop("移交未完成的职责"))
    settled = actions.settle_changes(by=by, now=timezone.now())
    report(1, 1, "")
    return settled


def record(report: Report, work: Any, *, upload_id: int) -> dict[str, Any]:
    """Record the sound rows of an uploaded sheet; the upload goes when it is done."""
    now = timezone.now()
    by = grid.starter(work, now=now)
    kept = upload(upload_id, by=by)
    if kept is None:
        raise Refusal("upload_gone", gettext_noop("上传的表格已经处理或过期，请重新上传。"))
    counts = actions.record_sheet(by=by, now=now, plan=plan_records(kept[1], by=by, now=now), report=report)
    grid_actions.drop_upload(by=by, now=now, upload_id=upload_id)
    return dict(counts)


def unsent(report: Report, work: Any, *, name: str) -> dict[str, Any]:
    """Record what a telephone could not send; the ZIP goes when it is done. Outcomes are plain words for the page."""
    now = timezone.now()
    by = grid.starter(work, now=now)
    data = media.fetch(name)
    if data is None:
        raise Refusal("upload_gone", gettext_noop("上传的文件已经处理或过期，请重新上传。"))
    taken = actions.record_unsent(by=by, now=now, records=read_records(data, by=by, now=now), report=report)
    media.drop(name)
    return {"work": str(work.id), **outcomes(taken)}
