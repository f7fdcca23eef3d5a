"""督导计划: what is planned, what would be the best plan, a day's route and its sheet."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.adapters.pdf import render_pdf
from anwang.domain.base import Role
from anwang.features.accounts import queries as accounts
from anwang.features.grid import queries as grid
from anwang.web.asked import number
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..queries import season, sheets
from .weeks import months, record_path, weeks


def mine(request: Request) -> HttpResponse:
    """What a person has planned, week by week."""
    person = _person(request)
    own = person.id == request.actor.person_id
    last = request.today + season.LONGEST
    days = queries.planned_days(person.id, first=request.today, last=last)
    month, tabs = months(days, request.GET.get("month", ""), person="" if own else person.id)
    rows = queries.shown(queries.of_month(person.id, month, today=request.today)) if month else []
    context = {
        "person": person, "own": own, "weeks": weeks(_by_day(rows)), "tabs": tabs if len(tabs) > 1 else [],
        "adoption": queries.last_adoption(person.id), "today": request.today, "page_clause": "四.4",
        "merges": queries.merges_of(person.id, today=request.today) if own else [],
        **_older(request, person.id, queries.older_missed([person.id], today=request.today).get(person.id, 0)),
    }  # fmt: skip
    return render(request, "visits/plan.html", context)


class Whose(NamedTuple):
    """The person whose plan is looked at."""

    id: int
    name: str


def _person(request: Request) -> Whose:
    """Whose plan: one's own, or that of somebody in the unit."""
    asked = number(request.POST.get("person", "") or request.GET.get("person", "")) or request.actor.person_id
    visible = asked is not None and asked != request.actor.person_id and grid.person_for(request.actor, asked)
    if asked is None or not permissions.may_plan(request.actor, asked, bool(visible)):
        raise Http404
    if asked == request.actor.person_id:
        return Whose(asked, request.actor.name)
    found = accounts.person(asked)
    if found is None:
        raise Http404
    return Whose(asked, found.name)


def _by_day(rows: list[Any]) -> list[Any]:
    """Rows of several days, each day in the order of its route."""
    by_day: dict[date, list[Any]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    return [row for day in sorted(by_day) for row in queries.routed(by_day[day])]


def _until(request: Request) -> date:
    asked = parse_date(request.POST.get("until", "") or request.GET.get("until", "") or "-")
    usual = queries.usual_until(request.today)
    return asked if asked and request.today <= asked <= request.today + season.LONGEST else usual


def propose(request: Request) -> HttpResponse:
    """The best plan until a day; nothing is kept until it is adopted."""
    person, until = _person(request), _until(request)
    found = queries.propose(person.id, today=request.today, until=until)
    own = person.id == request.actor.person_id
    keep = {"until": until.isoformat(), "person": "" if own else person.id}
    month, tabs = months((stop.day for stop in found.stops), request.GET.get("month", ""), **keep)
    context = {
        "person": person, "own": own, "plan": found, "until": until, "tabs": tabs if len(tabs) > 1 else [],
        "weeks": weeks([stop for stop in found.stops if stop.day.isoformat()[:7] == month]),
        "horizons": _horizons(request.today, until, "" if own else str(person.id)), "page_clause": "四.4",
        "planned": queries.any_stand(person.id, request.today), **_older(request, person.id, found.older),
    }  # fmt: skip
    return render(request, "visits/propose.html", context)


def _older(request: Request, person: int, count: int) -> dict[str, Any]:
    """What was missed too long ago to be planned: how many, after how many days, and where they are."""
    own = person == request.actor.person_id
    asked = urlencode({"state": "overdue"} if own else {"state": "overdue", "person": person})
    return {
        "older": count, "older_days": season.rules(request.today).look_back_days,
        "older_url": reverse("duty_home" if own else "duty_list") + f"?{asked}",
    }  # fmt: skip


def _horizons(today: date, until: date, person: str) -> list[dict[str, Any]]:
    """Until the end of the year, of the next quarter, of the next year."""
    kept = {"person": person} if person else {}
    return [
        {"label": _(label), "url": "?" + urlencode({**kept, "until": day.isoformat()}), "active": day == until}
        for label, day in season.horizons(today)
    ]


@require_POST
def adopt(request: Request) -> HttpResponse:
    """Take over the plan that was shown."""
    person = _person(request)
    row = actions.adopt(
        by=request.actor, now=request.now, person=person.id, until=_until(request),
        digest=request.POST.get("digest", ""),
    )  # fmt: skip
    text = _("已采用：%(n)s 次联系，完成 %(r)s 项职责。") % {"n": row.contacts, "r": row.records}
    messages.success(request, text, "undo:" + reverse("visit_adopt_undo", args=[row.id]))
    return redirect(_home(request, person.id))


def _home(request: Request, person: int) -> str:
    return reverse("visit_plan") + ("" if person == request.actor.person_id else f"?person={person}")


@require_POST
def undo(request: Request, adoption_id: int) -> HttpResponse:
    """Give a plan back."""
    row = queries.adoption(adoption_id)
    visible = row is not None and grid.person_for(request.actor, row.person_id) is not None
    if row is None or not permissions.may_plan(request.actor, row.person_id, visible):
        raise Http404
    actions.undo_adoption(by=request.actor, now=request.now, adoption_id=adoption_id)
    messages.success(request, _("已撤销这份计划，此前的安排已恢复。"))
    return redirect(_home(request, row.person_id))


def _day(request: Request) -> date:
    """The day asked for, today by default; what is no day is not found."""
    asked = request.GET.get("day", "")
    if not asked:
        return request.today
    try:
        found = parse_date(asked)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _address(row: queries.VisitRow) -> str:
    return settings.PUBLIC_URL + record_path(row, row.enterprise_id)


def day(request: Request) -> HttpResponse:
    """A day's stops in the order of the route."""
    person, on = _person(request), _day(request)
    rows = queries.routed(queries.shown(queries.of_person(person.id, first=on, last=on)))
    stops = [(row, record_path(row, row.enterprise_id)) for row in rows]
    context = {
        "person": person, "own": person.id == request.actor.person_id, "day": on, "today": request.today,
        "visits": [each for each in stops if each[0].on_site], "page_clause": "四.4",
        "calls": [each for each in stops if not each[0].on_site],
        "may_record": request.actor.has(*permissions.FIELD) and on <= request.today,
    }  # fmt: skip
    return render(request, "visits/day.html", context)


def sheet(request: Request) -> HttpResponse:
    """The day's route sheet to print, with a code for each stop."""
    person, on = _person(request), _day(request)
    rows = queries.routed(queries.shown(queries.of_person(person.id, first=on, last=on)))
    unit = "" if person.id != request.actor.person_id or request.actor.has(Role.OFFICE) else request.actor.title
    made = sheets.route(person.name, unit, on, rows, _address)
    pdf = render_pdf(made, made_at=request.now, replace_missing=True)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="route-{on.isoformat()}.pdf"'
    return answer
