"""The office's desk: what is published, publishing, taking back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.features.statistics.queries.papers import publishable
from anwang.web.asked import number, page_size, unit_of
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import PublicationForm

CLAUSE = "公开"


def listing(request: Request) -> HttpResponse:
    """What this place and those below have published, and what could be."""
    unit = unit_of(request)
    page = Paginator(queries.of_unit(unit), page_size(request)).get_page(request.GET.get("page"))
    ready = publishable(unit)
    known = queries.published_already([row.sha256 for row in ready])
    names = grid.names({row.unit for row in page})
    context = {
        "page": page, "rows": [(row, names.get(row.unit, "")) for row in page],
        "ready": [row for row in ready if row.sha256 not in known],
        "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "public/desk.html", context)


def new(request: Request) -> HttpResponse:
    """Publish a paper that was made here (`paper`), or one that was made elsewhere."""
    if request.method == "POST" and (key := number(request.POST.get("paper", ""))):
        return _publish_made(request, key)
    day = local_day(request.now)
    form = PublicationForm(request.POST or None, request.FILES or None, initial={"on": day})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.publish_file(
                by=request.actor, now=request.now, data=form.publication(), file=form.cleaned_data["file"] or None
            )
        except Refusal as refusal:
            form.add_error("on" if refusal.code == "date_ahead" else "file", words(refusal))
        else:
            return _told(request, row.id, _("已公开“%(title)s”。") % {"title": row.title})
    context = {"form": form, "most": actions.MOST >> 20, "page_clause": CLAUSE}
    return render(request, "public/form.html", context, status=422 if form.is_bound else 200)


def _publish_made(request: Request, paper_id: int) -> HttpResponse:
    try:
        row = actions.publish_paper(by=request.actor, now=request.now, paper_id=paper_id)
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise Http404 from None
        raise
    return _told(request, row.id, _("已公开“%(title)s”。") % {"title": row.title})


def _told(request: Request, publication_id: int, text: str) -> HttpResponse:
    undo = "undo:" + reverse("publication_withdraw", args=[publication_id])
    messages.success(request, text, extra_tags=undo)
    return redirect("publication_list")


def _insist(request: Request, publication_id: int) -> None:
    if not permissions.may_publish(request.actor, _unit(request, publication_id)):
        raise Http404


def _unit(request: Request, publication_id: int) -> int | None:
    row = queries.one_for(publication_id, by=request.actor)
    return row.unit if row else None


@require_POST
def withdraw(request: Request, publication_id: int) -> HttpResponse:
    """Take it out of the public list; can be taken back."""
    _insist(request, publication_id)
    reason = request.POST.get("reason", "")
    row = actions.withdraw(by=request.actor, now=request.now, publication_id=publication_id, reason=reason)
    undo = "undo:" + reverse("publication_restore", args=[publication_id])
    messages.success(request, _("已撤下“%(title)s”。") % {"title": row.title}, extra_tags=undo)
    return redirect("publication_list")


@require_POST
def restore(request: Request, publication_id: int) -> HttpResponse:
    """Put it back."""
    _insist(request, publication_id)
    row = actions.restore(by=request.actor, now=request.now, publication_id=publication_id)
    messages.success(request, _("已恢复公开“%(title)s”。") % {"title": row.title})
    return redirect("publication_list")
