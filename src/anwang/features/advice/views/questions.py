"""Questions: the lists, one question with its trace, and every act on it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.advice.notice import BY_SUPERVISOR, HOW_LABELS
from anwang.domain.advice.question import OPEN, State
from anwang.domain.base import Refusal, Role
from anwang.domain.calendar import local_day
from anwang.features.enterprises import queries as enterprises
from anwang.web.asked import number, page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import AskForm, RecordForm
from ..queries import questions as rows_of
from ..queries.who import is_enterprise

CLAUSE = "附件4.1"
HOWS = [(how.value, HOW_LABELS[how]) for how in BY_SUPERVISOR]


def listing(request: Request) -> HttpResponse:
    """What waits for me, what I was first asked, the territory."""
    day, actor = local_day(request.now), request.actor
    scope = request.GET.get("scope", "mine" if actor.has(Role.SUPERVISOR) else "all")
    scope = scope if scope in rows_of.SCOPES else "mine"
    state, asked = request.GET.get("state", "open"), request.GET.get("q", "").strip()[:60]
    firm = number(request.GET.get("enterprise", ""))
    rows = rows_of.listing(actor, day, scope=scope, words=asked, enterprise=firm)
    counts = rows_of.standing(rows, day)
    state = state if state in rows_of.STATES else "total"
    chosen = rows_of.listing(actor, day, scope=scope, state=state, words=asked, enterprise=firm)
    pages = Paginator(chosen, page_size(request))
    pages.count = counts[state]
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": rows_of.shown(page.object_list, day), "scope": scope, "state": state, "q": asked,
        "scopes": _scopes(request, scope), "tabs": _tabs(request, scope, counts, state), "page_clause": CLAUSE,
        "may_record": actor.has(*permissions.FIELD),
    }  # fmt: skip
    return render(request, "advice/question_list.html", context)


def _scopes(request: Request, scope: str) -> list[tuple[str, str, bool]]:
    """A clerk without a territory of supervision sees one's own only."""
    return [(key, _(name), key == scope) for key, name in rows_of.SCOPES.items()]


def _tabs(request: Request, scope: str, counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    kept = {k: v for k, v in request.GET.items() if k not in ("state", "page")} | {"scope": scope}
    names = {**rows_of.STATES, "total": _("全部")}
    return [
        {"label": _(name), "url": "?" + urlencode({**kept, "state": key}), "active": key == state, "count": counts[key]}
        for key, name in names.items()
    ]


def ask(request: Request) -> HttpResponse:
    """The enterprise's page: ask, and its questions with their answers."""
    day = local_day(request.now)
    firm = next(iter(request.actor.territory.enterprises), 0)
    people = rows_of.supervisors(firm, on=day)
    form = AskForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        row = actions.ask(by=request.actor, now=request.now, data=form.asking(firm))
        text = _("已提交。%(name)s 应在 %(due)s 前答复。") % {"name": row.first_person.name, "due": row.due}
        messages.success(request, text)
        return redirect("question_ask")
    rows = rows_of.listing(request.actor, day, scope="all")
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    context = {
        "form": form, "people": people, "page": page, "rows": rows_of.shown(page.object_list, day),
        "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "advice/ask.html", context, status=422 if form.is_bound else 200)


def new(request: Request) -> HttpResponse:
    """Record what was asked by phone or in person, with the answer when it was given at once."""
    day, actor = local_day(request.now), request.actor
    key = number(request.GET.get("enterprise", ""))
    firm = enterprises.find(key, by=actor) if key else None
    if key and firm is None:
        raise Http404
    if firm is None:
        asked = request.GET.get("q", "").strip()[:60]
        found = rows_of.enterprises_to_ask_for(actor, asked, on=day)
        context = {"firms": found, "q": asked, "page_clause": CLAUSE}
        return render(request, "advice/question_from.html", context)
    people = _first_asked(request, firm.id)
    form = RecordForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        data, reply = form.asking(firm.id), form.cleaned_data["reply"]
        row = actions.ask_at_once(by=actor, now=request.now, data=data, reply=reply)
        done = _("已登记并答复。") if row.state not in OPEN else _("已登记，请在 %(due)s 前答复。") % {"due": row.due}
        messages.success(request, done)
        return redirect("question_detail", row.id)
    page = {"form": form, "firm": firm, "page_clause": CLAUSE}
    return render(request, "advice/question_new.html", page, status=422 if form.is_bound else 200)


def _first_asked(request: Request, enterprise: int) -> list[tuple[int, str]]:
    """Who was asked: oneself first; an office or leader may name one of the enterprise's supervisors."""
    actor = request.actor
    me = [(actor.person_id or 0, _("本人（%(name)s）") % {"name": actor.name})]
    bound = rows_of.supervisors(enterprise, on=local_day(request.now)) if actor.has(*permissions.LINE) else []
    return me + [pair for pair in bound if pair[0] != actor.person_id]


def _row(request: Request, question_id: int) -> Any:
    row = queries.question(question_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def detail(request: Request, question_id: int) -> HttpResponse:
    """One question: what was asked, where it is, what was answered, what may be done."""
    return _page(request, _row(request, question_id))


def _page(request: Request, row: Any, *, typed: str = "", error: str = "", status: int = 200) -> HttpResponse:
    day, actor = local_day(request.now), request.actor
    people = rows_of.people_of(row)
    may_work = bool(permissions.may_work(actor, people))
    open_ = row.state in OPEN
    asked = request.POST.get("find", "").strip()[:60]
    found = queries.search(actor, asked)[:5] if asked else queries.suggestions(actor, row.text)
    context = {
        "row": row, "shown": rows_of.shown([row], day)[0], "steps": rows_of.steps(row), "open": open_,
        "may_work": may_work,
        "may_answer": may_work and open_, "may_add": may_work and row.state in (State.ANSWERED, State.TOLD),
        "may_tell": row.state == State.ANSWERED and bool(permissions.may_speak_for_asker(actor, people)),
        "may_reopen": row.state in (State.ANSWERED, State.TOLD)
        and bool(permissions.may_speak_for_asker(actor, people)),
        "may_withdraw": row.state == State.WAITING and bool(permissions.may_speak_for_asker(actor, people)),
        "may_keep": actor.has(Role.OFFICE) and bool(row.answer), "enterprise_page": is_enterprise(actor),
        "targets": rows_of.targets(row, on=day) if may_work and open_ else [],
        "found": found if may_work and open_ else [], "find": asked, "typed": typed, "error": error, "hows": HOWS,
        "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "advice/question_detail.html", context, status=status)


@require_POST
def answer(request: Request, question_id: int) -> HttpResponse:
    """Answer; or put an answer of the library into what is typed; or look for one. What is typed is never lost."""
    row = _row(request, question_id)
    typed = request.POST.get("text", "")
    if "insert" in request.POST:
        entry = queries.entry(number(request.POST["insert"]) or 0, by=request.actor)
        parts = [typed.strip(), f"{entry.text}（依据：{entry.source}）" if entry else ""]
        return _page(request, row, typed="\n".join(part for part in parts if part))
    if "look" in request.POST:
        return _page(request, row, typed=typed)
    try:
        actions.answer(
            by=request.actor, now=request.now, question_id=question_id, text=typed,
            round=number(request.POST.get("round", "")), told=request.POST.get("told", ""),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code == "not_yours":
            raise
        return _page(request, _row(request, question_id), typed=typed, error=words(refusal), status=409)
    messages.success(request, _("已答复，计入“首问负责”履职。"))
    return redirect("question_detail", question_id)


@require_POST
def add(request: Request, question_id: int) -> HttpResponse:
    """Add to the answer."""
    _row(request, question_id)
    actions.add(by=request.actor, now=request.now, question_id=question_id, text=request.POST.get("text", ""))
    messages.success(request, _("已补充，请告知企业。"))
    return redirect("question_detail", question_id)


@require_POST
def pass_on(request: Request, question_id: int) -> HttpResponse:
    """Pass on, with the reason; who is on the page now may not see it afterwards."""
    _row(request, question_id)
    reason = request.POST.get("reason", "")
    row = actions.pass_on(
        by=request.actor, now=request.now, question_id=question_id, to=request.POST.get("to", ""), reason=reason
    )
    text = _("已转办，答复期限仍为 %(due)s；首问人负责跟到企业得到答复。") % {"due": row.due}
    messages.success(request, text)
    return _back(request, question_id)


@require_POST
def tell(request: Request, question_id: int) -> HttpResponse:
    """The asker has the answer."""
    _row(request, question_id)
    actions.tell(by=request.actor, now=request.now, question_id=question_id, how=request.POST.get("how", ""))
    messages.success(request, _("已记录：企业已得到答复。"))
    return _back(request, question_id)


@require_POST
def reopen(request: Request, question_id: int) -> HttpResponse:
    """The asker says that this is no answer."""
    _row(request, question_id)
    actions.reopen(by=request.actor, now=request.now, question_id=question_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("已退回再答，期限仍从首次提问算起。"))
    return _back(request, question_id)


@require_POST
def withdraw(request: Request, question_id: int) -> HttpResponse:
    """Asked in error."""
    _row(request, question_id)
    actions.withdraw(by=request.actor, now=request.now, question_id=question_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回这个问题。"))
    return _back(request, question_id)


def _back(request: Request, question_id: int) -> HttpResponse:
    """To the question where it can still be seen, else to the list."""
    if queries.question(question_id, by=request.actor) is None:
        return redirect("question_list")
    return redirect(reverse("question_detail", args=[question_id]))
