"""Importing a roster in the browser: upload, read, look, correct the columns, carry out, take back."""

from __future__ import annotations

import io
import json
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.adapters import media
from anwang.adapters.xlsx.writer import write_template
from anwang.domain.base import Refusal
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.features.work import actions as work
from anwang.web.downloads import workbook
from anwang.web.requests import Request

from .. import actions
from ..forms import MappingForm, UploadForm
from ..forms.fields import say
from ..models import ImportState, RosterImport
from ..queries import worklists as reads
from .form_page import told

JOBS = "anwang.features.enterprises.jobs"


def upload(request: Request) -> HttpResponse:
    """Choose a workbook; it is read as long work."""
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor, on=request.today,
                      initial={"on": request.today})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        unit = data["unit"].code if data["unit"] else request.actor.unit or 0
        try:
            row = actions.receive(
                by=request.actor, now=request.now, data=data["file"].read(), filename=str(data["file"].name), unit=unit,
                on=data["on"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("file", say(refusal))
        else:
            return redirect("work_status", _read(request, row))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "recent": reads.recent_imports(request.actor), "page_clause": "二.1"}
    return render(request, "enterprises/import.html", context, status=status)


def _read(request: Request, row: RosterImport) -> UUID:
    label = _("读取名册：%(name)s") % {"name": row.filename}
    return _start(request, row, "read", label)


def _start(request: Request, row: RosterImport, job: str, label: str) -> UUID:
    started = work.start(
        by=request.actor, now=request.now, handler=f"{JOBS}.{job}", label=label, params={"import_id": row.id},
        next_url=reverse("roster_preview", args=[row.id]),
    )  # fmt: skip
    key: UUID = started.id
    return key


def _own(request: Request, import_id: int) -> RosterImport:
    row = reads.import_for(request.actor, import_id)
    if row is None:
        raise Http404
    return row


def preview(request: Request, import_id: int) -> HttpResponse:
    """What the import would do, or what it did. A POST says which column holds what and reads again."""
    row = _own(request, import_id)
    columns = row.summary.get("columns", [])
    form = MappingForm(request.POST or None, columns=columns)
    if request.method == "POST" and form.is_valid():
        mapping = {**row.mapping, **form.mapping()}
        actions.map_columns(by=request.actor, now=request.now, import_id=row.id, mapping=mapping)
        return redirect("work_status", _read(request, row))
    context = {
        "row": row,
        "form": form,
        "summary": row.summary,
        "samples": _samples(row),
        "unknown": [column for column in columns if not column["field"]],
        "may_undo": reads.undoable(row.change, request.now),
        "page_clause": "二.1",
    }
    return render(request, "enterprises/preview.html", context, status=422 if form.errors else 200)


def _samples(row: RosterImport) -> dict[str, list[dict[str, Any]]]:
    """The sample rows, with their reasons in the reader's language."""
    found: dict[str, list[dict[str, Any]]] = json.loads(row.samples) if row.samples else {}
    for rows in found.values():
        for each in rows:
            for fault in each["faults"]:
                fault["words"] = _(fault["text"]) % fault["params"] if fault["params"] else _(fault["text"])
    return found


def apply(request: Request, import_id: int) -> HttpResponse:
    """Carry the import out as long work."""
    row = _own(request, import_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if row.state != ImportState.PREVIEW:
        return redirect("roster_preview", row.id)
    label = _("导入名册：%(name)s") % {"name": row.filename}
    return redirect("work_status", _start(request, row, "apply", label))


def discard(request: Request, import_id: int) -> HttpResponse:
    """Give the upload up."""
    row = _own(request, import_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.discard_import(by=request.actor, now=request.now, import_id=row.id)
    told(request, None, _("已放弃“%(name)s”，上传的文件已删除。") % {"name": row.filename})
    return redirect("roster_import")


def errors(request: Request, import_id: int) -> FileResponse:
    """The person's own workbook with its errors marked."""
    row = _own(request, import_id)
    data = media.fetch(row.errors_path)
    if data is None:
        raise Http404
    return workbook(data, _("错误标注_%(name)s.xlsx") % {"name": row.filename.rsplit(".", 1)[0]})


def template(request: Request) -> FileResponse:
    """An empty form to fill in."""
    target = io.BytesIO()
    write_template(target, ENTERPRISES)
    return workbook(target, _("企业名册模板.xlsx"))
