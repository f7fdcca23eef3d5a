"""Complaints: the enterprise files and follows them, the desk above takes them up and answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal, Role
from anwang.domain.discipline.complaints import STEP_LABELS, Kind, State, may_become
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.web.asked import number, page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import AnswerForm, ComplaintForm, FirmForm, RaiseForm


def listing(request: Request) -> HttpResponse:
    """Open ones first, the first due first; those past their day say so."""
    rows = queries.complaints(request.actor, day=request.today)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    shown = [(row, queries.overdue(row, request.today)) for row in page.object_list]
    may_file = request.actor.has(Role.PRINCIPAL, Role.OFFICE)
    context = {"page": page, "rows": shown, "own": _own(request), "may_file": may_file,
               "today": request.today, "page_clause": "四.4"}  # fmt: skip
    return render(request, "discipline/complaints.html", context)


def _own(request: Request) -> bool:
    return bool(request.actor.territory.enterprises)


def new(request: Request) -> HttpResponse:
    """File a complaint; an office first says which enterprise called."""
    firm = _firm(request)
    if firm is None:
        return _which(request)
    people = queries.people_of(firm, day=request.today)
    asked = number(request.GET.get("person", ""))
    form = ComplaintForm(request.POST or None, people=people, initial={"person": asked})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = actions.Told(
            client_id=data["client_id"], enterprise=firm.id, kind=Kind(data["kind"]), text=data["text"],
            person=data["person"], complainer=data["complainer"], phone=data["phone"],
        )  # fmt: skip
        try:
            row = actions.file_complaint(by=request.actor, now=request.now, told=told)
        except Refusal as refusal:
            form.add_error(None, words(refusal))
        else:
            return _filed(request, row)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "firm": firm, "own": _own(request), "page_clause": "四.4"}
    return render(request, "discipline/complaint_new.html", context, status=status)


def _filed(request: Request, row: Any) -> HttpResponse:
    place = grid.names([row.handler_unit]).get(row.handler_unit, "")
    said = _("已送 %(place)s 受理，%(due)s 前答复。") % {"place": place, "due": row.due}
    messages.success(request, said)
    return redirect("complaint", row.id) if _own(request) else redirect("complaint_list")


def _firm(request: Request) -> Any | None:
    if _own(request):
        return queries.own_firm(request.actor)
    key = number(request.GET.get("enterprise", ""))
    if key is None:
        return None
    firm = enterprises.find(key, by=request.actor)
    if firm is None:
        raise Http404
    return firm


def _which(request: Request) -> HttpResponse:
    """The enterprise that called, by its full name or code."""
    form = FirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"].strip()
        found = {row.id: row for row in enterprises.named(by=request.actor, codes=[name], names=[name])}
        if len(found) == 1:
            return redirect(f"{request.path}?enterprise={next(iter(found))}")
        form.add_error("name", _("没有找到，或有同名企业；请填统一社会信用代码。"))
    status = 422 if request.method == "POST" else 200
    return render(request, "discipline/complaint_firm.html", {"form": form, "page_clause": "四.4"}, status=status)


def page(request: Request, complaint_id: int) -> HttpResponse:
    """One complaint with what happened to it and what may be done now."""
    return _page(request, _found(request, complaint_id))


def _found(request: Request, complaint_id: int) -> Any:
    row = queries.complaint(complaint_id, by=request.actor, day=request.today)
    if row is None:
        raise Http404
    return row


def _page(request: Request, row: Any, form: Any = None) -> HttpResponse:
    own, state = _own(request), State(row.state)
    steps = queries.steps(row)
    named = grid.names({row.handler_unit, *(each.unit for each in steps if each.unit)})
    may = {to.value: bool(may_become(state, to)) for to in State}
    context = {
        "row": row, "own": own, "may": may, "overdue": queries.overdue(row, request.today),
        "steps": [(each, STEP_LABELS[State(each.state)], named.get(each.unit or 0, "")) for each in steps],
        "desk": named.get(row.handler_unit, ""),
        "staffed": queries.staffed(row, day=request.today) if own and may_wait(state) else True,
        "may_answer": not own and may_wait(state), "form": form or (RaiseForm() if own else AnswerForm()),
        "page_clause": "四.4",
    }  # fmt: skip
    return render(request, "discipline/complaint.html", context, status=422 if form else 200)


def may_wait(state: State) -> bool:
    """Whether an answer may be given in a state."""
    return bool(may_become(state, State.ANSWERED)) or bool(may_become(state, State.FINAL))


@require_POST
def take(request: Request, complaint_id: int) -> HttpResponse:
    """Take it up."""
    _found(request, complaint_id)
    actions.take_complaint(by=request.actor, now=request.now, complaint_id=complaint_id)
    messages.success(request, _("已受理，企业可以看到。"))
    return redirect("complaint", complaint_id)


@require_POST
def answer(request: Request, complaint_id: int) -> HttpResponse:
    """Answer it."""
    row, form = _found(request, complaint_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    text = form.cleaned_data["text"]
    actions.answer_complaint(by=request.actor, now=request.now, complaint_id=complaint_id, text=text)
    messages.success(request, _("已答复，企业可以看到。"))
    return redirect("complaint", complaint_id)


@require_POST
def settle(request: Request, complaint_id: int) -> HttpResponse:
    """The enterprise is content."""
    _found(request, complaint_id)
    actions.settle_complaint(by=request.actor, now=request.now, complaint_id=complaint_id)
    messages.success(request, _("已办结，谢谢。"))
    return redirect("complaint", complaint_id)


@require_POST
def raise_again(request: Request, complaint_id: int) -> HttpResponse:
    """不满意: once, to the next level."""
    row, form = _found(request, complaint_id), RaiseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    reason = form.cleaned_data["reason"]
    row = actions.raise_complaint(by=request.actor, now=request.now, complaint_id=complaint_id, reason=reason)
    place = grid.names([row.handler_unit]).get(row.handler_unit, "")
    messages.success(request, _("已转 %(place)s 复核，%(due)s 前答复。") % {"place": place, "due": row.due})
    return redirect("complaint", complaint_id)


@require_POST
def withdraw(request: Request, complaint_id: int) -> HttpResponse:
    """Take it back."""
    _found(request, complaint_id)
    actions.withdraw_complaint(by=request.actor, now=request.now, complaint_id=complaint_id)
    messages.success(request, _("已撤回。"))
    return redirect("complaint", complaint_id)
