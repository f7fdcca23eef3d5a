"""Who was bound to an enterprise, from when to when; changing the lead by hand (B2, B8)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwang.domain.base import Role
from anwang.domain.calendar import local_day
from anwang.features.enterprises import queries as enterprises
from anwang.web.asked import number
from anwang.web.requests import Request

from .. import actions, queries
from ..queries.papers import history_of


def assignment_history(request: Request, enterprise_id: int) -> HttpResponse:
    """All assignments of an enterprise with their papers; the office may change the lead."""
    firm = enterprises.find(enterprise_id, by=request.actor)
    if firm is None:
        raise Http404
    day = local_day(request.now)
    rows = history_of(firm.id)
    lead = next((row for row in rows if row.valid_to is None and row.part == "lead"), None)
    may = request.actor.has(Role.OFFICE, Role.LEADER) and firm.status == "operating"
    context = {
        "firm": firm, "rows": rows, "lead": lead, "may": may, "page_clause": "二.2",
        "suggested": queries.suggestions(firm, on=day, besides=lead.person_id if lead else None) if may else [],
        "posts": queries.eligible_posts(firm.place, on=day) if may else [],
    }  # fmt: skip
    return render(request, "assignments/history.html", context)


def assignment_change(request: Request, enterprise_id: int) -> HttpResponse:
    """Give the enterprise to another post from today."""
    firm = enterprises.find(enterprise_id, by=request.actor)
    if firm is None:
        raise Http404
    if request.method == "POST":
        actions.reassign(
            by=request.actor, now=request.now, enterprise_id=firm.id, post_id=number(request.POST.get("post", "")) or 0,
            reason=request.POST.get("reason", ""), replaces=number(request.POST.get("replaces", "")),
        )  # fmt: skip
        messages.success(request, _("主包保人已变更，新的承诺书和公示牌已编发。"))
    return redirect("assignment_history", enterprise_id=firm.id)
