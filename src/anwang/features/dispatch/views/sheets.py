"""Tasks as a spreadsheet: the empty form, upload with a preview of every row, issuing, taking all of it back."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.writer import write_template
from anwang.domain.base import Refusal
from anwang.features.grid import actions as grid_actions
from anwang.features.grid.queries.sheet import upload
from anwang.features.work import actions as work
from anwang.web.downloads import workbook
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions
from ..forms import TaskSheetForm
from ..queries.sheet import TaskSheet, plan_tasks, sheet_rows, task_spec

CLAUSE = "附件4.8"
SHOWN = 200


def sheet_template(request: Request) -> FileResponse:
    """The empty form."""
    target = BytesIO()
    write_template(target, task_spec(own=True))
    return workbook(target, _("临时任务表模板.xlsx"))


def sheet(request: Request) -> HttpResponse:
    """Choose a file; it is read and shown before anything is issued."""
    form = TaskSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            data = file.read(grid_actions.MAX_UPLOAD + 1)
            plan_tasks(data, by=request.actor, on=request.today, own=True)
            kept = grid_actions.keep_upload(by=request.actor, now=request.now, filename=file.name, data=data)
        except Refusal as refusal:
            form.add_error("file", words(refusal))
        else:
            return redirect("task_sheet_preview", kept)
    status = 422 if request.method == "POST" else 200
    return render(request, "dispatch/sheet.html", {"form": form, "page_clause": CLAUSE}, status=status)


def _plan(request: Request, upload_id: int) -> tuple[str, bytes, TaskSheet]:
    kept = upload(upload_id, by=request.actor)
    if kept is None:
        raise Http404
    return *kept, plan_tasks(kept[1], by=request.actor, on=request.today, own=True)


def sheet_preview(request: Request, upload_id: int) -> HttpResponse:
    """What every row would issue: to how many, known already, wrong where and why."""
    name, _data, plan = _plan(request, upload_id)
    context = {
        "upload_id": upload_id, "filename": name, "counts": plan.counts, "rows": sheet_rows(plan, most=SHOWN),
        "hidden": max(0, len(plan.rows) - SHOWN), "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "dispatch/sheet_preview.html", context)


@require_POST
def sheet_confirm(request: Request, upload_id: int) -> HttpResponse:
    """Issue the sound rows in the background, or give the sheet up."""
    if upload(upload_id, by=request.actor) is None:
        raise Http404
    if "drop" in request.POST:
        grid_actions.drop_upload(by=request.actor, now=request.now, upload_id=upload_id)
        messages.success(request, _("已放弃这张表，没有下达任何任务。"))
        return redirect("task_sheet")
    started = work.start(
        by=request.actor, now=request.now, handler="anwang.features.dispatch.jobs.issue_sheet",
        label=_("下达临时任务表"), params={"upload_id": upload_id}, next_url="/tasks/issued/?sheet={sheet}",
    )  # fmt: skip
    return redirect("work_status", started.id)


def sheet_errors(request: Request, upload_id: int) -> FileResponse:
    """The user's own workbook with its faults marked."""
    name, data, plan = _plan(request, upload_id)
    title = _("有错的行 %(name)s") % {"name": name.rsplit(".", 1)[0] + ".xlsx"}
    return workbook(mark_errors(data, plan.sheet, words), title)


@require_POST
def sheet_withdraw(request: Request) -> HttpResponse:
    """撤回 all that one sheet issued."""
    try:
        key = UUID(request.POST.get("sheet", ""))
    except ValueError:
        raise Http404 from None
    reason = request.POST.get("reason", "")
    count = actions.withdraw_sheet(by=request.actor, now=request.now, sheet=key, reason=reason)
    text = ngettext("已撤回这张表下达的 %(n)s 项任务。", "已撤回这张表下达的 %(n)s 项任务。", count)
    messages.success(request, text % {"n": count})
    return redirect("task_issued")
