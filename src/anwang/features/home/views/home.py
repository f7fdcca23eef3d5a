"""The first page of each role."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from anwang.domain.base import Role
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import Form
from anwang.web.requests import Request

from .. import queries

LINE = (Role.LEADER, Role.OFFICE)


def home(request: Request) -> HttpResponse:
    """By role: the line of command sees exceptions first, a supervisor what is due, the principal who supervises."""
    actor = request.actor
    if actor.has(Role.PRINCIPAL):
        return _principal(request)
    if actor.has(*LINE):
        return _leader(request)
    if actor.has(Role.SUPERVISOR):
        return _supervisor(request)
    return _other(request)


def _other(request: Request) -> HttpResponse:
    """A department sees what was handed to it; administrators only their pages."""
    actor, day = request.actor, local_day(request.now)
    hand = queries.at_hand(actor, day) if actor.has(Role.DEPARTMENT) else None
    return render(request, "home/administrator.html", {"hand": hand, "today": day})


def _supervisor(request: Request) -> HttpResponse:
    day = local_day(request.now)
    found = queries.supervisor_home(request.actor, day=day)
    context = {"home": found, "hand": queries.at_hand(request.actor, day), "today": day, "page_clause": "三.3"}
    return render(request, "home/supervisor.html", context)


def _leader(request: Request) -> HttpResponse:
    actor, day = request.actor, local_day(request.now)
    own = queries.leader_own(actor, day=day) if actor.has(Role.SUPERVISOR) else None
    context = {
        "leader": queries.leader_home(actor, day=day), "home": own, "hand": queries.at_hand(actor, day), "today": day,
        "page_clause": "四.2",
    }  # fmt: skip
    return render(request, "home/leader.html", context)


def _principal(request: Request) -> HttpResponse:
    day = local_day(request.now)
    found = queries.principal_home(request.actor, day=day)
    if found is None:
        raise Http404
    return render(request, "home/principal.html", {"home": found, "today": day, "page_clause": "三.2"})


def my_enterprises(request: Request) -> HttpResponse:
    """All my enterprises with their year; `form` makes a tap on one of them a record of that form."""
    day = local_day(request.now)
    asked = request.GET.get("form", "")
    form = Form(asked) if asked in set(Form) else None
    page = Paginator(queries.own_enterprises(request.actor, day=day), 20).get_page(request.GET.get("page"))
    context = {
        "page": page, "firms": queries.with_years(page.object_list, day), "today": day,
        "form": asked if form else "", "form_label": gettext(form.label) if form else "", "page_clause": "三.2",
    }  # fmt: skip
    return render(request, "home/my_enterprises.html", context)
