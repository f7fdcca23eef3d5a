"""What every public page of reports does: no trace in caches, a sum when one network asks very often."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from anwang.features.reports import actions
from anwang.web.requests import Request

from ..forms.public import SumForm
from ..queries.national import national_line

#: Pages answer in whole portions of this size: their length does not say what they hold.
PORTION = 12288


def address(request: Request) -> str:
    """The network address as our own proxies tell it; it is counted for a day and kept nowhere."""
    proxies = settings.AXES_IPWARE_PROXY_COUNT
    told = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
    return told[-proxies] if proxies and len(told) >= proxies else request.META.get("REMOTE_ADDR", "")


def passed(request: Request, what: str, most: int) -> tuple[bool, dict[str, Any]]:
    """Whether a POST goes through, and what the page needs to ask for the sum if it does not."""
    asked: dict[str, Any] = {"by": request.actor, "now": request.now}
    sent = request.POST.get("asked", ""), request.POST.get("total", "")
    if actions.admitted(**asked, address=address(request), what=what, most=most):
        return True, {}
    if actions.solved(**asked, asked=sent[0], given=sent[1]):
        return True, {}
    first, second, signed = actions.sum_question(**asked)
    return False, {"first": first, "second": second, "sum": SumForm(initial={"asked": signed})}


def shown(request: Request, template: str, context: dict[str, Any], status: int = 200, size: int = 0) -> HttpResponse:
    """The page, kept by no cache and no history; it names the national line (`line`)."""
    context = {**context, "line": national_line(request.today)}
    answer = render(request, template, context, status=status)
    if size:
        missing = -(len(answer.content) + len(b"<!---->")) % size
        answer.content = answer.content + b"<!--" + b" " * missing + b"-->"
    answer["Cache-Control"] = "no-store, private"
    answer["X-Robots-Tag"] = "noindex"
    return answer
