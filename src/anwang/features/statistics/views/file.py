"""一企一档: how an enterprise stands and why; evaluations by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal
from anwang.domain.calendar import local_day
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions
from ..forms import EvaluationForm
from ..permissions import may_evaluate
from ..queries.evaluations import one_for
from ..queries.file import EnterpriseFile
from ..queries.file import enterprise_file as read


def _found(request: Request, enterprise_id: int) -> EnterpriseFile:
    found = read(enterprise_id, by=request.actor, on=local_day(request.now))
    if found is None:
        raise Http404
    return found


def _page(request: Request, found: EnterpriseFile, form: EvaluationForm | None, status: int = 200) -> HttpResponse:
    may = bool(may_evaluate(request.actor, found.firm.place))
    context: dict[str, Any] = {
        "file": found, "firm": found.firm, "today": local_day(request.now), "page_clause": "二.1",
        "form": (form or EvaluationForm()) if may else None,
    }  # fmt: skip
    return render(request, "statistics/file.html", context, status=status)


def enterprise_file(request: Request, enterprise_id: int) -> HttpResponse:
    """The light with its reasons, people, papers, what is due."""
    return _page(request, _found(request, enterprise_id), None)


@require_POST
def evaluation_add(request: Request, enterprise_id: int) -> HttpResponse:
    """Record the result of an evaluation."""
    found, form = _found(request, enterprise_id), EvaluationForm(request.POST)
    if form.is_valid():
        try:
            row = actions.record_evaluation(
                by=request.actor, now=request.now, enterprise_id=enterprise_id, data=form.evaluation()
            )
        except Refusal as refusal:
            form.add_error("score" if refusal.code == "score_range" else "on", words(refusal))
        else:
            undo = "undo:" + reverse("evaluation_withdraw", args=[row.id])
            messages.success(request, _("已登记评价结果。"), extra_tags=undo)
            return redirect("enterprise_file", enterprise_id)
    return _page(request, found, form, 422)


def _evaluation(request: Request, evaluation_id: int) -> Any:
    row = one_for(evaluation_id, by=request.actor)
    if row is None:
        raise Http404
    return row


@require_POST
def evaluation_withdraw(request: Request, evaluation_id: int) -> HttpResponse:
    """It was a mistake; can be taken back."""
    row = _evaluation(request, evaluation_id)
    actions.withdraw_evaluation(by=request.actor, now=request.now, evaluation_id=row.id)
    undo = "undo:" + reverse("evaluation_restore", args=[row.id])
    messages.success(request, _("已撤回评价结果。"), extra_tags=undo)
    return redirect("enterprise_file", row.enterprise_id)


@require_POST
def evaluation_restore(request: Request, evaluation_id: int) -> HttpResponse:
    """Undo."""
    row = _evaluation(request, evaluation_id)
    actions.restore_evaluation(by=request.actor, now=request.now, evaluation_id=row.id)
    messages.success(request, _("已恢复评价结果。"))
    return redirect("enterprise_file", row.enterprise_id)
