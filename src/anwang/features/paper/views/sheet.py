"""The sheet of paper that a record was taken from, for everybody who may read the record."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from anwang.features.duties import queries as duties
from anwang.web.requests import Request

from .. import queries
from .scans import picture


@require_GET
def sheet(request: Request, contact_id: int) -> HttpResponse:
    """The sheet of a record; the page of the record asks for the small picture with its link."""
    row = duties.contact(contact_id, by=request.actor)
    if row is None:
        raise Http404
    context = {"row": row, "scan": queries.sheet_of(contact_id, by=request.actor), "page_clause": "四.3"}
    return render(request, "paper/sheet.html#small" if request.htmx else "paper/sheet.html", context)


@require_GET
def sheet_image(request: Request, contact_id: int) -> FileResponse:
    """The photo of it."""
    found = queries.sheet_of(contact_id, by=request.actor)
    if found is None:
        raise Http404
    return picture(found.path)
