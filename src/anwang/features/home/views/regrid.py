"""Putting another division table in force: choose, read what moves, decide what is open, confirm (三.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Level, Refusal
from anwang.domain.grid.regrid import Change
from anwang.features.grid import actions as grid_actions
from anwang.features.grid import queries as grid
from anwang.features.work import actions as work
from anwang.web.requests import Request

from ..forms import RegridForm, say
from ..queries.regrid import preview_rows, read_table


def _city_only(request: Request) -> None:
    """The division table is the whole city's: for any other office the page does not exist."""
    if request.actor.level is not Level.CITY:
        raise Http404


def start(request: Request) -> HttpResponse:
    """Choose a shipped table or a file, and the day from which it holds."""
    _city_only(request)
    form = RegridForm(request.POST or None, request.FILES or None, initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            table = _table(request, form.cleaned_data)
            read_table(table, by=request.actor)
        except Refusal as refusal:
            form.add_error("file", say(refusal))
        else:
            return redirect(f"{reverse('regrid_preview')}?table={table}&on={form.cleaned_data['on']}")
    status = 422 if request.method == "POST" else 200
    return render(request, "home/regrid.html", {"form": form, "page_clause": "三.1"}, status=status)


def _table(request: Request, data: dict[str, Any]) -> str:
    """The name of a shipped table, or the key of the file that was uploaded."""
    if not data["file"]:
        return str(data["table"])
    content = data["file"].read(grid_actions.MAX_UPLOAD + 1)
    kept = grid_actions.keep_upload(by=request.actor, now=request.now, filename=data["file"].name, data=content)
    return f"file-{kept}"


def _chosen(values: Any) -> tuple[str, date]:
    try:
        return values.get("table", ""), date.fromisoformat(values.get("on", ""))
    except ValueError:
        raise Http404 from None


def preview(request: Request) -> HttpResponse:
    """Everything that moves, by name; villages without a successor ask for a decision."""
    _city_only(request)
    table, on = _chosen(request.GET)
    plan = grid.plan_regrid(read_table(table, by=request.actor))
    rows = preview_rows(plan)
    context = {
        "table": table,
        "on": on,
        "plan": plan,
        "counts": _counts(plan.counts),
        "heads": [row for row in rows if row.line.level.rank < 3],
        "open": [row for row in rows if row.is_open],
        "villages": [row for row in rows if row.line.level.rank == 3 and not row.is_open],
        "page_clause": "三.1",
    }
    return render(request, "home/regrid_preview.html", context)


def _counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The numbers of the preview in words, without what is kept."""
    names = {change: sum(n for key, n in counts.items() if key.startswith(f"{change.value}_")) for change in Change}
    return [(_(change.label), n) for change, n in names.items() if change is not Change.KEPT]


@require_POST
def apply(request: Request) -> HttpResponse:
    """Confirmed: the grid and all that stands in it move together, as long work."""
    _city_only(request)
    table, on = _chosen(request.POST)
    read_table(table, by=request.actor)
    decisions = {
        name.removeprefix("to-"): value
        for name, value in request.POST.dict().items()
        if name.startswith("to-") and name.removeprefix("to-").isdigit() and str(value).isdigit()
    }
    started = work.start(
        by=request.actor, now=request.now, handler="anwang.features.home.jobs.regrid", label=_("网格调整"),
        params={"table": table, "on": str(on), "decisions": decisions}, next_url=reverse("grid_tree"),
    )  # fmt: skip
    return redirect("work_status", started.id)
