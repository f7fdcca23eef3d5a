"""The page that shows long work with its progress bar, and moves on when it is done."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect

from anwang.web.requests import Request

from . import queries

#: State of the work → state of the progress bar.
BAR = {"queued": "waiting", "running": "running", "done": "done", "failed": "failed"}


def status(request: Request, work_id: UUID) -> HttpResponse:
    """One work; htmx asks for the part that changes once a second."""
    work = queries.find(work_id, by=request.actor)
    if work is None:
        raise Http404
    next_url = work.next_url.format(**work.result) if work.state == "done" and work.next_url else ""
    if request.htmx and next_url:
        return HttpResponseClientRedirect(next_url)
    progress = queries.progress_of(work_id)
    text = gettext(progress.phase) if progress.phase else gettext(work.get_state_display())
    context = {"work": work, "progress": progress, "state": BAR[work.state], "text": text, "next_url": next_url}
    return render(request, "work/status.html#bar" if request.htmx else "work/status.html", context)


def listing(request: Request) -> HttpResponse:
    """The last fifty of this person."""
    return render(request, "work/list.html", {"works": queries.own(request.actor)[:50]})
