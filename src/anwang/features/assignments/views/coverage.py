"""Coverage both ways, live: every enterprise a lead, every official an enterprise (一, N1)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import digits_of
from anwang.features.grid import queries as grid
from anwang.web.asked import page_size, unit_of
from anwang.web.requests import Request

from .. import queries


def coverage(request: Request) -> HttpResponse:
    """A unit and the units below: what is covered, what is not."""
    unit, day = unit_of(request), local_day(request.now)
    found = queries.coverage(request.actor, on=day, unit=unit)
    context = {
        "found": found, "unit": unit, "path": grid.path_within(request.actor, unit), "today": day,
        "drill": digits_of(unit) < 9, "page_clause": "一",
    }  # fmt: skip
    return render(request, "assignments/coverage.html", context)


def coverage_names(request: Request) -> HttpResponse:
    """The uncovered by name: enterprises without a lead, or officials without an enterprise."""
    unit, day = unit_of(request), local_day(request.now)
    which = request.GET.get("which", "enterprise")
    if which not in {"enterprise", "key", "person"}:
        raise Http404
    if which == "person":
        rows = queries.idle_lines(request.actor, on=day, unit=unit)
    else:
        rows = queries.bare_lines(request.actor, on=day, unit=unit, key_only=which == "key")
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    places = {row.unit if which == "person" else row.place for row in page}
    called = grid.names(places)
    lines = [(row, called.get(row.unit if which == "person" else row.place, "")) for row in page]
    context = {
        "page": page, "lines": lines, "which": which, "unit": unit, "page_clause": "一",
        "path": grid.path_within(request.actor, unit),
    }  # fmt: skip
    return render(request, "assignments/coverage_names.html", context)
