"""Lists of duties: one's own, and those of the territory."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwang.domain.calendar import Period, PeriodKind, local_day
from anwang.features.policies import queries as policies
from anwang.web.asked import number, page_size
from anwang.web.periods import period_words
from anwang.web.requests import Request

from .. import queries

ASKED = ("state", "rule", "period", "enterprise")


def duty_home(request: Request) -> HttpResponse:
    """My duties: overdue, due soon, open, done."""
    return _list(request, person=request.actor.person_id, title=_("我的履职"))


def duty_list(request: Request) -> HttpResponse:
    """The duties of the territory; narrowed to a place or a person by the address."""
    return _list(request, person=number(request.GET.get("person", "")), title=_("应尽职责"))


def _list(request: Request, *, person: int | None, title: str) -> HttpResponse:
    day = local_day(request.now)
    asked = {key: request.GET[key] for key in ASKED if request.GET.get(key)}
    place = number(request.GET.get("place", ""))
    rows = queries.listing(by=request.actor, day=day, person=person, place=place, asked=asked)
    standing = queries.standing_of(rows, day)
    state = asked.get("state") or _first(standing)
    page = Paginator(rows.filter(queries.in_state(state, day)), page_size(request))
    page.count = standing.get(state, standing["total"])
    shown = page.get_page(request.GET.get("page"))
    context = {
        "title": title, "page": shown, "rows": queries.shown(shown.object_list, day), "state": state,
        "tabs": _tabs(request, standing, state), "periods": _periods(day), "asked": asked, "today": day,
        "rules": policies.current().duty_rules(day), "own": person is not None and person == request.actor.person_id,
        "page_clause": "三.3", "keep": [(k, v) for k, v in request.GET.items() if k in ("state", "person", "place")],
    }  # fmt: skip
    return render(request, "duties/list.html", context)


def _first(standing: dict[str, int]) -> str:
    """The most urgent tab that holds something."""
    return next((state for state in ("overdue", "soon", "open") if standing[state]), "all")


def _tabs(request: Request, standing: dict[str, int], state: str) -> list[dict[str, Any]]:
    kept = {k: v for k, v in request.GET.items() if k not in ("state", "page")}
    names = {**queries.STATES, "all": _("全部")}
    return [
        {"label": _(name), "url": "?" + urlencode({**kept, "state": key}), "active": key == state,
         "count": standing.get(key, standing["total"])}
        for key, name in names.items() if key != "waived" or standing["waived"]
    ]  # fmt: skip


def _periods(day: Any) -> list[tuple[str, str]]:
    """What the filter offers: this and the last half-month, quarter, year."""
    kinds = (PeriodKind.HALF_MONTH, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR)
    now = [Period.containing(kind, day) for kind in kinds]
    return [(each.key, period_words(each)) for period in now for each in (period, period.previous)]
