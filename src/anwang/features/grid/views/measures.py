"""Measures that turn on-site duties into remote ones: who ordered what, where, until when (四.4)."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.domain.base import Role
from anwang.web.asked import page_size
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import EndMeasureForm, MeasureForm
from ..models import HealthMeasure
from ..permissions import may_order_remote
from .form_page import form_page

LIST = "measure_list"


def listing(request: Request) -> HttpResponse:
    """What holds here now and what held: also what was ordered above."""
    page = Paginator(queries.measures_for(request.actor), page_size(request)).get_page(request.GET.get("page"))
    named = queries.names({row.unit for row in page.object_list})
    rows = [
        {
            "row": row,
            "unit": named.get(row.unit, str(row.unit)),
            "last": row.end - timedelta(days=1),
            "state": _state(row, request.today),
            "may_end": _running(row, request.today) and bool(may_order_remote(request.actor, row.unit)),
        }
        for row in page.object_list
    ]
    may_order = request.actor.has(Role.LEADER, Role.OFFICE)
    context = {"page": page, "rows": rows, "may_order": may_order, "page_clause": "四.4"}
    return render(request, "grid/measures.html", context)


def _running(row: HealthMeasure, today: date) -> bool:
    return row.end > today and row.ended_at is None


def _state(row: HealthMeasure, today: date) -> str:
    if row.end == row.first:
        return "none"
    if row.end <= today:
        return "over"
    return "now" if row.first <= today else "coming"


def order(request: Request) -> HttpResponse:
    """Turn on-site duties of a unit into remote ones for a time."""
    own = queries.unit(request.actor.unit or 0, on=request.today)
    initial = {"unit": own.name if own else "", "first": request.today, "last": request.today + timedelta(days=13)}
    form = MeasureForm(request.POST or None, actor=request.actor, on=request.today, initial=initial)

    def act() -> None:
        data = form.cleaned_data
        actions.order_remote(
            by=request.actor, now=request.now, unit=data["unit"].code, first=data["first"],
            end=data["last"] + timedelta(days=1), reason=data["reason"],
        )  # fmt: skip

    note = _("期间，电话、视频、线上列席会议可以完成原须到现场的职责；记录会注明依据。到期自动恢复。")
    return form_page(
        request, form, act, title=_("设定远程督导"), back=reverse(LIST), submit=_("设定"), done=_("已设定。"),
        note=note, clause="四.4",
    )  # fmt: skip


def end(request: Request, measure_id: int) -> HttpResponse:
    """End a measure before its time."""
    row = queries.health_measure(measure_id)
    if row is None or not may_order_remote(request.actor, row.unit):
        raise Http404
    form = EndMeasureForm(request.POST or None, initial={"on": max(request.today, row.first)})

    def act() -> None:
        data = form.cleaned_data
        actions.end_remote(
            by=request.actor, now=request.now, measure_id=measure_id, on=data["on"], reason=data["reason"]
        )

    named = queries.names([row.unit]).get(row.unit, "")
    return form_page(
        request, form, act, title=_("提前结束远程督导"), sub=f"{named} · {row.reason}", back=reverse(LIST),
        submit=_("提前结束"), done=_("已提前结束，现场督导恢复。"), clause="四.4",
    )  # fmt: skip
