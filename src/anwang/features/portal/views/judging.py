"""Declarations as the lead supervisor and the office see them: what changes, taken over or returned."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Actor, Refusal
from anwang.domain.portal.declarations import STATE_LABELS, State
from anwang.web.asked import page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import ReasonForm
from ..models import Declaration
from ..permissions import LINE, may_judge
from ..queries.declarations import affirmed_last, leads_it, lines, undone


def listing(request: Request) -> HttpResponse:
    """Those of the territory by state, the oldest waiting first."""
    state = request.GET.get("state", State.WAITING.value)
    state = state if state in {*State, "all"} else State.WAITING.value
    page = Paginator(queries.narrowed(request.actor, state), page_size(request)).get_page(request.GET.get("page"))
    tabs = [
        {"label": _(STATE_LABELS[each]), "url": f"?state={each.value}", "active": state == each.value, "count": None}
        for each in State
    ] + [{"label": _("全部"), "url": "?state=all", "active": state == "all", "count": None}]
    rows = [(row, lines(row)) for row in page.object_list]
    context = {"page": page, "rows": rows, "tabs": tabs, "state": state, "page_clause": "二.1"}
    return render(request, "portal/declarations.html", context)


def _found(actor: Actor, declaration_id: int) -> Declaration:
    row = queries.declaration(actor, declaration_id)
    if row is None:
        raise Http404
    return row


def _page(request: Request, row: Declaration, form: ReasonForm | None = None) -> HttpResponse:
    actor, waiting = request.actor, row.state == State.WAITING
    leads = leads_it(actor, row.enterprise_id, day=request.today)
    context = {
        "row": row, "lines": lines(row), "own": bool(actor.territory.enterprises), "waiting": waiting,
        "may": waiting and may_judge(actor, visible=True, leads=leads), "form": form or ReasonForm(),
        "affirmed": affirmed_last(row.enterprise_id), "undone": undone(row), "page_clause": "二.1",
    }  # fmt: skip
    return render(request, "portal/declaration.html", context, status=422 if form else 200)


def page(request: Request, declaration_id: int) -> HttpResponse:
    """One declaration, before and after."""
    return _page(request, _found(request.actor, declaration_id))


@require_POST
def accept(request: Request, declaration_id: int) -> HttpResponse:
    """Take it over; leaders and offices may take that back for a day."""
    _found(request.actor, declaration_id)
    row, change = actions.accept_declaration(by=request.actor, now=request.now, declaration_id=declaration_id)
    done = _("已采纳“%(firm)s”的申报，名册已更新。") % {"firm": row.enterprise.name}
    undo = f"undo:{reverse('change_undo', args=[change.id])}" if change and request.actor.has(*LINE) else ""
    messages.success(request, done, extra_tags=undo)
    return redirect("declaration", declaration_id)


@require_POST
def give_back(request: Request, declaration_id: int) -> HttpResponse:
    """Return it with a reason."""
    row, form = _found(request.actor, declaration_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        actions.return_declaration(
            by=request.actor, now=request.now, declaration_id=declaration_id, reason=form.cleaned_data["reason"]
        )
    except Refusal as refusal:
        form.add_error(None, words(refusal))
        return _page(request, row, form)
    messages.success(request, _("已退回，企业会看到原因。"))
    return redirect("declaration_list")
