"""The enterprise's own pages: what stands about it, what it proposes, its papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.adapters.crypto.fields import masked
from anwang.domain.base import Refusal
from anwang.domain.portal.declarations import Topic
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import FactsForm, PointForm, ReasonForm, StatusForm
from ..permissions import may_declare
from ..queries.declarations import FACTS, PHONES, lines, present
from ..queries.papers import own_papers


def _firm(request: Request) -> Any:
    firm = queries.own_firm(request.actor)
    if firm is None:
        raise Http404
    return firm


def page(request: Request) -> HttpResponse:
    """What stands, with 仍然属实 and 更正; what waits; what was decided."""
    found = queries.profile(request.actor, day=request.today)
    if found is None:
        raise Http404
    waiting = [(row, lines(row)) for row in found.waiting]
    context = {
        "found": found, "waiting": waiting, "today": request.today, "page_clause": "二.1",
        "may": may_declare(request.actor, found.firm.id),
    }  # fmt: skip
    return render(request, "portal/profile.html", context)


def _declare(
    request: Request, form: forms.Form, topic: Topic, values: Any, *, title: str, subject: int = 0, note: str = "",
    submit: str = "",
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told: Mapping[str, Any] = values()
        try:
            actions.declare(by=request.actor, now=request.now, topic=topic, values=told, subject=subject)
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("已申报，核对后生效，结果会告诉您。"))
            return redirect("own_profile")
    context = {
        "form": form, "title": title, "back": reverse("own_profile"), "submit": submit or _("申报"), "note": note,
        "page_clause": "二.1",
    }  # fmt: skip
    return render(request, "portal/declare.html", context, status=422 if request.method == "POST" else 200)


def facts(request: Request) -> HttpResponse:
    """Headcount, who answers for it and how to reach them, address."""
    firm = _firm(request)
    initial = {name: getattr(firm, name) for name in FACTS if name not in PHONES}
    known = {name: masked(getattr(firm, name)) for name in PHONES}
    form = FactsForm(request.POST or None, initial=initial, known=known)
    note = _("只改有变化的；没有变化的不会送出。")
    return _declare(request, form, Topic.FACTS, lambda: form.values(), title=_("更正基本情况"), note=note)


def status(request: Request) -> HttpResponse:
    """Suspended, or at work again."""
    firm = _firm(request)
    if firm.status not in ("operating", "suspended"):
        raise Http404
    to = "suspended" if firm.status == "operating" else "operating"
    form = StatusForm(request.POST or None, initial={"on": request.today})

    def values() -> dict[str, Any]:
        data = form.cleaned_data
        return {"status": to, "on": data["on"].isoformat(), "reason": data["reason"]}

    title = _("申报停产停业") if to == "suspended" else _("申报复工")
    note = _("核对采纳后，停产期间不再安排上门督导。") if to == "suspended" else _("核对采纳后，恢复包保督导。")
    return _declare(request, form, Topic.STATUS, values, title=title, note=note)


def point_new(request: Request) -> HttpResponse:
    """A risk point that does not stand yet."""
    _firm(request)
    form = PointForm(request.POST or None)
    return _declare(request, form, Topic.POINT_NEW, lambda: form.values(), title=_("申报新的风险点"))


def point(request: Request, point_id: int) -> HttpResponse:
    """Other facts of a risk point."""
    known = present(_firm(request), Topic.POINT, point_id, day=request.today)
    if known is None:
        raise Http404
    form = PointForm(request.POST or None, initial=known)
    note = _("只改有变化的；没有变化的不会送出。")
    title = _("更正风险点：%(name)s") % {"name": known["name"]}
    return _declare(request, form, Topic.POINT, lambda: form.values(), title=title, subject=point_id, note=note)


def point_gone(request: Request, point_id: int) -> HttpResponse:
    """A risk point that is there no more."""
    known = present(_firm(request), Topic.POINT_GONE, point_id, day=request.today)
    if known is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    title = _("申报取消风险点：%(name)s") % {"name": known["name"]}
    return _declare(request, form, Topic.POINT_GONE, lambda: form.cleaned_data, title=title, subject=point_id)


@require_POST
def affirm(request: Request) -> HttpResponse:
    """One tap: all of it is still so."""
    row = actions.affirm(by=request.actor, now=request.now)
    messages.success(request, _("已记下：%(day)s 资料仍然属实。") % {"day": row.on.isoformat()})
    return redirect("own_profile")


@require_POST
def withdraw(request: Request, declaration_id: int) -> HttpResponse:
    """Take a declaration back."""
    if queries.declaration(request.actor, declaration_id) is None:
        raise Http404
    actions.withdraw(by=request.actor, now=request.now, declaration_id=declaration_id)
    messages.success(request, _("已撤回。"))
    return redirect("own_profile")


def papers(request: Request) -> HttpResponse:
    """Letters, notice sheets, and where the rest of what concerns the enterprise is."""
    firm = _firm(request)
    context = {"firm": firm, "papers": own_papers(firm.id), "page_clause": "三.2"}
    return render(request, "portal/papers.html", context)
