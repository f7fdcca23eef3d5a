"""Contacts as a spreadsheet: form, upload with preview, taking over."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.writer import write_template
from anwang.domain.base import Refusal
from anwang.domain.calendar import local_day
from anwang.features.grid import actions as grid_actions
from anwang.features.grid.queries.sheet import upload
from anwang.features.work import actions as work
from anwang.web.downloads import workbook
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import queries
from ..forms import SheetForm
from ..queries.sheet import RecordPlan, RecordSheet, plan_records
from ..queries.sheet_spec import record_spec
from . import unsent

MOST = 8 * 2**20
SHOWN = 200


def template(request: Request) -> FileResponse:
    """The empty form, with the columns that the rules in force ask for."""
    target = BytesIO()
    write_template(target, record_spec(local_day(request.now)))
    return workbook(target, _("包保督导记录表模板.xlsx"))


def start(request: Request) -> HttpResponse:
    """Choose a file; it is read at once and shown before anything is recorded."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if unsent.is_package(file):
                return unsent.take(request, file)
            data = file.read(MOST + 1)
            plan_records(data, by=request.actor, now=request.now)
            kept = grid_actions.keep_upload(by=request.actor, now=request.now, filename=file.name, data=data)
        except Refusal as refusal:
            form.add_error("file", words(refusal))
        else:
            return redirect("record_preview", kept)
    status = 422 if request.method == "POST" else 200
    return render(request, "duties/sheet.html", {"form": form, "page_clause": "四.3"}, status=status)


def preview(request: Request, upload_id: int) -> HttpResponse:
    """What every row would record: new, known, wrong and why."""
    name, _data, plan = _plan(request, upload_id)
    rows = sorted(plan.rows, key=lambda row: (row.do != "error", not row.row.faults, row.row.line))
    context = {
        "upload_id": upload_id, "filename": name, "counts": plan.counts, "hidden": max(0, len(rows) - SHOWN),
        "rows": [_line(row) for row in rows[:SHOWN]], "page_clause": "四.3",
    }  # fmt: skip
    return render(request, "duties/sheet_preview.html", context)


def _plan(request: Request, upload_id: int) -> tuple[str, bytes, RecordSheet]:
    kept = upload(upload_id, by=request.actor)
    if kept is None:
        raise Http404
    name, data = kept
    return name, data, plan_records(data, by=request.actor, now=request.now)


def _line(plan: RecordPlan) -> dict[str, Any]:
    return {
        "plan": plan, "line": plan.row.line, "day": plan.row["date"],
        "faults": [queries.sentence(fault.reason) for fault in plan.row.faults],
    }  # fmt: skip


@require_POST
def apply(request: Request, upload_id: int) -> HttpResponse:
    """Record the sound rows in the background, or give the sheet up."""
    if upload(upload_id, by=request.actor) is None:
        raise Http404
    if "drop" in request.POST:
        grid_actions.drop_upload(by=request.actor, now=request.now, upload_id=upload_id)
        messages.success(request, _("已放弃这张表，没有登记任何记录。"))
        return redirect("record_import")
    started = work.start(
        by=request.actor, now=request.now, handler="anwang.features.duties.jobs.record", label=_("登记督导记录表"),
        params={"upload_id": upload_id}, next_url="/contacts/",
    )  # fmt: skip
    return redirect("work_status", started.id)


def errors(request: Request, upload_id: int) -> FileResponse:
    """The user's own workbook with its faults marked."""
    name, data, plan = _plan(request, upload_id)
    title = _("有错的行 %(name)s") % {"name": name.rsplit(".", 1)[0] + ".xlsx"}
    return workbook(mark_errors(data, plan.sheet, queries.sentence), title)
