"""Public rosters by township, as the policy's mark says: 主动公开 is read here, 依申请公开 named, 不予公开 absent."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse

from anwang.domain.base import Level
from anwang.domain.calendar import local_day
from anwang.domain.documents.tree import Disclosure
from anwang.web.limits import is_within
from anwang.web.requests import Request

from .. import queries
from .pages import absent, page, patience
from .serving import openly


@openly
def rosters(request: Request, code: int | None = None) -> HttpResponse:
    """Counties, townships, and the enterprises of a township with their safety commissioners; no telephone."""
    day = local_day(request.now)
    rules = queries.rules(day)
    if rules.roster is not Disclosure.PUBLIC:
        return absent(request)
    if not is_within(request, name="public_roster", most=rules.rosters_per_minute, now=request.now):
        return patience(page(request, "busy", 429))
    unit = queries.roster_unit(code, on=day)
    if unit is None:
        return absent(request)
    if unit.level is not Level.TOWNSHIP and "own" not in request.GET:
        below = queries.rosters_below(unit, on=day)
        return page(request, "rosters", unit=unit, below=below, total=sum(count for *_, count in below))
    found = Paginator(queries.roster(unit.code, on=day), rules.roster_rows).get_page(request.GET.get("page"))
    rows = queries.roster_rows(list(found))
    return page(request, "roster", unit=unit, page=found, rows=rows, today=day)
