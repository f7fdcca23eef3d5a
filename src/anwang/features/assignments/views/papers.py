"""Commitment letters and notice sheets: lists, one paper, files in bulk (三.2, 附件3)."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.adapters import media
from anwang.domain.base import Refusal
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.features.work import actions as work
from anwang.features.work import queries as works
from anwang.web.asked import number, numbers, page_size
from anwang.web.requests import Request

from .. import actions, queries
from ..permissions import LINE
from ..queries import lists, texts
from ..queries.papers import STATES
from .asked import unit_choices


def _asked(request: Request) -> queries.Asked:
    asked = request.GET if request.method == "GET" else request.POST
    state = asked.get("state", "open")
    unit = number(asked.get("unit", ""))
    if unit is not None and not request.actor.territory.covers(unit):
        raise Http404
    mine = request.actor.person_id if asked.get("mine") == "1" else None
    return queries.Asked(state if state in STATES else "open", unit, asked.get("q", "").strip()[:40], mine)


def _list(request: Request, kind: str) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(lists.paper_list(kind, request.actor, asked), page_size(request)).get_page(request.GET.get("page"))
    counts = lists.paper_counts(kind, request.actor, asked)
    called = grid.names({row.assignment.enterprise.place for row in page})
    context = {
        "kind": kind, "page": page, "asked": asked, "counts": counts, "page_clause": "三.2",
        "today": local_day(request.now), "units": _units(request, asked),
        "rows": [(row, called.get(row.assignment.enterprise.place, "")) for row in page],
    }  # fmt: skip
    return render(request, f"assignments/{kind}_list.html", context)


def _units(request: Request, asked: queries.Asked) -> list[tuple[int, str]]:
    """What an office or leader may narrow the list to; a supervisor's own papers need no places."""
    own = request.actor.unit
    return unit_choices(request, asked.unit or own)[1:] if own and request.actor.has(*LINE) else []


def commitment_list(request: Request) -> HttpResponse:
    """Letters: unsigned first."""
    return _list(request, "commitment")


def posting_list(request: Request) -> HttpResponse:
    """Notice sheets: not yet posted first."""
    return _list(request, "posting")


def find(request: Request, kind: str, paper_id: int) -> Any:
    """One paper that the actor may see."""
    row = lists.paper(kind, request.actor, paper_id)
    if row is None:
        raise Http404
    return row


def commitment(request: Request, commitment_id: int) -> HttpResponse:
    """The letter as text, its signature, and how to sign."""
    row = find(request, "commitment", commitment_id)
    text = policies.current().document("attachment3", local_day(row.created_at))
    context = {
        "row": row, "text": text, "own": row.assignment.person_id == request.actor.person_id,
        "verify": texts.verify_url(row.document.token), "today": local_day(request.now), "page_clause": "附件3",
    }  # fmt: skip
    return render(request, "assignments/commitment.html", context)


def posting(request: Request, posting_id: int) -> HttpResponse:
    """The notice sheet, and that it hangs."""
    row = find(request, "posting", posting_id)
    context = {
        "row": row, "verify": texts.verify_url(row.document.token), "today": local_day(request.now),
        "page_clause": "三.2",
    }  # fmt: skip
    return render(request, "assignments/posting.html", context)


def file(request: Request, kind: str, paper_id: int, form: str) -> HttpResponseBase:
    """One paper as PDF or DOCX."""
    row = find(request, kind, paper_id)
    try:
        data = actions.print_one(by=request.actor, now=request.now, kind=kind, paper_id=paper_id, form=form)
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise Http404 from None
        raise
    name = f"{row.document.number}.{form}"
    return FileResponse(io.BytesIO(data), as_attachment=form == "docx", filename=name)


def batch(request: Request, kind: str) -> HttpResponse:
    """The chosen papers, or all of the list, as one file in the background."""
    if request.method != "POST":
        return redirect(f"{kind}_list")
    form = "docx" if request.POST.get("form") == "docx" else "pdf"
    chosen = numbers(request)
    ids = chosen or lists.paper_ids(kind, request.actor, _asked(request))
    label = _("批量生成承诺书") if kind == "commitment" else _("批量生成公示牌")
    started = work.start(
        by=request.actor, now=request.now, handler="anwang.features.assignments.jobs.print_papers", label=label,
        params={"kind": kind, "ids": ids, "form": form}, next_url=reverse("papers_file") + "?work={work}",
    )  # fmt: skip
    return redirect("work_status", work_id=started.id)


def papers_file(request: Request) -> HttpResponseBase:
    """The file that a batch of one's own has made."""
    try:
        row = works.find(UUID(request.GET.get("work", "")), by=request.actor)
    except ValueError:
        raise Http404 from None
    data = media.fetch(row.result.get("file", "")) if row else None
    if row is None or data is None:
        raise Http404
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=row.result["name"])
