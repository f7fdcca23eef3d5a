"""Plans: computed as long work, looked at, corrected, adopted, taken back (二.2, N3, B8)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.domain.base import Level, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.work import actions as work
from anwang.web.asked import number, page_size, unit_of
from anwang.web.requests import Request

from .. import actions, queries
from ..models import Plan, PlanState
from ..queries import plan_page
from .asked import day_of, unit_choices

TABS = {
    "units": gettext_noop("按网格"),
    "lines": gettext_noop("谁包哪家"),
    "moved": gettext_noop("换人"),
    "near": gettext_noop("接近"),
    "joint": gettext_noop("协同"),
    "left": gettext_noop("未覆盖"),
    "pairs": gettext_noop("指定与回避"),
}
JOBS = "anwang.features.assignments.jobs"


def listing(request: Request) -> HttpResponse:
    """Plans of the territory, and the form that computes a new one."""
    unit = unit_of(request)
    page = Paginator(queries.plans(request.actor), page_size(request)).get_page(request.GET.get("page"))
    names = grid.names({row.unit for row in page})
    context = {
        "page": page, "rows": [(row, names.get(row.unit, "")) for row in page], "unit": unit,
        "choices": unit_choices(request, unit), "today": local_day(request.now), "page_clause": "二.2",
    }  # fmt: skip
    return render(request, "assignments/plans.html", context)


def propose(request: Request) -> HttpResponse:
    """Compute a plan in the background."""
    if request.method != "POST":
        return redirect("assign_plan")
    day = day_of(request.POST.get("on", ""), local_day(request.now))
    params = {
        "unit": unit_of(request),
        "on": day.isoformat(),
        "keep": request.POST.get("keep") == "1",
        "replaces": None,
    }
    return _compute(request, params)


def resolve(request: Request, plan_id: int) -> HttpResponse:
    """Compute again with the pins and conflicts of now; the new plan takes the place of this one."""
    row = _plan(request, plan_id)
    if request.method != "POST":
        return redirect("plan", plan_id=row.id)
    replaces = row.id if row.state == PlanState.PROPOSED else None
    params = {"unit": row.unit, "on": row.on.isoformat(), "keep": row.keep, "replaces": replaces}
    return _compute(request, params)


def _compute(request: Request, params: dict[str, Any]) -> HttpResponse:
    label = _("计算%(unit)s分配方案") % {"unit": grid.names([params["unit"]]).get(params["unit"], "")}
    started = work.start(
        by=request.actor, now=request.now, handler=f"{JOBS}.propose", label=label, params=params,
        next_url=reverse("assign_plan") + "{plan}/",
    )  # fmt: skip
    return redirect("work_status", work_id=started.id)


def _plan(request: Request, plan_id: int) -> Plan:
    row = queries.plan_for(request.actor, plan_id)
    if row is None:
        raise Http404
    return row


def plan(request: Request, plan_id: int) -> HttpResponse:
    """One plan: the proof, the loads, and the tabs."""
    row = _plan(request, plan_id)
    tab = request.GET.get("tab", "units")
    if tab not in TABS:
        raise Http404
    context = {
        "plan": row, "summary": row.summary, "unit_name": grid.names([row.unit]).get(row.unit, ""), "tab": tab,
        "tabs": _tabs(request, row, tab), "chart": _chart(row), "states": PlanState, "page_clause": "二.2",
        "signed": plan_page.signed_since(row) if row.state == PlanState.ADOPTED else 0,
        "levels": [(_(Level(name).label), count) for name, count in _by_level(row)],
        **_content(request, row, tab),
    }  # fmt: skip
    return render(request, "assignments/plan.html", context)


def _by_level(row: Plan) -> list[tuple[str, int]]:
    return [(name, count) for name, count in row.summary.get("by_level", {}).items() if name in set(Level)]


def _tabs(request: Request, row: Plan, tab: str) -> list[dict[str, Any]]:
    summary = row.summary
    counts = {
        "lines": summary.get("enterprises", 0) - summary.get("without_lead", 0), "moved": summary.get("moved"),
        "joint": summary.get("joint"), "left": len(row.faults),
    }  # fmt: skip
    return [
        {"label": _(label), "url": f"?tab={name}", "active": name == tab, "count": counts.get(name, "")}
        for name, label in TABS.items()
    ]


def _chart(row: Plan) -> dict[str, Any] | None:
    """How many officials lead how many enterprises, by level."""
    spread = row.summary.get("histogram") or {}
    if not spread:
        return None
    most = max((len(counts) for counts in spread.values()), default=0)
    return {
        "categories": [str(n) if n < most - 1 else f"{n}+" for n in range(most)],
        "unit": _("人"),
        "series": [{"name": _(Level(level).label), "data": counts} for level, counts in spread.items()],
    }


def _content(request: Request, row: Plan, tab: str) -> dict[str, Any]:
    if tab == "units":
        return {"units": plan_page.unit_lines(row, number(request.GET.get("unit", "")) or row.unit)}
    if tab == "pairs":
        return {"pairs": plan_page.pair_lines(row)}
    if tab == "left":
        page = Paginator(row.faults, page_size(request)).get_page(request.GET.get("page"))
        return {"page": page, "left": plan_page.left_lines(row, page.object_list)}
    which = "" if tab == "lines" else tab
    words, level = request.GET.get("q", "").strip()[:40], request.GET.get("level", "")
    unit = number(request.GET.get("unit", ""))
    items = plan_page.item_rows(row, words=words, unit=unit, level=level, which=which)
    page = Paginator(items, page_size(request)).get_page(request.GET.get("page"))
    return {"page": page, "lines": plan_page.item_lines(row, list(page)), "q": words}


def adopt(request: Request, plan_id: int) -> HttpResponse:
    """Put a plan in force, in the background."""
    row = _plan(request, plan_id)
    if request.method != "POST":
        return redirect("plan", plan_id=row.id)
    label = _("采用分配方案 %(plan)d") % {"plan": row.id}
    started = work.start(
        by=request.actor, now=request.now, handler=f"{JOBS}.adopt", label=label, params={"plan_id": row.id},
        next_url=reverse("assign_plan") + "{plan}/",
    )  # fmt: skip
    return redirect("work_status", work_id=started.id)


def undo(request: Request, plan_id: int) -> HttpResponse:
    """Take an adopted plan back, until the first signature."""
    row = _plan(request, plan_id)
    if request.method == "POST":
        done = actions.undo(by=request.actor, now=request.now, plan_id=row.id)
        text = _("方案 %(plan)d 已撤销：恢复 %(ended)d 条，撤回 %(begun)d 条。")
        messages.success(request, text % {"plan": row.id, "ended": done.ended, "begun": done.begun})
    return redirect("plan", plan_id=row.id)


def pair(request: Request, plan_id: int) -> HttpResponse:
    """Pin an enterprise to a person, or keep them apart; the plan is then computed again."""
    row = _plan(request, plan_id)
    source = request.POST if request.method == "POST" else request.GET
    firm = enterprises.find(number(source.get("enterprise", "")) or 0, by=request.actor)
    if firm is None:
        raise Http404
    context: dict[str, Any] = {"plan": row, "firm": firm, "page_clause": "二.2"}
    if request.method == "POST":
        try:
            actions.add_pair(
                by=request.actor, now=request.now, enterprise_id=firm.id, kind=request.POST.get("kind", ""),
                person_id=number(request.POST.get("person", "")) or 0, reason=request.POST.get("reason", ""),
            )  # fmt: skip
        except Refusal as refusal:
            context |= {"error": _(refusal.text) % refusal.params, "reason": request.POST.get("reason", "")}
        else:
            messages.success(request, _("已记录。请重新计算，新方案会按它安排。"))
            return redirect(f"{reverse('plan', args=[row.id])}?tab=pairs")
    context["posts"] = queries.eligible_posts(firm.place, on=row.on)
    context["suggested"] = queries.suggestions(firm, on=row.on)
    return render(request, "assignments/pair.html", context, status=409 if "error" in context else 200)


def pair_end(request: Request, plan_id: int, rule_id: int) -> HttpResponse:
    """A pin or conflict holds no longer."""
    row = _plan(request, plan_id)
    if request.method == "POST":
        try:
            actions.end_pair(by=request.actor, now=request.now, rule_id=rule_id)
        except Refusal as refusal:
            if refusal.code == "not_found":
                raise Http404 from None
            raise
        messages.success(request, _("已取消。请重新计算方案。"))
    return redirect(f"{reverse('plan', args=[row.id])}?tab=pairs")
