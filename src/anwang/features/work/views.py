"""The page that shows long work with its progress bar, and moves on when it is done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect

from anwang.adapters import media
from anwang.web.downloads import XLSX
from anwang.web.requests import Request

from . import queries
from .models import Work

#: State of the work → state of the progress bar.
BAR = {"queued": "waiting", "running": "running", "done": "done", "failed": "failed"}


def status(request: Request, work_id: UUID) -> HttpResponse:
    """One work; htmx asks for the part that changes once a second."""
    work = queries.find(work_id, by=request.actor)
    if work is None:
        raise Http404
    next_url = work.next_url.format(**{"work": work.id, **work.result}) if _has_next(work) else ""
    # A download leaves the page where it is: there it is a button, or every poll would fetch it again.
    if request.htmx and next_url and "file" not in work.result:
        return HttpResponseClientRedirect(next_url)
    progress = queries.progress_of(work_id)
    text = gettext(progress.phase) if progress.phase else gettext(work.get_state_display())
    context = {"work": work, "progress": progress, "state": BAR[work.state], "text": text, "next_url": next_url}
    return render(request, "work/status.html#bar" if request.htmx else "work/status.html", context)


def _has_next(work: Work) -> bool:
    return work.state == "done" and bool(work.next_url)


def file(request: Request, work_id: UUID) -> HttpResponseBase:
    """The table that one's own work has made, for a day."""
    work = queries.find(work_id, by=request.actor)
    if work is None or "file" not in work.result:
        raise Http404
    kept = media.opened(work.result["file"])
    if kept is None:
        messages.warning(request, gettext("文件只保留一天，已经清理，请重新导出。"))
        return redirect("work_status", work_id)
    return FileResponse(kept, as_attachment=True, filename=work.result["name"], content_type=XLSX)


def listing(request: Request) -> HttpResponse:
    """The last fifty of this person."""
    return render(request, "work/list.html", {"works": queries.own(request.actor)[:50]})
