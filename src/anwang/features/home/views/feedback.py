"""The feedback entry of every page, and the office's list of what came in."""

from __future__ import annotations

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from anwang.domain.base import Level, Refusal, gettext_noop
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions
from ..queries.feedback import feedback_list

#: At most so many in ten minutes from one address, which is forgotten after them.
PER_TEN_MINUTES = 10


def feedback(request: Request) -> HttpResponse:
    """Anyone, signed in or not; a name only if they tick it."""
    page = request.POST.get("page") or request.GET.get("page", "")
    if request.method != "POST":
        return render(request, "home/feedback.html", {"page": page})
    _limit(request)
    signed = request.POST.get("signed") == "1"
    text = request.POST.get("text", "")
    try:
        actions.leave_feedback(by=request.actor, now=request.now, page=page, text=text, signed=signed)
    except Refusal as refusal:
        context = {"page": page, "text": text, "error": words(refusal)}
        return render(request, "home/feedback.html", context, status=refusal.status)
    messages.success(request, _("已收到，谢谢。办公室会在这里看到并处理。"))
    ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return redirect(page if ours else "home")


def _limit(request: Request) -> None:
    key = f"feedback-{get_client_ip_address(request)}"
    cache.add(key, 0, 600)
    if cache.incr(key) > PER_TEN_MINUTES:
        raise Refusal("too_many", gettext_noop("提交过于频繁，请十分钟后再试。"))


def listing(request: Request) -> HttpResponse:
    """What came in, unanswered first: for the city's office."""
    _only_the_city(request)
    page = Paginator(feedback_list(), 20).get_page(request.GET.get("page"))
    return render(request, "home/feedback_list.html", {"page": page})


def _only_the_city(request: Request) -> None:
    if request.actor.level is not Level.CITY:
        raise Http404


def answer(request: Request, feedback_id: int) -> HttpResponse:
    """Write what was done."""
    _only_the_city(request)
    if request.method == "POST":
        given = request.POST.get("answer", "")
        actions.answer_feedback(by=request.actor, now=request.now, feedback_id=feedback_id, answer=given)
        messages.success(request, _("处理情况已记录。"))
    return redirect("feedback_list")
