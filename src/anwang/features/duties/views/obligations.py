"""One obligation: its days, its trail, and what may be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Role
from anwang.domain.calendar import local_day
from anwang.web.requests import Request

from .. import actions, permissions, queries


def detail(request: Request, obligation_id: int) -> HttpResponse:
    """Who owes it, until when, what met it, and why not."""
    row = _row(request, obligation_id)
    day, actor = local_day(request.now), request.actor
    shown = queries.shown([row], day)[0]
    recorder = permissions.may_record(actor, _person(actor, row), row.enterprise_id, True, day)
    context = {
        "row": row, "duty": shown, "trail": queries.trail(row), "page_clause": shown.rule.clause,
        "may_record": shown.open and bool(recorder),
        "may_explain": shown.open and bool(permissions.may_explain(actor, row.person_id)),
        "may_waive": bool(permissions.may_waive(actor, True)),
    }  # fmt: skip
    return render(request, "duties/detail.html", context)


def _person(actor: Any, row: Any) -> int:
    """Whose record it would be: one's own, or for the office that of the responsible person."""
    return int(row.person_id if actor.has(Role.OFFICE, Role.LEADER) else actor.person_id or 0)


def _row(request: Request, obligation_id: int) -> Any:
    row = queries.find(obligation_id, by=request.actor)
    if row is None:
        raise Http404
    return row


@require_POST
def waive(request: Request, obligation_id: int) -> HttpResponse:
    """免除 with a reason; can be taken back."""
    _row(request, obligation_id)
    reason = request.POST.get("reason", "")
    actions.waive(by=request.actor, now=request.now, obligation_id=obligation_id, reason=reason)
    undo = "undo:" + reverse("obligation_unwaive", args=[obligation_id])
    messages.success(request, _("已免除这项职责。"), extra_tags=undo)
    return redirect("obligation_detail", obligation_id)


@require_POST
def unwaive(request: Request, obligation_id: int) -> HttpResponse:
    """Take a waiver back."""
    _row(request, obligation_id)
    actions.unwaive(by=request.actor, now=request.now, obligation_id=obligation_id)
    messages.success(request, _("已恢复这项职责。"))
    return redirect("obligation_detail", obligation_id)


@require_POST
def unable(request: Request, obligation_id: int) -> HttpResponse:
    """暂无法完成, with the reason."""
    _row(request, obligation_id)
    reason = request.POST.get("reason", "")
    actions.say_unable(by=request.actor, now=request.now, obligation_id=obligation_id, reason=reason)
    undo = "undo:" + reverse("obligation_able", args=[obligation_id])
    messages.success(request, _("已说明暂无法完成的原因；截止日不变。"), extra_tags=undo)
    return redirect("obligation_detail", obligation_id)


@require_POST
def able(request: Request, obligation_id: int) -> HttpResponse:
    """Take the reason back."""
    _row(request, obligation_id)
    actions.say_able(by=request.actor, now=request.now, obligation_id=obligation_id)
    messages.success(request, _("已取消“暂无法完成”的说明。"))
    return redirect("obligation_detail", obligation_id)
