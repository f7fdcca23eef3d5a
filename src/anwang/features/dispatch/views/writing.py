"""Arranging a task: written, looked at with those whom it reaches, sent out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.adapters.handed_in import read_files
from anwang.domain.base import Refusal
from anwang.domain.tasks.life import Stage
from anwang.features.grid import queries as grid
from anwang.features.work import actions as work
from anwang.web.asked import unit_of
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import TaskForm, read_targets
from ..models import Task
from .targets import targets_context

#: From so many receipts or enterprises on it is long work with a progress bar.
LONG = 300
NAMED = 100


def new(request: Request) -> HttpResponse:
    """A new task."""
    return _write(request, None)


def edit(request: Request, task_id: int) -> HttpResponse:
    """A draft again."""
    return _write(request, _draft(request, task_id))


def _draft(request: Request, task_id: int) -> Task:
    row = queries.find_task(task_id, by=request.actor)
    if row is None or not permissions.owns(request.actor, row):
        raise Http404
    return row


def _write(request: Request, row: Task | None) -> HttpResponse:
    if row is not None and row.state != Stage.DRAFT:
        return redirect("task_detail", row.id)
    form, error = TaskForm(request.POST or None, initial=_initial(row)), ""
    if request.method == "POST" and "refresh" not in request.POST and form.is_valid():
        data = form.data_of(read_targets(request.POST), read_files(request.FILES))
        try:
            saved = actions.draft(by=request.actor, now=request.now, data=data, task_id=row.id if row else None)
            return redirect("task_preview", saved.id)
        except Refusal as refusal:
            error = words(refusal)
    stored = row.targets if row else {"kind": "units", "units": []}
    sent = request.POST if request.method == "POST" else stored
    context = targets_context(request, request.actor.unit or 0, sent)
    context |= {"form": form, "error": error, "task": row, "page_clause": "附件4.8",
                "files": queries.files_of(row) if row else [], "steps": _steps()}  # fmt: skip
    return render(request, "dispatch/write.html", context, status=422 if request.method == "POST" else 200)


def _steps() -> list[str]:
    return [_("填写"), _("预览承办人"), _("下达")]


def _initial(row: Task | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {name: getattr(row, name) for name in ("title", "requirement", "due", "due_time", "given_due", "mode")}


def targets(request: Request) -> HttpResponse:
    """The part of the form that says to whom, as what was chosen asks for it; nothing is written."""
    firms = request.GET.get("firms", "1") == "1"
    sent = request.POST if request.method == "POST" else request.GET
    return render(request, "dispatch/_targets.html", targets_context(request, unit_of(request), sent, firms=firms))


def preview(request: Request, task_id: int) -> HttpResponse:
    """Who gets it, how many, whom it does not reach; the deadlines."""
    row = _draft(request, task_id)
    if row.state != Stage.DRAFT:
        return redirect("task_detail", row.id)
    found = queries.reach(row.targets, by=request.actor, on=request.today)
    names = grid.names({each.unit for each in found.to[:NAMED]})
    context = {
        "task": row, "reach": found, "named": [(each, names.get(each.unit, "")) for each in found.to[:NAMED]],
        "more": max(0, len(found.to) - NAMED), "files": queries.files_of(row), "page_clause": "附件4.8",
        "missed": [words(reason) for reason in found.missed], "steps": _steps(),
    }  # fmt: skip
    return render(request, "dispatch/preview.html", context)


@require_POST
def issue(request: Request, task_id: int) -> HttpResponse:
    """Send it out; many receipts as long work."""
    row = _draft(request, task_id)
    found = queries.reach(row.targets, by=request.actor, on=request.today)
    if len(found.to) + found.firms > LONG and row.state == Stage.DRAFT:
        started = work.start(
            by=request.actor, now=request.now, handler="anwang.features.dispatch.jobs.issue", label=_("下达任务"),
            params={"task_id": row.id}, next_url=reverse("task_detail", args=[row.id]),
        )  # fmt: skip
        return redirect("work_status", started.id)
    count = actions.issue(by=request.actor, now=request.now, task_id=row.id)["receipts"]
    messages.success(request, ngettext("已下达给 %(n)s 个承办人。", "已下达给 %(n)s 个承办人。", count) % {"n": count})
    return redirect("task_detail", row.id)


@require_POST
def drop(request: Request, task_id: int) -> HttpResponse:
    """Throw a draft away."""
    row = _draft(request, task_id)
    actions.drop_draft(by=request.actor, now=request.now, task_id=row.id)
    messages.success(request, _("已删除草稿“%(title)s”。") % {"title": row.title})
    return redirect("task_issued")


@require_POST
def drop_file(request: Request, task_id: int, task_file_id: int) -> HttpResponse:
    """Take a file off a draft."""
    row = _draft(request, task_id)
    actions.drop_file(by=request.actor, now=request.now, task_id=row.id, file_id=task_file_id)
    messages.success(request, _("已删除附件。"))
    return redirect("task_edit", row.id)
