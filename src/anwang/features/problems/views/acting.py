"""Every act on a problem: one address, the act by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.adapters.handed_in import read_files
from anwang.domain.base import Refusal, gettext_noop
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import ActForm
from ..models import Problem
from .one import WITH_FILES, find, show

Act = Callable[..., Any]
PLAIN: dict[str, Act] = {
    "accept": lambda text, **keys: actions.accept(**keys),
    "return": actions.give_back,
    "resubmit": actions.resubmit,
    "withdraw": actions.withdraw,
    "recall": actions.recall,
    "answer": actions.answer,
    "rectify": actions.rectify,
    "solve": actions.solve,
    "verify": actions.verify,
    "unfixed": actions.unfixed,
    "close": actions.close,
    "down": actions.answer_down,
    "supervise": actions.supervise,
    "reopen": actions.reopen,
    "note": actions.note,
}
SAID = {
    "accept": gettext_noop("已受理。"),
    "escalate": gettext_noop("已上报上一级网格长。"),
    "rectify": gettext_noop("已提交，等待核实。"),
    "close": gettext_noop("已销号。"),
    "ask": gettext_noop("已提交延期申请，批准前仍按原期限。"),
    "supervise": gettext_noop("已挂牌督办，督办函已生成。"),
}


@require_POST
def do(request: Request, problem_id: int, act: str) -> HttpResponse:
    """Carry the act out and say so; refused, the page stands again with the sentence and what was typed."""
    row = find(request, problem_id)
    if act not in permissions.ACTS:
        raise Http404
    posts = [post.id for post in queries.departments(row.unit, on=request.today)] if act == "hand" else []
    form = ActForm(request.POST, posts=posts)
    if not form.is_valid():
        return show(request, row, error=Refusal("invalid", str(next(iter(form.errors.values()))[0])), act=act)
    try:
        _carry(request, row, act, form.cleaned_data)
    except Refusal as refusal:
        return show(request, find(request, problem_id), error=refusal, act=act)
    messages.success(request, _(SAID.get(act, gettext_noop("已办理。"))))
    # Who handed it on may no longer see it.
    return redirect("problem_detail", row.id) if queries.find(row.id, by=request.actor) else redirect("problem_list")


def _carry(request: Request, row: Problem, act: str, given: dict[str, Any]) -> Any:
    keys = {"by": request.actor, "now": request.now, "problem_id": row.id, "version": given["version"]}
    match act:
        case "hand":
            return actions.hand(**keys, posts=given["posts"], due=given["day"], note=given["text"])
        case "order":
            return actions.order(**keys, given=given["day"], text=given["text"])
        case "risk":
            return actions.accept_risk(**keys, until=_day(given["day"]), text=given["text"])
        case "ask":
            return actions.ask(**keys, wanted=_day(given["day"]), reason=given["text"])
        case "decide":
            return actions.decide(**keys, approve=given["approve"], text=given["text"])
        case "escalate":
            return actions.escalate(**keys, reason=given["reason"], text=given["text"])
    files = {"files": read_files(request.FILES)} if act in WITH_FILES else {}
    return PLAIN[act](text=given["text"], **keys, **files)


def _day(day: date | None) -> date:
    if day is None:
        raise Refusal("day_missing", gettext_noop("请填写日期。"))
    return day
