"""The clerks' pages: words that wait to be put into others, a report by telephone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from anwang.domain.base import Refusal
from anwang.domain.reports.cases import Kind
from anwang.features.enterprises import queries as enterprises
from anwang.web.asked import number, page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms.desk import CallForm, RetellForm
from ..queries.national import national_line


def listing(request: Request) -> HttpResponse:
    """Reports with words that wait, by day."""
    rows = queries.retold_by(request.actor, day=request.today).select_related("enterprise").order_by("id")
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    return render(request, "reports/words.html", {"page": page, "rows": page.object_list, "page_clause": "三.4"})


@sensitive_variables()
def retell(request: Request, report_id: int) -> HttpResponse:
    """The one page on which the reporter's own words stand, until they are put into others."""
    rows = queries.retold_by(request.actor, day=request.today).select_related("enterprise")
    row = rows.filter(id=report_id).first()
    if row is None:
        raise Http404
    form = RetellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "word_id": number(request.POST.get("word", "")) or 0}
        try:
            actions.retell(by=request.actor, now=request.now, report_id=report_id, **told)
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("已转给办理人。原话已封存。"))
            return redirect("report_words")
    waiting = queries.untold(row, by=request.actor, day=request.today)
    context = {"row": row, "untold": waiting[:1], "more": len(waiting) - 1, "form": form, "page_clause": "三.4",
               "photos": list(row.photos.all())}  # fmt: skip
    answer = render(request, "reports/retell.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store, private"
    return answer


@sensitive_post_parameters()
@sensitive_variables()
def call(request: Request) -> HttpResponse:
    """Take a call down; afterwards the clerk reads nothing of it any more."""
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        firm = _firm(request, form)
        if firm is not None:
            try:
                made = _record(request, firm, form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, words(refusal))
            else:
                context = {
                    "code": made.code, "staffed": made.staffed, "line": national_line(request.today),
                    "page_clause": "三.4",
                }  # fmt: skip
                answer = render(request, "reports/called.html", context, status=201)
                answer["Cache-Control"] = "no-store, private"
                return answer
    context = {"form": form, "page_clause": "三.4"}
    return render(request, "reports/call.html", context, status=422 if form.errors else 200)


def _firm(request: Request, form: CallForm) -> Any | None:
    name = form.cleaned_data["enterprise"].strip()
    found = {row.id: row for row in enterprises.named(by=request.actor, codes=[name.upper()], names=[name])}
    if len(found) == 1:
        return next(iter(found.values()))
    form.add_error("enterprise", _("没有找到，或有同名企业；请填统一社会信用代码。"))
    return None


def _record(request: Request, firm: Any, data: dict[str, Any]) -> actions.Receipt:
    told = actions.Told(
        nonce=str(data["nonce"]), enterprise=firm.id, kind=Kind(data["kind"]), words=data["words"], line=data["line"],
        name=data["name"], phone=data["phone"],
    )  # fmt: skip
    return actions.record_call(by=request.actor, now=request.now, told=told, text=data["text"])
