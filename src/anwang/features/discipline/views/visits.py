"""The enterprise's page: who came, who is coming, and what it says of a visit."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwang.domain.discipline.ratings import Opinion
from anwang.features.visits import queries as planned
from anwang.web.asked import page_size
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import RatingForm


def listing(request: Request) -> HttpResponse:
    """Visits that were, each with one tap to rate it, and those announced."""
    firm = queries.own_firm(request.actor)
    if firm is None:
        raise Http404
    page = Paginator(queries.past(request.actor), page_size(request)).get_page(request.GET.get("page"))
    context = {
        "firm": firm, "page": page, "rows": queries.shown(page.object_list, now=request.now, day=request.today),
        "coming": planned.upcoming_of(firm.id, today=request.today, limit=10), "page_clause": "四.4",
    }  # fmt: skip
    return render(request, "discipline/visits.html", context)


def rate(request: Request, contact_id: int) -> HttpResponse:
    """Rate one visit, or change what was said."""
    row = queries.visit(contact_id, by=request.actor)
    if row is None:
        raise Http404
    known = queries.rating_of(contact_id)
    asked = request.GET.get("opinion", "")
    initial = {"opinion": known.opinion if known else asked, "words": known.words if known else ""}
    form = RatingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.rate_visit(
            by=request.actor, now=request.now, contact_id=contact_id, opinion=Opinion(data["opinion"]),
            words=data["words"],
        )  # fmt: skip
        messages.success(request, _("已记下，谢谢。评价只按单位汇总，不显示给来访人员。"))
        return redirect("own_visits")
    status = 422 if request.method == "POST" else 200
    return render(request, "discipline/rate.html", {"form": form, "row": row, "page_clause": "四.4"}, status=status)
