"""What the line of command sees: enterprises visited too often, and what enterprises say, by unit."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.adapters.xlsx.writer import Column, Stamp, write_table
from anwang.domain.base import Grade, Refusal, gettext_noop
from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.discipline.ratings import OPINION_LABELS, Fewest
from anwang.domain.roster.spec import Kind
from anwang.features.duties import queries as duties
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.web.asked import page_size
from anwang.web.downloads import workbook
from anwang.web.periods import period_words
from anwang.web.requests import Request

from .. import queries


def _period(request: Request, kind: PeriodKind) -> Period:
    """The period asked for, this one by default; refuses what is none of its kind or not begun."""
    asked = request.GET.get("period", "")
    current = Period.containing(kind, request.today)
    try:
        found = Period.parse(asked) if asked else current
    except ValueError:
        found = None
    if found is None or found.kind is not kind or found.first > request.today:
        raise Refusal("bad_period", gettext_noop("没有这个时段。"))
    return found


def _steps(request: Request, period: Period) -> dict[str, str]:
    """Addresses of the period before and, if it has begun, the one after."""
    before = Period.containing(period.kind, period.first - timedelta(days=1))
    after = Period.containing(period.kind, period.end)
    later = f"{request.path}?period={after.key}" if after.first <= request.today else ""
    return {"before": f"{request.path}?period={before.key}", "after": later, "label": period_words(period)}


def _tabs(active: str) -> list[dict[str, object]]:
    named = {"visits_often": _("到访次数"), "visit_opinions": _("企业评价")}
    return [{"label": label, "url": reverse(url), "active": url == active} for url, label in named.items()]


def often(request: Request) -> HttpResponse:
    """Enterprises with more visits in a month than the cap, all levels together; each opens its records."""
    month = _period(request, PeriodKind.MONTH)
    rows, cap = _often(request, month)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    context = {"page": page, "cap": cap, "period": _steps(request, month), "key": month.key,
               "tabs": _tabs("visits_often"), "page_clause": "四.4"}  # fmt: skip
    return render(request, "discipline/often.html", context)


def _often(request: Request, month: Period) -> tuple[Any, int]:
    cap = policies.current().visits(min(request.today, month.end - timedelta(days=1))).per_month
    rows = duties.visited_too_often(by=request.actor, first=month.first, last=month.end - timedelta(days=1), cap=cap)
    return rows, cap


def export(request: Request) -> FileResponse:
    """The same as a table to take away."""
    month = _period(request, PeriodKind.MONTH)
    rows, cap = _often(request, month)
    columns = [Column(_("企业")), Column(_("风险等级")), Column(_("到访天数"), Kind.COUNT),
               Column(_("到访人数"), Kind.COUNT), Column(_("记录"), Kind.COUNT)]  # fmt: skip
    lines = (
        [row["enterprise__name"], Grade(row["enterprise__grade"]).label if row["enterprise__grade"] else "",
         row["days"], row["people"], row["records"]]
        for row in rows
    )  # fmt: skip
    unit = grid.unit(request.actor.unit or 0, on=request.today)
    stamp = Stamp(unit.name if unit else "", request.actor.name, request.today)
    title = _("%(month)s现场督导超过 %(cap)s 次的企业") % {"month": period_words(month), "cap": cap}
    target = BytesIO()
    write_table(target, title=title, columns=columns, rows=lines, stamp=stamp)
    return workbook(target, f"{title}.xlsx")


def opinions(request: Request) -> HttpResponse:
    """Ratings of a quarter by unit; nothing that is one person's, nothing of few."""
    quarter = _period(request, PeriodKind.QUARTER)
    terms = policies.current().visits(request.today)
    fewest = Fewest(terms.rating_group, terms.rating_people)
    found = queries.opinions(request.actor, first=quarter.first, last=quarter.end - timedelta(days=1), fewest=fewest)
    context = {"found": found, "fewest": fewest, "period": _steps(request, quarter), "tabs": _tabs("visit_opinions"),
               "levels": list(OPINION_LABELS.values()), "page_clause": "四.4"}  # fmt: skip
    return render(request, "discipline/opinions.html", context)
