"""Tasks that I arranged, how each stands, and the same as a workbook."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.adapters import media
from anwang.domain.tasks.life import STAGE_LABELS, Stage
from anwang.features.work import actions as work
from anwang.web.asked import page_size
from anwang.web.downloads import XLSX, workbook
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..models import Receipt, Task
from .receipts import find

TYPES = {
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
}


def issued(request: Request) -> HttpResponse:
    """What I arranged, with how far it is."""
    counts, sheet = queries.arranged_counts(request.actor), _sheet(request)
    stage = "" if sheet else request.GET.get("stage") or Stage.ISSUED.value
    rows = queries.of_sheet(request.actor, sheet) if sheet else queries.arranged_by(request.actor, stage)
    page = Paginator(rows, page_size(request))
    if not sheet:
        page.count = counts.get(stage, sum(counts.values()))
    shown = page.get_page(request.GET.get("page"))
    tasks = list(shown.object_list)
    standing = queries.counts_of([task.id for task in tasks], request.today)
    waiting, first = queries.to_decide(request.actor, limit=20)
    context = {
        "page": shown, "rows": [(task, standing[task.id]) for task in tasks], "stage": stage, "today": request.today,
        "waiting": waiting, "first": first, "page_clause": "附件4.8", "sheet": sheet,
        "running": queries.running_of_sheet(request.actor, sheet).count() if sheet else 0,
        "tabs": [{"label": _(label), "url": f"?stage={key.value}", "active": key.value == stage,
                  "count": counts[key.value]} for key, label in STAGE_LABELS.items()],
    }  # fmt: skip
    return render(request, "dispatch/issued.html", context)


def _sheet(request: Request) -> UUID | None:
    """The uploaded sheet whose tasks are asked for."""
    try:
        return UUID(request.GET.get("sheet", ""))
    except ValueError:
        return None


def _task(request: Request, task_id: int) -> Task:
    row = queries.find_task(task_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def detail(request: Request, task_id: int) -> HttpResponse:
    """One task: counts that open their rows, who used the time, the tree down to the person."""
    task = _task(request, task_id)
    if task.state == Stage.DRAFT:
        return redirect("task_preview", task.id)
    state = request.GET.get("state", "")
    flat = state in queries.STATES
    rows = (queries.receipts_of(task, by=request.actor, state=state, day=request.today) if flat
            else queries.tops_of(task, by=request.actor))  # fmt: skip
    page = Paginator(rows, page_size(request, 50)).get_page(request.GET.get("page"))
    lines = queries.lines(page.object_list, request.today)
    own = permissions.owns(request.actor, task)
    context = {
        "task": task, "page": page, "state": state, "lines": lines, "today": request.today, "own": own,
        "nodes": [] if flat else [node(line) for line in lines], "flat": flat,
        "counts": queries.counts_for(task, request.today, by=request.actor),
        "levels": queries.level_use(task, by=request.actor),
        "events": [(_(actions.KINDS.get(each.kind, each.kind)), each) for each in queries.events_of(task=task)],
        "files": queries.files_of(task),
        "page_clause": "附件4.8",
    }  # fmt: skip
    return render(request, "dispatch/detail.html", context)


def node(line: queries.Line) -> dict[str, Any]:
    """A receipt as the tree component wants it."""
    row: Any = line.row
    parts = [_(line.label), _("期限 %(due)s") % {"due": row.due}]
    if row.kept_over:
        parts.append(_("留用超时 %(n)s 天") % {"n": row.kept_over})
    if row.redone:
        parts.append(ngettext("已重办 %(n)s 次", "已重办 %(n)s 次", row.redone) % {"n": row.redone})
    if row.accepted_at:
        parts.append(_("已核收"))
    if row.below:
        parts.append(_("下级 %(done)s/%(all)s 办结") % {"done": row.below_done, "all": row.below})
    return {
        "label": f"{line.unit} {row.person.name}", "url": reverse("task_receipt", args=[row.id]),
        "note": " · ".join(parts), "load": reverse("task_below", args=[row.id]) if row.below else "",
    }  # fmt: skip


def below(request: Request, receipt_id: int) -> HttpResponse:
    """The hops below one receipt, for the tree."""
    row = find(request, receipt_id)
    found = _seen(request, list(queries.children_of(row)[:500]))
    nodes = [node(line) for line in queries.lines(found, request.today)]
    return render(request, "web/_tree.html", {"nodes": nodes})


def _seen(request: Request, rows: list[Receipt]) -> list[Receipt]:
    """Those that the actor may see too."""
    ids = queries.receipts_for(request.actor).filter(id__in=[row.id for row in rows]).values_list("id", flat=True)
    mine = set(ids)
    return [row for row in rows if row.id in mine]


def export(request: Request, task_id: int) -> HttpResponseBase:
    """The receipts of a task as XLSX, narrowed as the page is; very many as long work."""
    task, asked = _task(request, task_id), request.GET.get("state", "")
    state, by, today = asked if asked in queries.STATES else "all", request.actor, request.today
    title = queries.export_title(task)
    if queries.export_rows(task, by=by, state=state, on=today).count() > work.MANY_ROWS:
        started = work.start_export(
            by=by, now=request.now, handler="anwang.features.dispatch.jobs.export", label=title,
            params={"task_id": task.id, "state": state},
        )  # fmt: skip
        return redirect("work_status", started.id)
    target = io.BytesIO()
    queries.write_receipts(target, task=task, by=by, state=state, on=today)
    return workbook(target, f"{title}-{today:%Y%m%d}.xlsx")


def file(request: Request, task_file_id: int) -> FileResponse:
    """A file, always as a download."""
    row = queries.find_file(task_file_id, by=request.actor)
    data = media.fetch(row.path) if row else None
    if row is None or data is None:
        raise Http404
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=row.name, content_type=TYPES[row.kind])


@require_POST
def withdraw(request: Request, task_id: int) -> HttpResponse:
    """撤回 the whole task."""
    task = _task(request, task_id)
    if not permissions.owns(request.actor, task):
        raise Http404
    reason = request.POST.get("reason", "")
    count = actions.withdraw(by=request.actor, now=request.now, task_id=task.id, reason=reason)
    text = ngettext("任务已撤回，%(n)s 份未办结的回执随之结束。", "任务已撤回，%(n)s 份未办结的回执随之结束。", count)
    messages.success(request, text % {"n": count})
    return redirect("task_detail", task.id)


@require_POST
def urge_all(request: Request, task_id: int) -> HttpResponse:
    """催办 everybody who still has it."""
    task = _task(request, task_id)
    if not permissions.owns(request.actor, task):
        raise Http404
    count = actions.urge_all(by=request.actor, now=request.now, task_id=task.id)
    messages.success(request, ngettext("已催办 %(n)s 个承办人。", "已催办 %(n)s 个承办人。", count) % {"n": count})
    return redirect("task_detail", task.id)
