"""The handlers' desk: reports in a clerk's words, by day, without anything of who reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Role
from anwang.domain.reports.cases import STEP_LABELS, State, may_become
from anwang.features.grid import queries as grid
from anwang.web.asked import page_size
from anwang.web.requests import Request

from .. import actions, queries
from ..forms.desk import AnswerForm


def listing(request: Request) -> HttpResponse:
    """What was sent to the own desk, the latest first."""
    rows = queries.listing(request.actor, day=request.today)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    untold = queries.retold_by(request.actor, day=request.today).count()
    context = {
        "page": page, "rows": page.object_list, "today": request.today, "untold": untold,
        "office": request.actor.has(Role.OFFICE), "page_clause": "三.4",
    }  # fmt: skip
    return render(request, "reports/listing.html", context)


def _found(request: Request, report_id: int) -> Any:
    row = queries.report(report_id, by=request.actor, day=request.today)
    if row is None:
        raise Http404
    return row


def page(request: Request, report_id: int) -> HttpResponse:
    """One report, what was said and done, what may be done now."""
    return _page(request, _found(request, report_id))


def _page(request: Request, row: Any, form: AnswerForm | None = None) -> HttpResponse:
    steps, ups = queries.steps(row), queries.follow_ups(row)
    named = grid.names({row.handler_unit, *(each.unit for each in steps if each.unit)})
    context = {
        "row": row, "steps": [(each, STEP_LABELS[State(each.state)], named.get(each.unit or 0, "")) for each in steps],
        "words": queries.told_words(row), "follow_ups": ups, "form": form or AnswerForm(), "today": request.today,
        "may": {to.value: bool(may_become(State(row.state), to)) for to in State}, "page_clause": "三.4",
        "may_raise": row.state in actions.RAISING, "photos": list(row.photos.all()) if row.photos_told else [],
    }  # fmt: skip
    answer = render(request, "reports/page.html", context, status=422 if form else 200)
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_POST
def accept(request: Request, report_id: int) -> HttpResponse:
    """受理."""
    _found(request, report_id)
    actions.accept(by=request.actor, now=request.now, report_id=report_id)
    messages.success(request, _("已受理，举报人凭查询码可以看到。"))
    return redirect("report", report_id)


def _write(request: Request, report_id: int, act: Callable[..., Any], said: str) -> HttpResponse:
    row, form = _found(request, report_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    act(by=request.actor, now=request.now, report_id=report_id, text=form.cleaned_data["text"])
    messages.success(request, said)
    return redirect("report", report_id)


@require_POST
def ask(request: Request, report_id: int) -> HttpResponse:
    """A question to the reporter."""
    return _write(request, report_id, actions.ask, _("已提问，举报人凭查询码可以看到。"))


@require_POST
def answer(request: Request, report_id: int) -> HttpResponse:
    """An answer."""
    return _write(request, report_id, actions.answer, _("已答复，举报人凭查询码可以看到。"))


@require_POST
def close(request: Request, report_id: int) -> HttpResponse:
    """The result."""
    return _write(request, report_id, actions.close, _("已办结，举报人凭查询码可以看到。"))


@require_POST
def followed(request: Request, report_id: int, follow_up_id: int) -> HttpResponse:
    """What was done about a due question."""
    row, form = _found(request, report_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    note = form.cleaned_data["text"]
    asked: dict[str, Any] = {"by": request.actor, "now": request.now}
    actions.settle_follow_up(**asked, report_id=report_id, follow_up_id=follow_up_id, note=note)
    messages.success(request, _("回访已记录。"))
    return redirect("report", report_id)


def photo(request: Request, report_id: int, report_photo_id: int) -> HttpResponse:
    """A photo, unsealed for this answer only."""
    data = queries.photo(report_id, report_photo_id, by=request.actor, day=request.today)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg", headers={"Cache-Control": "no-store, private"})
