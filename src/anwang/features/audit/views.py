"""The trail: list, one event, verification of a chain."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from anwang.web.asked import page_size
from anwang.web.requests import Request

from . import actions, queries
from .forms import AuditFilter, act_label


def listing(request: Request) -> HttpResponse:
    """Events, newest first, and the state of every chain."""
    chosen = AuditFilter(request.GET)
    page = Paginator(chosen.qs, page_size(request, 50)).get_page(request.GET.get("page"))
    rows = [(row, act_label(row.action)) for row in page.object_list]
    return render(
        request, "audit/list.html", {"filter": chosen, "page": page, "rows": rows, "chains": queries.chains()}
    )


def event(request: Request, event_id: int) -> HttpResponse:
    """One event in full."""
    row = queries.event(event_id)
    if row is None:
        raise Http404
    context = {"event": row, "label": act_label(row.action), "body": queries.body_of(row)}
    context["whole"] = queries.digest_of(row) == row.digest
    return render(request, "audit/event.html", context)


@require_POST
def verify(request: Request, chain: int) -> HttpResponse:
    """Prove one chain now; the answer names every break."""
    broken = actions.verify_chain(by=request.actor, now=request.now, chain=chain)
    context = {"chain": chain, "broken": broken, "head": queries.head(chain)}
    return render(request, "audit/verified.html", context)
