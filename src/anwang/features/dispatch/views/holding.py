"""My tasks, and what I do with one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwang.adapters.handed_in import read_files
from anwang.domain.base import Refusal
from anwang.domain.tasks.states import Mode
from anwang.web.asked import page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import ExtendForm, HandForm, read_targets
from .receipts import done_form, find, may, show
from .targets import targets_context


def mine(request: Request) -> HttpResponse:
    """What I have to do, the next deadline first."""
    counts = queries.my_counts(request.actor)
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in queries.TABS else "todo"
    page = Paginator(queries.mine(request.actor, tab), page_size(request))
    page.count = counts[tab]
    shown = page.get_page(request.GET.get("page"))
    waiting, first = queries.to_decide(request.actor, limit=20)
    context = {
        "page": shown, "rows": queries.lines(shown.object_list, request.today), "tab": tab, "waiting": waiting,
        "first": first, "page_clause": "附件4.8",
        "tabs": [{"label": _(label), "url": f"?tab={key}", "active": key == tab, "count": counts[key]}
                 for key, label in queries.TABS.items()],
    }  # fmt: skip
    return render(request, "dispatch/mine.html", context)


def receipt(request: Request, receipt_id: int) -> HttpResponse:
    """One task as it is with one person."""
    return show(request, find(request, receipt_id))


def act(request: Request, receipt_id: int, do: Callable[[], Any], said: str) -> HttpResponse:
    """Carry an act out and say so; refused, the page stands again with the sentence and what was typed."""
    row = find(request, receipt_id)
    try:
        do()
    except Refusal as refusal:
        return show(request, find(request, row.id), error=refusal)
    messages.success(request, said)
    return redirect("task_receipt", row.id)


@require_POST
def receive(request: Request, receipt_id: int) -> HttpResponse:
    """签收."""
    return act(
        request, receipt_id,
        lambda: actions.receive(by=request.actor, now=request.now, receipt_id=receipt_id),
        _("已签收。"),
    )  # fmt: skip


@require_POST
def progress(request: Request, receipt_id: int) -> HttpResponse:
    """办理情况."""
    text = request.POST.get("text", "")
    return act(
        request, receipt_id,
        lambda: actions.report_progress(by=request.actor, now=request.now, receipt_id=receipt_id, text=text),
        _("已记下办理情况。"),
    )  # fmt: skip


@require_POST
def back(request: Request, receipt_id: int) -> HttpResponse:
    """退回 to the sender."""
    reason = request.POST.get("reason", "")
    return act(
        request, receipt_id,
        lambda: actions.give_back(by=request.actor, now=request.now, receipt_id=receipt_id, reason=reason),
        _("已退回，由下达或转办的人处理。"),
    )  # fmt: skip


@require_POST
def extend(request: Request, receipt_id: int) -> HttpResponse:
    """申请延期."""
    row, form = find(request, receipt_id), ExtendForm(request.POST)
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        return show(request, row, error=Refusal("invalid", str(first)))
    given = form.cleaned_data
    return act(
        request, receipt_id,
        lambda: actions.ask(by=request.actor, now=request.now, receipt_id=receipt_id, wanted=given["wanted"],
                            reason=given["reason"]),
        _("已提交延期申请，批准前仍按原期限。"),
    )  # fmt: skip


@require_POST
def done(request: Request, receipt_id: int) -> HttpResponse:
    """办结."""
    row = find(request, receipt_id)
    form = done_form(row, queries.firms_of(row) if row.firms else [], request.POST)
    if not form.is_valid():
        return show(request, row, form=form)
    try:
        left = actions.complete(
            by=request.actor, now=request.now, receipt_id=row.id, result=form.cleaned_data["result"],
            work=form.work(request.today), files=read_files(request.FILES),
        )  # fmt: skip
    except Refusal as refusal:
        return show(request, find(request, row.id), error=refusal, form=form)
    if left:
        text = ngettext("已登记，还有 %(n)s 家企业要办。", "已登记，还有 %(n)s 家企业要办。", left) % {"n": left}
        undo = ""
    else:
        text, undo = _("已办结。"), "undo:" + reverse("task_retract", args=[row.id])
    messages.success(request, text, extra_tags=undo)
    return redirect("task_receipt", row.id)


def hand(request: Request, receipt_id: int) -> HttpResponse:
    """转办下级 inside the deadline budget."""
    row = find(request, receipt_id)
    if not permissions.holds(request.actor, row):
        return redirect("task_receipt", row.id)
    offered = actions.offered_below(by=request.actor, now=request.now, receipt=row)
    form = HandForm(request.POST or None, initial={"due": offered, "mode": Mode.ALL})
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _handed(request, row.id, form.cleaned_data)
        except Refusal as refusal:
            error = words(refusal)
    sent = request.POST if request.method == "POST" else request.GET
    context = targets_context(request, row.unit, sent, firms=False)
    context |= {"row": row, "form": form, "error": error, "may": may(request, row), "page_clause": "附件4.8",
                "over": queries.kept_too_long(row, request.today)}  # fmt: skip
    return render(request, "dispatch/hand.html", context, status=422 if request.method == "POST" else 200)


def _handed(request: Request, receipt_id: int, given: dict[str, Any]) -> HttpResponse:
    count = actions.hand_down(
        by=request.actor, now=request.now, receipt_id=receipt_id, targets=read_targets(request.POST), due=given["due"],
        mode=Mode(given["mode"]), note=given["note"],
    )["receipts"]  # fmt: skip
    text = ngettext("已转办给 %(n)s 个承办人。", "已转办给 %(n)s 个承办人。", count) % {"n": count}
    messages.success(request, text)
    return redirect("task_receipt", receipt_id)
