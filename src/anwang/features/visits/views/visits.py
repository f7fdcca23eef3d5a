"""One visit: arranged by hand, checked, announced, moved, cancelled, merged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Decision, Refusal
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.web.asked import number
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import MoveForm, VisitForm
from .weeks import record_path


def _row(request: Request, visit_id: int) -> Any:
    row = queries.find(visit_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def new(request: Request) -> HttpResponse:
    """Arrange a visit by hand."""
    asked = number(request.GET.get("enterprise", ""))
    firms = _firms(request, asked)
    form = VisitForm(request.POST or None, firms=firms, initial={"enterprise": asked, "party": 1})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = actions.VisitData(
            data["enterprise"], request.actor.person_id or 0, data["day"], data["half"], data["purpose"], data["party"]
        )  # fmt: skip
        try:
            row = actions.arrange(by=request.actor, now=request.now, data=made)
        except Refusal as refusal:
            form.add_error("day" if refusal.code.startswith("visits.") else None, words(refusal))
        else:
            messages.success(request, _("已列入计划，告知企业后企业可以看到。"))
            return redirect("visit_detail", row.id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "empty": not firms, "rules": queries.rules(request.today), "page_clause": "四.4"}
    return render(request, "visits/new.html", context, status=status)


def _firms(request: Request, asked: int | None) -> list[tuple[int, str]]:
    """The enterprises one is bound to, and the one that the link names."""
    rows = assignments.of_person(request.actor.person_id or 0, on=request.today)
    found = {row.enterprise_id: row.enterprise.name for row in rows[:500]}
    if asked and asked not in found and (firm := enterprises.find(asked, by=request.actor)):
        found[firm.id] = firm.name
    return list(found.items())


def check(request: Request) -> HttpResponse:
    """A sentence about a day while it is chosen; nothing is changed."""
    day = parse_date(request.GET.get("day", "") or "-")
    visit = number(request.GET.get("visit", ""))
    row = queries.find(visit, by=request.actor) if visit else None
    key = row.enterprise_id if row else number(request.GET.get("enterprise", ""))
    bound = key is not None and assignments.is_bound(request.actor.person_id or 0, key, on=request.today)
    if key is None or (row is None and not bound and enterprises.find(key, by=request.actor) is None):
        raise Http404
    if day is None or (row is not None and row.form in queries.REMOTE):
        return HttpResponse("")
    party = number(request.GET.get("party", "")) or (row.party if row else 1)
    decision = queries.check_day(key, day, today=request.today, party=party, visit=visit)
    return render(request, "visits/_check.html", {"allowed": bool(decision), "said": _said(decision)})


def _said(decision: Decision) -> list[str]:
    return [words(reason) for reason in decision.reasons]


def detail(request: Request, visit_id: int) -> HttpResponse:
    """One visit: when, why, who, and what may be done with it."""
    row = _row(request, visit_id)
    shown = queries.shown([row])[0]
    may = bool(permissions.may_change(request.actor, row.person_id)) and request.actor.has(*permissions.FIELD)
    context = {
        "row": row, "visit": shown, "may_change": may and shown.open,
        "form": MoveForm(initial={"day": row.day, "half": row.half}),
        "may_restore": may and row.state == "cancelled" and row.merged_into_id is None and row.replaced_by_id is None,
        "may_record": shown.open and row.person_id == request.actor.person_id and row.day <= request.today,
        "record": record_path(shown, row.enterprise_id), "merged": row.merged_into, "page_clause": "四.4",
        "may_unmerge": shown.open and bool(shown.members) and request.actor.has(*permissions.FIELD),
    }  # fmt: skip
    return render(request, "visits/detail.html", context)


def _back(request: Request, visit_id: int) -> HttpResponse:
    """Where the button was: a list, or the visit itself."""
    names = {"plan": "visit_plan", "unit": "visit_unit"}
    name = names.get(request.POST.get("back", ""))
    return redirect(name) if name else redirect("visit_detail", visit_id)


@require_POST
def announce(request: Request, visit_id: int) -> HttpResponse:
    """Tell the enterprise the day."""
    _row(request, visit_id)
    actions.announce(by=request.actor, now=request.now, visit_ids=[visit_id])
    messages.success(request, _("已告知企业。"))
    return _back(request, visit_id)


@require_POST
def move(request: Request, visit_id: int) -> HttpResponse:
    """Another day."""
    row = _row(request, visit_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Refusal("day_invalid", _("日期应写成 2026-11-24。"))
    data = form.cleaned_data
    actions.move(by=request.actor, now=request.now, visit_id=visit_id, day=data["day"], half=data["half"])
    text = _("已改到 %(day)s，并告知企业。") if row.announced_at else _("已改到 %(day)s。")
    messages.success(request, text % {"day": data["day"]})
    return _back(request, visit_id)


@require_POST
def cancel(request: Request, visit_id: int) -> HttpResponse:
    """Cancel with a reason; can be taken back."""
    _row(request, visit_id)
    actions.cancel(by=request.actor, now=request.now, visit_id=visit_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("已取消这次安排。"), extra_tags="undo:" + reverse("visit_restore", args=[visit_id]))
    return _back(request, visit_id)


@require_POST
def restore(request: Request, visit_id: int) -> HttpResponse:
    """Take up what was cancelled."""
    _row(request, visit_id)
    actions.restore(by=request.actor, now=request.now, visit_id=visit_id)
    messages.success(request, _("已恢复这次安排。"))
    return _back(request, visit_id)


@require_POST
def merge(request: Request, visit_id: int) -> HttpResponse:
    """Accept a merge: the visits named join this one."""
    found = [number(text) for text in request.POST.get("join", "").split(",")]
    join = [key for key in found if key is not None][:20]
    if queries.find(visit_id, by=request.actor) is None and not any(
        queries.find(key, by=request.actor) for key in join
    ):
        raise Http404
    row = actions.merge(by=request.actor, now=request.now, stays=visit_id, join=join)
    text = _("已合并：%(day)s 共 %(n)s 人同去，少扰企业 %(saved)s 次。")
    said = text % {"day": row.day, "n": row.party, "saved": len(join)}
    messages.success(request, said, extra_tags="undo:" + reverse("visit_unmerge", args=[visit_id]))
    return _back(request, visit_id)


@require_POST
def unmerge(request: Request, visit_id: int) -> HttpResponse:
    """Everybody goes on the own day again."""
    _row(request, visit_id)
    actions.unmerge(by=request.actor, now=request.now, stays=visit_id)
    messages.success(request, _("已撤销合并，各次安排已恢复。"))
    return _back(request, visit_id)
