"""解封: ask, decide, see once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal
from anwang.domain.reports.cases import Unsealing
from anwang.features.reports.forms.desk import DecideForm, UnsealForm
from anwang.web.asked import page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries


def listing(request: Request) -> HttpResponse:
    """Requests that the actor may see, and a new one."""
    form = UnsealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask_unsealing(by=request.actor, now=request.now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("已申请，等另一人审批。"))
            return redirect("report_unsealing", row.id)
    rows = queries.unsealings(request.actor, day=request.today)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "form": form, "page_clause": "三.4"}
    return render(request, "reports/unsealings.html", context, status=422 if form.errors else 200)


def _found(request: Request, unsealing_id: int) -> Any:
    row = queries.unsealings(request.actor, day=request.today).filter(id=unsealing_id).first()
    if row is None:
        raise Http404
    return row


def page(request: Request, unsealing_id: int) -> HttpResponse:
    """One request; another than its asker decides it here."""
    row, form = _found(request, unsealing_id), DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.approve_unsealing if request.POST.get("act") == "approve" else actions.refuse_unsealing
        try:
            act(by=request.actor, now=request.now, unsealing_id=unsealing_id, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("已审批。"))
            return redirect("report_unsealing", unsealing_id)
    own = row.asker_id == request.actor.person_id
    context = {
        "row": row, "form": form, "own": own, "page_clause": "三.4",
        "may_decide": row.state == Unsealing.ASKED and not own,
        "may_show": row.state == Unsealing.APPROVED and own and row.asker_post_id == request.actor.post_id,
    }  # fmt: skip
    return render(request, "reports/unsealing.html", context, status=422 if form.errors else 200)


@require_POST
@sensitive_variables()
def show(request: Request, unsealing_id: int) -> HttpResponse:
    """The identity, once, in this one answer."""
    row = _found(request, unsealing_id)
    found = actions.show_identity(by=request.actor, now=request.now, unsealing_id=unsealing_id)
    answer = render(request, "reports/identity.html", {"row": row, "found": found, "page_clause": "三.4"})
    answer["Cache-Control"] = "no-store, private"
    return answer
