"""转为整改问题: the handler writes what the enterprise may read; that somebody reported is not in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwang.domain.base import Refusal
from anwang.domain.ladder.rules import ProblemKind
from anwang.features.problems import actions as problems
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms.desk import RaiseForm


def page(request: Request, report_id: int) -> HttpResponse:
    """The form, and what becomes of it."""
    row = queries.report(report_id, by=request.actor, day=request.today)
    if row is None or row.problem_id is not None:
        raise Http404
    form = RaiseForm(request.POST if request.method == "POST" else None)
    error = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"kind": ProblemKind(form.cleaned_data["kind"]), "enterprise": row.enterprise_id}
        try:
            told = problems.ProblemData(**given)
            actions.raise_problem(by=request.actor, now=request.now, report_id=report_id, data=told)
        except Refusal as refusal:
            error = words(refusal)
        else:
            messages.success(request, _("已转为整改问题，由您跟踪到闭环；企业看到的是“上级交办”。"))
            return redirect("report", report_id)
    context = {"row": row, "form": form, "error": error, "page_clause": "三.4"}
    answer = render(request, "reports/raise.html", context, status=422 if form.is_bound else 200)
    answer["Cache-Control"] = "no-store, private"
    return answer
