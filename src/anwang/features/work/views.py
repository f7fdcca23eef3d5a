"""The page that shows long work with its progress bar, and moves on when it is done."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from . import queries


def status(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """One work; htmx asks for the part that changes once a second."""
    work = queries.find(work_id, by=request.actor)
    if work is None:
        raise Http404
    if request.htmx and work.state == "done" and work.next_url:
        return HttpResponseClientRedirect(work.next_url.format(**work.result))
    template = "work/status.html#bar" if request.htmx else "work/status.html"
    return render(request, template, {"work": work, "progress": queries.progress_of(work_id)})


def listing(request: HttpRequest) -> HttpResponse:
    """The last fifty of this person."""
    return render(request, "work/list.html", {"works": queries.own(request.actor)[:50]})
