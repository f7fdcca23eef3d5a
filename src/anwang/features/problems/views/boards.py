"""The board with its tabs, the ageing chart, the workbook."""

from __future__ import annotations

import io
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.domain.base import Role
from anwang.domain.ladder.rules import PROBLEM_LABELS
from anwang.domain.ladder.states import OPEN, STATE_LABELS
from anwang.features.grid import queries as grid
from anwang.features.work import actions as work
from anwang.web.asked import number, page_size, unit_of
from anwang.web.downloads import workbook
from anwang.web.requests import Request

from .. import permissions, queries
from ..queries.boards import SCOPES, Filters
from ..queries.taking import write_board

CLAUSE = "三.4"
#: From the youngest group on; the oldest is red.
COLOURS = ("green", "accent", "yellow")


def asked_for(request: Request) -> Filters:
    """What the address narrows to; words that there are not are passed over."""
    get, actor = request.GET, request.actor
    own = actor.has(Role.DEPARTMENT, Role.SUPERVISOR) and not actor.has(*permissions.LINE)
    scope = get.get("scope", "")
    unit = number(get.get("unit", ""))
    return Filters(
        scope=scope if scope in SCOPES else "waiting" if own else "open",
        state=get["state"] if get.get("state") in STATE_LABELS else "",
        kind=get["kind"] if get.get("kind") in PROBLEM_LABELS else "",
        age=get["age"] if get.get("age") in {each.code for each in queries.ages(request.today)} else "",
        unit=unit if unit and actor.territory.covers(unit) else None,
        enterprise=number(get.get("enterprise", "")),
    )  # fmt: skip


def listing(request: Request) -> HttpResponse:
    """Mine, those I follow, the territory's: each row says whose turn it is and until when."""
    asked, today = asked_for(request), request.today
    counts = queries.counts_of(request.actor, asked, today) if asked.scope != "closed" else {}
    pages = Paginator(queries.keys_of(queries.board(request.actor, asked, today)), page_size(request))
    if counts:
        pages.count = counts["all"].get("n", 0)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": queries.lines(queries.shown(page.object_list), today), "asked": asked,
        "tabs": _tabs(request, asked, counts), "choices": _choices(asked, counts, today),
        "may_report": request.actor.has(*permissions.REPORTERS), "line": request.actor.has(*permissions.LINE),
        "export": reverse("problem_export") + asked.words(), "empty_scope": asked.scope, "page_clause": CLAUSE,
        "sub": " · ".join(part for part in (_whose(request, asked), _(SCOPES[asked.scope]), str(today)) if part),
    }  # fmt: skip
    return render(request, "problems/list.html", context)


def _whose(request: Request, asked: Filters) -> str:
    """The unit that the board is of, also on paper; one's own boards have none."""
    own = asked.scope in ("waiting", "tracking") or request.actor.has(Role.PRINCIPAL)
    unit = asked.unit or (None if own else request.actor.unit)
    return grid.names([unit]).get(unit, "") if unit else ""


def _tabs(request: Request, asked: Filters, counts: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    waiting = queries.waiting_rows(request.actor).count() if asked.scope != "waiting" or asked.state else None
    shown = dict.fromkeys(SCOPES) | {"waiting": waiting}
    if counts:
        shown[asked.scope] = counts["all"].get("n", 0)
    hidden = set() if request.actor.has(*permissions.FIELD) else {"tracking"}
    return [
        {"label": _(label), "url": Filters(scope=code, unit=asked.unit, enterprise=asked.enterprise).words(),
         "active": code == asked.scope, "count": shown[code]}
        for code, label in SCOPES.items() if code not in hidden
    ]  # fmt: skip


def _choices(asked: Filters, counts: dict[str, dict[str, int]], today: date) -> list[dict[str, Any]]:
    """Kind, state and age with how many of each."""
    if not any(counts.values()) and not (asked.kind or asked.state or asked.age):
        return []
    names = {
        "kind": (_("类型"), {kind.value: label for kind, label in PROBLEM_LABELS.items()}),
        "state": (_("状态"), {state.value: state.label for state in OPEN}),
        "age": (_("已历时间"), {each.code: each.label for each in queries.ages(today)}),
    }
    return [
        {"label": label, "name": name,
         "items": [(code, _(text), counts[name].get(code, 0), code == getattr(asked, name))
                   for code, text in words.items() if counts[name].get(code) or code == getattr(asked, name)]}
        for name, (label, words) in names.items()
    ]  # fmt: skip


def ageing(request: Request) -> HttpResponse:
    """How old the open problems are, unit by unit; every bar opens its rows."""
    unit, today = unit_of(request), request.today
    found = queries.ageing(request.actor, unit, today)
    names = grid.names([code for code, _ages, _late in found] + [unit])
    link = reverse("problem_list")
    rows = [(names.get(code, str(code)), code, ages, late, sum(ages.values())) for code, ages, late in found]
    parts = [(each.code, each.label) for each in queries.ages(today)]
    series = [
        {"name": label, "data": [ages.get(age, 0) for _name, _code, ages, _late, _n in rows],
         "urls": [link + Filters(age=age, unit=code).words() for _name, code, _ages, _late, _n in rows],
         "colour": colour}
        for (age, label), colour in zip(parts, [*COLOURS[: len(parts) - 1], "red"], strict=True)
    ]  # fmt: skip
    chart = {"categories": [name for name, *_rest in rows], "unit": _("件"), "series": series}
    context = {
        "chart": chart, "unit": names.get(unit, ""), "ages": [label for _age, label in parts],
        "rows": [(name, link + Filters(unit=code).words(), [(label, ages.get(age, 0)) for age, label in parts], late,
                  link + Filters(scope="overdue", unit=code).words(), n) for name, code, ages, late, n in rows],
        "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "problems/ageing.html", context)


def export(request: Request) -> HttpResponseBase:
    """The board as a workbook, as it is narrowed; very many rows as long work."""
    asked, today, title = asked_for(request), request.today, _("问题台账")
    name = f"{title}-{today:%Y%m%d}.xlsx"
    if queries.board(request.actor, asked, today).count() > work.MANY_ROWS:
        started = work.start_export(
            by=request.actor, now=request.now, handler="anwang.features.problems.jobs.export", label=name,
            params={"asked": asdict(asked), "title": title, "name": name},
        )  # fmt: skip
        return redirect("work_status", started.id)
    target = io.BytesIO()
    write_board(target, by=request.actor, asked=asked, on=today, title=title)
    return workbook(target, name)
