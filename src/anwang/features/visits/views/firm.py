"""来访安排: what the principal of an enterprise sees of the visits ahead, and which days suit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal, Right, Role
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.web.asked import number
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import WishForm


def coming(request: Request) -> HttpResponse:
    """The principal's own page."""
    return _page(request, next(iter(request.actor.territory.enterprises), 0))


def wishes(request: Request) -> HttpResponse:
    """The same for a supervisor to whom the enterprise said it."""
    return _page(request, number(request.GET.get("enterprise", "")) or 0)


def _page(request: Request, key: int, form: WishForm | None = None) -> HttpResponse:
    firm = _firm(request, key)
    if not request.actor.has(Role.PRINCIPAL):
        visits = queries.shown(
            queries.visits_of(key, first=request.today, last=request.today + timedelta(days=366))[:20]
        )
    else:
        visits = queries.upcoming_of(key, today=request.today, limit=20)
    context = {
        "firm": firm, "visits": visits, "wishes": queries.wishes_of(key, today=request.today),
        "form": form or WishForm(initial={"first": request.today}), "own": request.actor.has(Role.PRINCIPAL),
        "may_wish": request.actor.given(Right.ASK),
        "rules": queries.rules(request.today), "page_clause": "四.4",
    }  # fmt: skip
    return render(request, "visits/firm.html", context, status=422 if form else 200)


def _firm(request: Request, key: int) -> Any:
    """An enterprise of one's own: as its principal, bound to it, or keeping its place."""
    today, actor = request.today, request.actor
    firm = enterprises.find(key, by=actor)
    bound = actor.person_id is not None and assignments.is_bound(actor.person_id, key, on=today)
    if firm is None and bound:
        firm = assignments.of_person(actor.person_id or 0, on=today).get(enterprise_id=key).enterprise
    if firm is None or not permissions.may_wish(actor, key, bound, True):
        raise Http404
    return firm


def _home(request: Request, key: int) -> str:
    if request.actor.has(Role.PRINCIPAL):
        return reverse("visit_firm")
    return f"{reverse('wish_list')}?enterprise={key}"


@require_POST
def wish(request: Request) -> HttpResponse:
    """Write down days that suit or do not."""
    key = number(request.POST.get("enterprise", "")) or 0
    _firm(request, key)
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, key, form)
    first, last = form.days()
    data = actions.WishData(key, form.cleaned_data["kind"], first, last, form.cleaned_data["note"])
    try:
        row = actions.wish(by=request.actor, now=request.now, data=data)
    except Refusal as refusal:
        form.add_error(None, words(refusal))
        return _page(request, key, form)
    messages.success(
        request, _("已记下，编排督导计划时会避开或优先。"), extra_tags="undo:" + reverse("wish_withdraw", args=[row.id])
    )
    return redirect(_home(request, key))


@require_POST
def withdraw(request: Request, wish_id: int) -> HttpResponse:
    """Take it back."""
    row = queries.wish(wish_id)
    if row is None:
        raise Http404
    _firm(request, row.enterprise_id)
    actions.withdraw(by=request.actor, now=request.now, wish_id=wish_id)
    messages.success(request, _("已撤回这条说明。"))
    return redirect(_home(request, row.enterprise_id))
