"""One's own hints with the place to explain; those that a leader sees; one of them in full."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal
from anwang.domain.calendar import local_day
from anwang.domain.hints.rules import KIND_LABELS
from anwang.domain.hints.states import OUTCOME_LABELS, HintState, Outcome, may_explain, may_settle
from anwang.web.asked import page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from . import actions, permissions, queries

CLAUSE = "四.3"


def own(request: Request) -> HttpResponse:
    """What was noticed about one's own records, with the place to say how it came about."""
    settled = request.GET.get("state") == "settled"
    page = Paginator(queries.own(by=request.actor, settled=settled), page_size(request)).get_page(
        request.GET.get("page")
    )
    tabs = [
        {"label": _("待说明和已说明"), "url": "?", "active": not settled},
        {"label": _("已了结"), "url": "?state=settled", "active": settled},
    ]
    context = {"page": page, "rows": queries.shown(page.object_list), "tabs": tabs, "page_clause": CLAUSE}
    return render(request, "hints/own.html", context)


def unit(request: Request) -> HttpResponse:
    """What the people of the unit have explained, or had time to; never a count per person."""
    settled = request.GET.get("state") == "settled"
    rows = queries.in_view(by=request.actor, on=local_day(request.now))
    rows = rows.filter(state="settled") if settled else rows.exclude(state="settled")
    kind = request.GET.get("kind", "")
    rows = rows.filter(kind=kind) if kind in set(KIND_LABELS) else rows
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    tabs = [
        {"label": _("待了结"), "url": "?", "active": not settled},
        {"label": _("已了结"), "url": "?state=settled", "active": settled},
    ]
    context = {
        "page": page, "rows": queries.shown(page.object_list), "tabs": tabs, "kinds": list(KIND_LABELS.items()),
        "asked": kind, "state": "settled" if settled else "", "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "hints/unit.html", context)


def detail(request: Request, hint_id: int, said: str = "", error: str = "") -> HttpResponse:
    """One hint: what was seen, the two records side by side, the word of the person, the end."""
    row = _row(request, hint_id)
    actor, state, day = request.actor, HintState(row.state), local_day(request.now)
    context = {
        "shown": queries.in_full(row, by=actor), "row": row, "said": said or row.explanation, "error": error,
        "may_explain": bool(permissions.may_explain(actor, row.person_id)) and bool(may_explain(state)),
        "may_settle": bool(permissions.may_settle(actor, row.person_id))
        and bool(may_settle(state, row.leader_from, day)),
        "may_reopen": bool(permissions.may_settle(actor, row.person_id)) and state is HintState.SETTLED,
        "own": row.person_id == actor.person_id, "outcomes": list(OUTCOME_LABELS.items()), "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "hints/detail.html", context, status=422 if error else 200)


def _row(request: Request, hint_id: int) -> Any:
    day = local_day(request.now)
    row = queries.find(hint_id, by=request.actor, on=day, leads=permissions.leads(request.actor))
    if row is None:
        raise Http404
    return row


@require_POST
def explain(request: Request, hint_id: int) -> HttpResponse:
    """The person's word; what was typed is shown again when it cannot be taken."""
    _row(request, hint_id)
    text = request.POST.get("text", "")
    try:
        actions.explain(by=request.actor, now=request.now, hint_id=hint_id, text=text)
    except Refusal as refusal:
        if refusal.code not in ("explanation_missing", "explanation_long"):
            raise
        return detail(request, hint_id, text, words(refusal))
    messages.success(request, _("已说明，谢谢。说明会随这条提示交网格长了结。"))
    return redirect("hint", hint_id)


@require_POST
def settle(request: Request, hint_id: int) -> HttpResponse:
    """The leader's word; can be taken back."""
    _row(request, hint_id)
    outcome = Outcome.TALKED if request.POST.get("outcome") == Outcome.TALKED else Outcome.ACCEPTED
    note = request.POST.get("note", "")
    actions.settle(by=request.actor, now=request.now, hint_id=hint_id, outcome=outcome, note=note)
    messages.success(request, _("已了结。"), extra_tags="undo:" + reverse("hint_reopen", args=[hint_id]))
    return redirect("hint_unit")


@require_POST
def reopen(request: Request, hint_id: int) -> HttpResponse:
    """Settled by mistake."""
    _row(request, hint_id)
    actions.reopen(by=request.actor, now=request.now, hint_id=hint_id)
    messages.success(request, _("已恢复为待了结。"))
    return redirect("hint", hint_id)
