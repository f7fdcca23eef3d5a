"""Answers to be used again: found by everybody, kept by the office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.base import Refusal, Role
from anwang.domain.calendar import local_day
from anwang.web.asked import number, page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import EntryForm
from ..models import EntryState
from ..queries.rules import review_day

CLAUSE = "附件4.1"


def listing(request: Request) -> HttpResponse:
    """Search by any words, two characters are enough; the office also sees what is to be reviewed."""
    day, asked = local_day(request.now), request.GET.get("q", "").strip()[:60]
    office = request.actor.has(Role.OFFICE)
    state = request.GET.get("state", "") if office else ""
    state = state if state in {*EntryState.values, "review"} else ""
    page = Paginator(queries.search(request.actor, asked, state=state, day=day), page_size(request))
    context = {
        "page": page.get_page(request.GET.get("page")), "q": asked, "state": state, "office": office, "day": day,
        "states": [("", _("全部")), ("review", _("到期复核")), *EntryState.choices], "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "advice/entry_list.html", context)


def _entry(request: Request, entry_id: int) -> Any:
    row = queries.entry(entry_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def detail(request: Request, entry_id: int) -> HttpResponse:
    """One answer with its source."""
    row = _entry(request, entry_id)
    may_keep = bool(permissions.may_keep(request.actor, row.unit))
    context = {"row": row, "may_keep": may_keep, "day": local_day(request.now), "page_clause": CLAUSE}
    return render(request, "advice/entry_detail.html", context)


def new(request: Request) -> HttpResponse:
    """A new answer, begun from a question's answer when one is named."""
    key = number(request.GET.get("question", ""))
    question = queries.question(key, by=request.actor) if key else None
    if key and question is None:
        raise Http404
    initial: dict[str, Any] = {"review_on": review_day(local_day(request.now))}
    if question:
        initial |= {"title": question.text.split("\n")[0][:120], "text": question.answer}
    return _edit(request, None, initial, question)


def edit(request: Request, entry_id: int) -> HttpResponse:
    """Change an answer."""
    row = _entry(request, entry_id)
    if not permissions.may_keep(request.actor, row.unit):
        raise Http404
    initial = {name: getattr(row, name) for name in ("title", "text", "source", "review_on")}
    return _edit(request, row, initial, None)


def _edit(request: Request, row: Any, initial: dict[str, Any], question: Any) -> HttpResponse:
    form = EntryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_entry(
                by=request.actor, now=request.now, data=form.data_of(question.id if question else None),
                entry_id=row.id if row else None,
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.code != "entry_twice":
                raise
            form.add_error("title", words(refusal))
        else:
            messages.success(request, _("已发布，督导人员和企业都能查到。"))
            return redirect("entry_detail", kept.id)
    context = {"form": form, "row": row, "question": question, "page_clause": CLAUSE}
    return render(request, "advice/entry_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def state(request: Request, entry_id: int) -> HttpResponse:
    """Take an answer out, or put it back; each undoes the other."""
    row = _entry(request, entry_id)
    wanted = request.POST.get("state") or request.GET.get("state", "")
    done = actions.set_entry_state(by=request.actor, now=request.now, entry_id=entry_id, state=wanted)
    back = EntryState.PUBLISHED if done.state == EntryState.WITHDRAWN else EntryState.WITHDRAWN
    undo = "undo:" + reverse("entry_state", args=[entry_id]) + f"?state={back}"
    said = _("已撤下“%(title)s”。") if done.state == EntryState.WITHDRAWN else _("已发布“%(title)s”。")
    messages.success(request, said % {"title": row.title}, extra_tags=undo)
    return redirect("entry_detail", entry_id)
