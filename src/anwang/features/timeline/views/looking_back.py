"""An enterprise or a person on any day: the date, 当时已知 or 现在所知, events with filters and pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwang.domain.calendar import local_day
from anwang.domain.timeline.known import end_of
from anwang.web.asked import page_size
from anwang.web.requests import Request

from .. import queries
from ..permissions import may_review
from ..queries.events import KINDS


def _asked(request: Request) -> tuple[date, bool]:
    """(day, whether as known then); a day to come is today, an odd one too."""
    today = local_day(request.now)
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = today
    day = today if day > today or day.year < 2000 else day
    return day, request.GET.get("known") == "then"


def _context(request: Request, seen: Any) -> dict[str, Any]:
    """Filter, pages and marks that both pages share."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    counts = {name: sum(event.kind == name for event in seen.events) for name in KINDS}
    events = [event for event in seen.events if not kind or event.kind == kind]
    page = Paginator(events, page_size(request)).get_page(request.GET.get("page"))
    limit, today = end_of(seen.day), local_day(request.now)
    marked = [
        (event, event.late(seen.day) if event.day <= seen.day else True, event.void(seen.day, then=seen.then))
        for event in page
    ]
    return {
        "seen": seen, "page": page, "events": marked, "kind": kind, "limit": limit, "today": today,
        "kinds": [(name, label, counts[name]) for name, label in KINDS.items() if counts[name]],
        "total": len(seen.events), "page_clause": "三.3",
    }  # fmt: skip


def enterprise_timeline(request: Request, enterprise_id: int) -> HttpResponse:
    """Who was responsible on a day, what was due, what was done and known."""
    day, then = _asked(request)
    found = queries.read_enterprise(enterprise_id, day, by=request.actor)
    if found is None:
        raise Http404
    seen = queries.enterprise_day(found, day, then=then)
    context = _context(request, seen) | {
        "firm": found.enterprise, "may_review": bool(may_review(request.actor)),
        "unknown": then and queries.unknown_then(found, day),
    }  # fmt: skip
    return render(request, "timeline/enterprise.html", context)


def person_timeline(request: Request, person_id: int) -> HttpResponse:
    """A person of the territory on a day."""
    return _person(request, person_id, own=False)


def my_timeline(request: Request) -> HttpResponse:
    """我的履职档案: my own, all of it."""
    return _person(request, request.actor.person_id or 0, own=True)


def _person(request: Request, person_id: int, *, own: bool) -> HttpResponse:
    day, then = _asked(request)
    found = queries.read_person(person_id, day, by=request.actor)
    if found is None:
        raise Http404
    seen = queries.person_day(found, day, then=then)
    title = _("我的履职档案") if own else _("%(name)s的履职档案") % {"name": found.person.name}
    return render(request, "timeline/person.html", _context(request, seen) | {"title": title, "own": own})
