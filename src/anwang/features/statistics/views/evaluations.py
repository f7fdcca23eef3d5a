"""Sheets of evaluations in the browser: upload, look at what would be recorded, confirm, take back."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anwang.adapters import media
from anwang.adapters.xlsx.writer import write_template
from anwang.domain.base import Reason, Refusal
from anwang.features.work import actions as work
from anwang.web.downloads import workbook
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions
from ..forms import EvaluationSheetForm
from ..models import EvaluationImport, SheetState
from ..queries import sheets
from ..queries.evaluations import SPEC

JOBS = "anwang.features.statistics.jobs"
CLAUSE = "三.4"


def upload(request: Request) -> HttpResponse:
    """Choose a workbook; it is read as long work. Below, the last uploads of this person."""
    form = EvaluationSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        asked: dict[str, Any] = {"by": request.actor, "now": request.now}
        try:
            row = actions.receive_sheet(**asked, data=file.read(), filename=str(file.name))
        except Refusal as refusal:
            form.add_error("file", words(refusal))
        else:
            return redirect("work_status", _start(request, row, "read_evaluations", _("读取评价结果：%(name)s")))
    context = {"form": form, "recent": sheets.recent_uploads(request.actor), "page_clause": CLAUSE}
    return render(request, "statistics/evaluations.html", context, status=422 if form.errors else 200)


def _start(request: Request, row: EvaluationImport, job: str, label: str) -> UUID:
    started = work.start(
        by=request.actor, now=request.now, handler=f"{JOBS}.{job}", label=label % {"name": row.filename},
        params={"import_id": row.id}, next_url=reverse("evaluation_preview", args=[row.id]),
    )  # fmt: skip
    key: UUID = started.id
    return key


def _own(request: Request, import_id: int) -> EvaluationImport:
    row = sheets.upload_for(request.actor, import_id)
    if row is None:
        raise Http404
    return row


@require_safe
def preview(request: Request, import_id: int) -> HttpResponse:
    """What the sheet would record, or what it did."""
    row = _own(request, import_id)
    groups = [
        (key, title, row.samples.get(key, []), row.summary.get(count, 0))
        for key, title, count in (
            ("error", _("错误：不登记，请改好再传"), "errors"),
            ("recorded", _("将登记"), "recorded"),
            ("unchanged", _("已登记过，不重复登记"), "unchanged"),
        )
    ]
    for _key, _title, rows, _count in groups:
        for each in rows:
            each["said"] = [words(Reason("", fault["text"], fault["params"])) for fault in each["faults"]]
    context = {
        "row": row, "summary": row.summary, "groups": [group for group in groups if group[2]],
        "may_undo": sheets.may_undo(row, request.now), "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "statistics/evaluation_preview.html", context)


@require_POST
def apply(request: Request, import_id: int) -> HttpResponse:
    """Record what the sheet says, as long work."""
    row = _own(request, import_id)
    if row.state != SheetState.PREVIEW:
        return redirect("evaluation_preview", row.id)
    return redirect("work_status", _start(request, row, "apply_evaluations", _("登记评价结果：%(name)s")))


@require_POST
def discard(request: Request, import_id: int) -> HttpResponse:
    """Give the upload up."""
    row = _own(request, import_id)
    actions.discard_upload(by=request.actor, now=request.now, import_id=row.id)
    messages.info(request, _("已放弃“%(name)s”，上传的文件已删除。") % {"name": row.filename})
    return redirect("evaluation_import")


@require_POST
def undo(request: Request, import_id: int) -> HttpResponse:
    """Withdraw everything that the import recorded."""
    row = _own(request, import_id)
    count = actions.undo_upload(by=request.actor, now=request.now, import_id=row.id)
    messages.success(
        request, _("已撤销“%(name)s”，撤回评价结果 %(count)s 条。") % {"name": row.filename, "count": count}
    )
    return redirect("evaluation_preview", row.id)


@require_safe
def errors(request: Request, import_id: int) -> FileResponse:
    """The person's own workbook with its errors marked."""
    row = _own(request, import_id)
    data = media.fetch(row.errors_path)
    if data is None:
        raise Http404
    return workbook(data, _("错误标注_%(name)s.xlsx") % {"name": row.filename.rsplit(".", 1)[0]})


@require_safe
def template(request: Request) -> FileResponse:
    """An empty sheet to fill in."""
    target = io.BytesIO()
    write_template(target, SPEC)
    return workbook(target, _("全要素评价结果表.xlsx"))
