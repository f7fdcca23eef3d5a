"""The guided hand-over: whom, why, when, to whom; what moves; done; taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.timeline.handing import LEAVE, UNDO
from anwang.features.duties import queries as duties
from anwang.web.asked import number, page_size
from anwang.web.requests import Request

from .. import actions, queries
from ..models import State, Why
from ..permissions import LINE, ends_posts

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _day(text: str, default: date | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else default
    except ValueError:
        raise Refusal("bad_date", gettext_noop("日期请写成 2026-11-24。")) from None


def handover_list(request: Request) -> HttpResponse:
    """What nobody answers for, whom to hand over, and what was handed over."""
    day, words = local_day(request.now), request.GET.get("q", "")
    rows = queries.handovers(request.actor)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    context = {
        "page": page, "q": words, "found": queries.findable(request.actor, words, on=day), "today": day,
        "orphans": duties.orphans(request.actor.territory.ranges, on=day), "page_clause": "二.2",
    }  # fmt: skip
    return render(request, "timeline/handovers.html", context)


def handover_new(request: Request) -> HttpResponse:
    """Reason, day and takers on one page, with what each enterprise brings along."""
    day = local_day(request.now)
    post_id, to = number(request.GET.get("post", "")), number(request.GET.get("to", ""))
    offer = queries.offer(request.actor, post_id, on=day, to=to) if post_id else None
    if offer is None or not request.actor.territory.covers(offer.post.unit) or offer.post.valid_to is not None:
        raise Http404
    asked = request.GET.get("kind", "")
    kind = asked if asked in Why.values else Why.RETIRE.value
    context = {
        "offer": offer, "kind": kind, "kinds": Why.choices, "today": day, "to": to, "page_clause": "二.2",
        "back_on": day + timedelta(days=14), "ends_post": ends_posts(request.actor, offer.post.unit),
    }  # fmt: skip
    return render(request, "timeline/handover_new.html", context)


def handover_make(request: Request) -> HttpResponse:
    """Do it, or put it down for its day."""
    if request.method != "POST":
        return redirect("handover_list")
    given, day = request.POST, local_day(request.now)
    takers = {
        firm: post
        for name, value in given.items()
        if name.startswith("firm-") and (firm := number(name[5:])) and (post := number(str(value)))
    }
    data = actions.HandoverData(
        number(given.get("post", "")) or 0, given.get("kind", ""), _day(given.get("on", ""), day) or day, takers,
        _day(given.get("until", ""), None), given.get("note", ""), given.get("open_questions", ""),
    )  # fmt: skip
    row = actions.hand_over(by=request.actor, now=request.now, data=data)
    if row.state == State.PLANNED:
        said = _("已安排，%(day)s 当天自动办理。") % {"day": row.on}
    else:
        text = ngettext("已交接，移交未完成的职责 %(n)s 项。", "已交接，移交未完成的职责 %(n)s 项。", row.duties)
        said = text % {"n": row.duties}
    undo = reverse("handover_undo", args=[row.id])
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return redirect("handover", handover_id=row.id)


def handover(request: Request, handover_id: int) -> HttpResponse:
    """What moved to whom, the lists to sign, and the way back."""
    row = queries.handover_for(request.actor, handover_id)
    if row is None:
        raise Http404
    day = local_day(request.now)
    leads = request.actor.has(*LINE) and request.actor.territory.covers(row.unit)
    items = queries.items_of(row, person=None if leads or row.person_id == request.actor.person_id
                             else request.actor.person_id)  # fmt: skip
    context = {
        "row": row, "takers": queries.takers(items), "items": items, "page_clause": "二.2", "may": leads,
        "may_undo": leads and _may_undo(row, request), "today": day,
        "may_return": leads and row.kind == LEAVE and row.state == State.DONE and row.returned_on is None
        and row.until is not None and row.on <= day < row.until,
    }  # fmt: skip
    return render(request, "timeline/handover.html", context)


def _may_undo(row: Any, request: Request) -> bool:
    if row.state == State.PLANNED:
        return True
    if row.state != State.DONE or row.done_at is None or request.now - row.done_at > UNDO:
        return False
    return row.kind != LEAVE or row.on > local_day(request.now)


def handover_undo(request: Request, handover_id: int) -> HttpResponse:
    """Take it back."""
    if queries.handover_for(request.actor, handover_id) is None:
        raise Http404
    if request.method == "POST":
        actions.undo(by=request.actor, now=request.now, handover_id=handover_id)
        messages.success(request, _("交接已撤销，原来的包保关系、承诺书和公示继续有效。"))
    return redirect("handover", handover_id=handover_id)


def handover_return(request: Request, handover_id: int) -> HttpResponse:
    """Back from a leave before its end."""
    if queries.handover_for(request.actor, handover_id) is None:
        raise Http404
    if request.method == "POST":
        actions.end_leave(by=request.actor, now=request.now, handover_id=handover_id)
        messages.success(request, _("已返岗，代理结束，未办的职责交回本人。"))
    return redirect("handover", handover_id=handover_id)


def handover_file(request: Request, handover_id: int, form: str) -> HttpResponse:
    """The list to print and sign."""
    if form not in TYPES or queries.handover_for(request.actor, handover_id) is None:
        raise Http404
    data = actions.print_list(by=request.actor, now=request.now, handover_id=handover_id, form=form)
    name = _("交接清单") + f"-{handover_id}.{form}"
    answer = HttpResponse(data, content_type=TYPES[form])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def handover_received(request: Request) -> HttpResponse:
    """What I took over: what was done last, what is due by when, which papers wait."""
    day = local_day(request.now)
    rows = queries.received(request.actor.person_id or 0, on=day)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    return render(request, "timeline/received.html", {"page": page, "today": day, "page_clause": "二.2"})
