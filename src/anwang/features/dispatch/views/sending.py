"""What whoever handed a task down does with it."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal, gettext_noop
from anwang.web.asked import number
from anwang.web.requests import Request

from .. import actions, queries
from .holding import act
from .receipts import find, show


@require_POST
def urge(request: Request, receipt_id: int) -> HttpResponse:
    """催办."""
    return act(
        request,
        receipt_id,
        lambda: actions.urge(by=request.actor, now=request.now, receipt_id=receipt_id),
        _("已催办。"),
    )


@require_POST
def correct(request: Request, receipt_id: int) -> HttpResponse:
    """更正后重新下达."""
    note, text = request.POST.get("note", ""), request.POST.get("due", "").strip()
    try:
        due = date.fromisoformat(text) if text else None
    except ValueError:
        fault = Refusal("bad_day", gettext_noop("日期应写成 2026-11-24"))
        return show(request, find(request, receipt_id), error=fault)
    return act(
        request, receipt_id,
        lambda: actions.correct(by=request.actor, now=request.now, receipt_id=receipt_id, note=note, due=due),
        _("已更正，重新交给承办人。"),
    )  # fmt: skip


@require_POST
def resend(request: Request, receipt_id: int) -> HttpResponse:
    """改派 to somebody else."""
    post = number(request.POST.get("post", "")) or 0
    return act(
        request, receipt_id,
        lambda: actions.resend(by=request.actor, now=request.now, receipt_id=receipt_id, post_id=post),
        _("已改派。"),
    )  # fmt: skip


@require_POST
def take_back(request: Request, receipt_id: int) -> HttpResponse:
    """收回."""
    reason = request.POST.get("reason", "")
    return act(
        request, receipt_id,
        lambda: actions.take_back(by=request.actor, now=request.now, receipt_id=receipt_id, reason=reason),
        _("已收回。"),
    )  # fmt: skip


@require_POST
def decide(request: Request, extension_id: int) -> HttpResponse:
    """批准 or not."""
    asked = queries.find_extension(extension_id, by=request.actor)
    if asked is None:
        raise Http404
    approve = "approve" in request.POST
    answer = request.POST.get("answer", "")
    return act(
        request, asked.receipt_id,
        lambda: actions.decide(
            by=request.actor, now=request.now, extension_id=extension_id, approve=approve, answer=answer
        ),
        _("已批准延期。") if approve else _("已回复不批准。"),
    )  # fmt: skip
