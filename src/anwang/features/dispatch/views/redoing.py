"""核收, 撤销办结, 退回重办."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.web.asked import numbers
from anwang.web.requests import Request

from .. import actions, permissions, queries
from .holding import act


def _firms(request: Request) -> list[int] | None:
    """The enterprises ticked; none were asked about where the form has none."""
    return numbers(request, "firms") if "with_firms" in request.POST else None


@require_POST
def retract(request: Request, receipt_id: int) -> HttpResponse:
    """The doer's own mistake."""
    return act(
        request, receipt_id,
        lambda: actions.retract(by=request.actor, now=request.now, receipt_id=receipt_id, firms=_firms(request)),
        _("已撤销办结，请继续办理；完成期限不变。"),
    )  # fmt: skip


@require_POST
def redo(request: Request, receipt_id: int) -> HttpResponse:
    """What will not do goes back."""
    reason = request.POST.get("reason", "")
    return act(
        request, receipt_id,
        lambda: actions.redo(
            by=request.actor, now=request.now, receipt_id=receipt_id, reason=reason, firms=_firms(request)
        ),
        _("已退回重办，完成期限不变。"),
    )  # fmt: skip


@require_POST
def accept(request: Request, receipt_id: int) -> HttpResponse:
    """核收 one."""
    return act(
        request, receipt_id,
        lambda: actions.accept(by=request.actor, now=request.now, receipt_id=receipt_id),
        _("已核收。"),
    )  # fmt: skip


@require_POST
def accept_all(request: Request, task_id: int) -> HttpResponse:
    """核收 all that those addressed have done."""
    task = queries.find_task(task_id, by=request.actor)
    if task is None or not permissions.owns(request.actor, task):
        raise Http404
    count = actions.accept_all(by=request.actor, now=request.now, task_id=task.id)
    messages.success(request, ngettext("已核收 %(n)s 份回执。", "已核收 %(n)s 份回执。", count) % {"n": count})
    return redirect("task_detail", task.id)
