"""The five-level tree and the page of a unit (三.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anwang.domain.base import Level
from anwang.web.requests import Request

from .. import queries
from ..models import GridUnit
from ..permissions import may_keep_unit
from ..queries import UnitLine
from .words import line_note

LIMIT = 100


def chosen_day(request: Request) -> date:
    """The day that the page shows, today unless the address names another."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return request.today


def node(line: UnitLine, day: date, today: date) -> dict[str, Any]:
    """A unit as the tree component wants it."""
    query = "" if day == today else f"?on={day}"
    code = line.unit.code
    return {
        "label": line.unit.name,
        "url": reverse("unit", args=[code]) + query,
        "note": line_note(line),
        "count": line.people,
        "load": reverse("grid_below", args=[code]) + query if line.children else "",
    }


def tree(request: Request) -> HttpResponse:
    """The actor's part of the grid on a day; with `q` the units that a search finds."""
    day, text = chosen_day(request), request.GET.get("q", "").strip()
    tops = list(queries.visible_units(request.actor, on=day).filter(code=request.actor.unit or 0))
    nodes = [node(line, day, request.today) for line in queries.lines(tops, on=day)]
    for top, each in zip(tops, nodes, strict=True):
        below = queries.lines(list(queries.children(top.code, on=day)), on=day)
        each |= {"children": [node(line, day, request.today) for line in below], "open": True, "load": ""}
    without = request.GET.get("without") == "leader"
    context = {
        "nodes": nodes, "day": day, "q": text, "without": without, "found": _found(request, text, without, day),
        "totals": queries.totals(request.actor, on=day), "limit": LIMIT, "page_clause": "三.1",
    }  # fmt: skip
    return render(request, "grid/tree.html", context)


def _found(request: Request, text: str, without: bool, day: date) -> list[UnitLine]:
    """What the search finds, or the units without a 网格长."""
    if without:
        rows = queries.without_leader(request.actor, on=day, limit=LIMIT)
    else:
        rows = queries.search_units(request.actor, text, on=day, limit=LIMIT) if text else []
    return queries.lines(rows, on=day)


def below(request: Request, code: int) -> HttpResponse:
    """The rows directly below a unit, fetched when it is opened."""
    day = chosen_day(request)
    _visible(request, code, day)
    rows = queries.lines(list(queries.children(code, on=day)), on=day)
    return render(request, "web/_tree.html", {"nodes": [node(line, day, request.today) for line in rows]})


def _visible(request: Request, code: int, day: date) -> GridUnit:
    row = queries.visible_unit(request.actor, code, on=day)
    if row is None:
        raise Http404
    return row


def unit(request: Request, code: int) -> HttpResponse:
    """One unit: who leads, who sponsors, who serves, what stands above and below, what it was before."""
    day = chosen_day(request)
    row = _visible(request, code, day)
    level = Level(row.level)
    context = {
        "unit": row,
        "line": queries.lines([row], on=day)[0],
        "above": queries.line_above(code, on=day),
        "below": queries.lines(list(queries.children(code, on=day)), on=day) if level is not Level.VILLAGE else [],
        "posts": list(queries.posts_in(code, on=day)),
        "past": queries.leader_history(code),
        "history": queries.history_of(code),
        "day": day,
        "in_force": row.valid_to is None,
        "may_keep": row.valid_to is None and bool(may_keep_unit(request.actor, code)),
        "sponsored_by": level.above and level.above.label,
        "page_clause": "三.1",
    }
    return render(request, "grid/unit.html", context)
