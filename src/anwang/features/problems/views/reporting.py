"""上报问题: from the enterprise's page, from a record, or by looking for it; what may be the same is shown first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwang.adapters.handed_in import read_files
from anwang.domain.base import Refusal, Role
from anwang.features.assignments import queries as assignments
from anwang.features.duties import queries as duties
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.web.asked import number
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import CHOICES, ReportForm
from ..models import Problem, Source

CLAUSE = "三.4"


def new(request: Request) -> HttpResponse:
    """Report; without an enterprise, first which one."""
    contact = _contact(request)
    firm = _firm(request, contact)
    if firm is None:
        return _choose(request)
    form = ReportForm(request.POST or None, initial=_initial(request, contact))
    error, alike = "", _alike(request, form, firm.id)
    if request.method == "POST" and form.is_valid() and not alike:
        data = form.problem(firm.id, contact.id if contact else None, read_files(request.FILES), task=_by_task(request))
        try:
            row = actions.report(by=request.actor, now=request.now, data=data)
        except Refusal as refusal:
            error = words(refusal)
        else:
            text = _("已上报，应在 %(due)s 前受理；超过时限自动上报上一级。")
            messages.success(request, text % {"due": row.due})
            return redirect("problem_detail", row.id)
    like = alike or queries.similar(firm.id, str(form["kind"].value() or ""), by=request.actor, on=request.today)
    context = {
        "form": form, "firm": firm, "contact": contact, "like": queries.lines(like, request.today), "error": error,
        "alike": bool(alike),
        "kinds": CHOICES, "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "problems/new.html", context, status=422 if form.is_bound else 200)


def _alike(request: Request, form: ReportForm, firm: int) -> list[Problem]:
    """Open ones that may be the same, unless the reporter has seen them and says that it is another."""
    if request.method != "POST" or not form.is_valid() or form.cleaned_data["another"]:
        return []
    return queries.alike(firm, form.cleaned_data["title"], by=request.actor)


def _by_task(request: Request) -> bool:
    """The link on a task's page says so."""
    return request.GET.get("source") == Source.TASK


def _contact(request: Request) -> Any:
    key = number(request.GET.get("contact", ""))
    row = duties.contact(key, by=request.actor) if key else None
    if key and row is None:
        raise Http404
    return row


def _firm(request: Request, contact: Any) -> Any:
    """The enterprise of the record, of the address, or the principal's own."""
    if contact is not None:
        return contact.enterprise
    if request.actor.has(Role.PRINCIPAL):
        key = next(iter(request.actor.territory.enterprises), None)
    else:
        key = number(request.GET.get("enterprise", ""))
    firm = enterprises.find(key, by=request.actor) if key else None
    if key and firm is None:
        raise Http404
    return firm


def _initial(request: Request, contact: Any) -> dict[str, Any]:
    """From a record: its day and what the enterprise said of problems; otherwise what the link says."""
    kind = request.GET.get("kind", "")
    start = {"found_on": request.today, "kind": kind if kind in dict(CHOICES) else ""}
    if contact is None:
        return start
    said = " ".join(str(row.answers.get("problems", "")) for row in contact.fulfilments.all()).strip()
    return start | {"found_on": contact.occurred_on, "title": said[:80], "text": said if len(said) > 80 else ""}


def _choose(request: Request) -> HttpResponse:
    """The actor's own enterprises, or those called so."""
    actor, asked = request.actor, request.GET.get("q", "").strip()[:60]
    if asked:
        rows = grid.within(enterprises.operating().filter(id__in=enterprises.named_like(asked)), actor)
        firms = list(rows.order_by("name").values_list("id", "name")[:30])
    else:
        own = assignments.of_person(actor.person_id or 0, on=request.today)[:60]
        firms = [(row.enterprise_id, row.enterprise.name) for row in own]
    return render(
        request, "problems/choose.html", {"firms": firms, "q": asked, "task": _by_task(request), "page_clause": CLAUSE}
    )
