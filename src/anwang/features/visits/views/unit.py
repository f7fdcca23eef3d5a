"""A unit's coming visits: by day, where caps are passed, what can be merged; planning for all of its people."""

from __future__ import annotations

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.features.work import actions as work
from anwang.web.asked import page_size, unit_of
from anwang.web.requests import Request

from .. import queries

#: How far the page looks ahead.
AHEAD = timedelta(days=62)
#: Above so many visits caps and merges are looked for in the first of them.
MOST = 4000


def coming(request: Request) -> HttpResponse:
    """What the enterprises of the unit have ahead of them."""
    rows = queries.in_unit(by=request.actor, first=request.today, last=request.today + AHEAD)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    standing = list(rows[:MOST])
    merges = queries.merge_lines(standing, today=request.today)
    context = {
        "page": page, "rows": queries.shown(page.object_list), "caps": queries.caps_passed(standing)[:20],
        "merges": merges[:20], "saves": sum(line.saves for line in merges), "more_merges": max(0, len(merges) - 20),
        "rules": queries.rules(request.today), "until": request.today + AHEAD, "page_clause": "四.4",
        "cut": page.paginator.count > MOST, "most": MOST,
    }  # fmt: skip
    return render(request, "visits/unit.html", context)


@require_POST
def plan(request: Request) -> HttpResponse:
    """Plan for all people of the unit in the background, and adopt it for those who have planned nothing."""
    unit = unit_of(request)
    started = work.start(
        by=request.actor, now=request.now, handler="anwang.features.visits.jobs.plan_unit",
        label=_("编排全单位督导计划"),
        params={"unit": unit, "until": queries.usual_until(request.today).isoformat()}, next_url="/visits/unit/",
    )  # fmt: skip
    return redirect("work_status", started.id)
