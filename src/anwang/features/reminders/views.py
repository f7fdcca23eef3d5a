"""What I will be told next, my calendar's address, and the calendar itself."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anwang.features.notices import queries as notices
from anwang.web.requests import Request

from . import actions, queries


def preview(request: Request) -> HttpResponse:
    """明早会收到什么, and by which ways."""
    person = request.actor.person_id or 0
    context = {
        "next": queries.preview(person=person, now=request.now),
        "channels": [way for way in notices.own_addresses(request.actor) if way.proved],
        "feed": queries.feed_of(request.actor), "today": request.today, "page_clause": "三.3",
    }  # fmt: skip
    return render(request, "reminders/preview.html", context)


def address(request: Request) -> HttpResponse:
    """My calendar's address: made by POST and shown that once."""
    context = {"feed": queries.feed_of(request.actor), "url": ""}
    if request.method == "POST":
        token = actions.make_feed(by=request.actor, now=request.now)
        context["url"] = settings.PUBLIC_URL + reverse("calendar_feed", args=[token])
    answer = render(request, "reminders/calendar.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def revoke(request: Request) -> HttpResponse:
    """The address ends."""
    actions.revoke_feed(by=request.actor, now=request.now)
    messages.success(request, _("日历地址已作废，订阅它的设备不再更新。"))
    return redirect("calendar_address")


@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """The calendar behind a secret; a wrong secret gets the same bare answer whatever it looks like."""
    person = queries.person_of(token, now=request.now)
    if person is None:
        return HttpResponseNotFound("not found\n", content_type="text/plain; charset=utf-8")
    body = queries.calendar_of(person, now=request.now)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["ETag"], answer["Cache-Control"] = etag, "private, max-age=900"
    answer["Content-Disposition"] = 'inline; filename="anwang.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return get_conditional_response(request, etag=etag, response=answer) or answer
