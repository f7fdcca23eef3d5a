"""People and the grid as spreadsheets: form, import with preview, exports."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.adapters.crypto.fields import masked
from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.writer import Column, Stamp, columns_of, iter_values, write_table, write_template
from anwang.domain.base import Refusal
from anwang.domain.roster.spec import Kind
from anwang.web.downloads import workbook
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import PersonFilter, ReasonForm, SheetForm, say
from ..queries.roster import exported, grid_rows
from ..queries.sheet import RowPlan, SheetPlan, plan_people, upload
from ..queries.sheet_spec import people_spec

SHOWN = 200


def _stamp(request: Request) -> Stamp:
    unit = queries.unit(request.actor.unit or 0, on=request.today)
    return Stamp(unit.name if unit else "", request.actor.name, request.today)


def template(request: Request) -> FileResponse:
    """The empty form."""
    target = BytesIO()
    write_template(target, people_spec())
    return workbook(target, _("人员表模板.xlsx"))


def start(request: Request) -> HttpResponse:
    """Choose a file; it is read at once and shown before anything changes."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            data = file.read(actions.MAX_UPLOAD + 1)
            plan_people(data, by=request.actor, on=request.today)
            kept = actions.keep_upload(by=request.actor, now=request.now, filename=file.name, data=data)
        except Refusal as refusal:
            form.add_error("file", say(refusal))
        else:
            return redirect("person_import_preview", kept)
    status = 422 if request.method == "POST" else 200
    return render(request, "grid/import.html", {"form": form, "page_clause": "二.2"}, status=status)


def _plan(request: Request, upload_id: int) -> tuple[str, bytes, SheetPlan]:
    kept = upload(upload_id, by=request.actor)
    if kept is None:
        raise Http404
    name, data = kept
    return name, data, plan_people(data, by=request.actor, on=request.today)


def preview(request: Request, upload_id: int) -> HttpResponse:
    """What every row would do: new, changed, unchanged, wrong and why."""
    name, _data, plan = _plan(request, upload_id)
    rows = [row for row in plan.rows if row.do != "unchanged" or row.row.faults]
    rows.sort(key=lambda row: (row.do != "error", not row.row.faults, row.row.line))
    called = queries.names([row.unit for row in rows[:SHOWN]])
    context = {
        "upload_id": upload_id, "filename": name, "counts": plan.counts, "hidden": max(0, len(rows) - SHOWN),
        "rows": [_line(row, called) for row in rows[:SHOWN]],
        "page_clause": "二.2",
    }  # fmt: skip
    return render(request, "grid/import_preview.html", context)


def _line(row: RowPlan, called: dict[int, str]) -> dict[str, Any]:
    faults = [words(fault.reason) for fault in row.row.faults]
    return {"line": row.row.line, "plan": row, "place": called.get(row.unit, ""), "faults": faults}


@require_POST
def apply(request: Request, upload_id: int) -> HttpResponse:
    """Take over the sound rows, or give the sheet up."""
    _name, _data, plan = _plan(request, upload_id)
    if "drop" not in request.POST:
        counts = actions.import_people(by=request.actor, now=request.now, plan=plan)
        text = _("已导入：新增 %(created)s，更新 %(updated)s，未变 %(unchanged)s，未导入 %(errors)s。")
        messages.success(request, text % counts)
    actions.drop_upload(by=request.actor, now=request.now, upload_id=upload_id)
    return redirect("person_list")


def errors(request: Request, upload_id: int) -> FileResponse:
    """The user's own workbook with its faults marked."""
    name, data, plan = _plan(request, upload_id)
    title = _("有错的行 %(name)s") % {"name": name.rsplit(".", 1)[0] + ".xlsx"}
    return workbook(mark_errors(data, plan.sheet, words), title)


def _export(request: Request, rows: list[dict[str, Any]]) -> FileResponse:
    spec, target = people_spec(), BytesIO()
    names = list(spec.by_name)
    values = iter_values(spec, rows, names)
    write_table(target, title=spec.title, columns=columns_of(spec, names), rows=values, stamp=_stamp(request))
    return workbook(target, f"{spec.title}.xlsx")


def _chosen(request: Request) -> list[dict[str, Any]]:
    chosen = PersonFilter(request.GET, actor=request.actor, on=request.today)
    return exported(list(chosen.qs), on=request.today)


def export(request: Request) -> FileResponse:
    """The filtered people, phones masked."""
    return _export(request, [row | {"phone": masked(row["phone"])} for row in _chosen(request)])


def export_full(request: Request) -> HttpResponseBase:
    """The filtered people with phones in clear, after a reason, which the trail keeps."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rows = _chosen(request)
        actions.note_export(by=request.actor, now=request.now, people=len(rows), reason=form.cleaned_data["reason"])
        return _export(request, rows)
    context = {
        "form": form, "title": _("导出完整号码"), "back": reverse("person_list"), "submit": _("导出"),
        "note": _("导出的表格含完整联系电话，请妥善保管；本次导出和事由会记入审计。"),
    }  # fmt: skip
    return render(request, "grid/form.html", context, status=422 if request.method == "POST" else 200)


def grid(request: Request) -> FileResponse:
    """The grid of the territory with leaders and sponsors, for print."""
    columns = [
        Column(_("级别")), Column(_("县区")), Column(_("乡镇（街道）")), Column(_("村居")),
        Column(_("代码"), Kind.UNIT_CODE), Column(_("网格长")), Column(_("分管包联")),
        Column(_("监督电话"), Kind.PHONE), Column(_("下级网格"), Kind.COUNT), Column(_("在任人员"), Kind.COUNT),
    ]  # fmt: skip
    target, title = BytesIO(), _("企业安全生产包保督导网格表")
    rows = grid_rows(request.actor, on=request.today)
    write_table(target, title=title, columns=columns, rows=rows, stamp=_stamp(request))
    return workbook(target, f"{title}.xlsx")
