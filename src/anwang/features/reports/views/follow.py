"""Following a report by its receipt's code: wrong codes answer like right ones, in shape, size and work."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from anwang.domain.base import Refusal
from anwang.domain.reports.cases import PLAIN, State
from anwang.domain.reports.codes import is_sound
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, queries
from ..forms.public import CodeForm, ReplyForm
from .gate import PORTION, passed, shown

TRIES_MOST = 60


@sensitive_post_parameters()
@sensitive_variables()
def follow(request: Request) -> HttpResponse:
    """Type the code; with `act`, say something more."""
    if request.method != "POST":
        return shown(request, "reports/code.html", {"form": CodeForm()})
    form, (through, question) = CodeForm(request.POST), passed(request, "follow", TRIES_MOST)
    if not form.is_valid() or not through:
        return shown(request, "reports/code.html", {"form": form, **question}, 422)
    code = form.cleaned_data["code"]
    said = _act(request, code)
    return _page(request, code, said)


def _act(request: Request, code: str) -> dict[str, Any]:
    """What the reporter says by a button of the page; {said} or {sorry}."""
    act = request.POST.get("act", "")
    told: dict[str, Any] = {"by": request.actor, "now": request.now, "code": code}
    form = ReplyForm(request.POST)
    if not act or not form.is_valid():
        return {}
    more = form.cleaned_data["words"]
    try:
        if act in ("more", "unsolved"):
            done = actions.reply(**told, words=more, unsolved=act == "unsolved")
        else:
            done = actions.say_retaliation(**told, retaliated=act == "harmed", words=more)
    except Refusal as refusal:
        return {"sorry": words(refusal)}
    return {"said": _("已收到。")} if done else {}


def _page(request: Request, code: str, said: dict[str, Any]) -> HttpResponse:
    found = queries.followed(code)
    row = found.report
    context = {
        "found": found, "code": code, "form": ReplyForm(), "sound": is_sound(code), **said,
        "status": _(PLAIN[State(row.state)]) if row else "",
        "may_reopen": row is None or row.state in (State.ANSWERED, State.CLOSED),
        "asked": any(each.on <= request.today and each.retaliated is None for each in found.follow_ups),
    }  # fmt: skip
    return shown(request, "reports/follow.html", context, size=PORTION)
