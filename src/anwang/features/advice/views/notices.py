"""Policy notices: written by an office, issued, read, recalled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.adapters import media
from anwang.adapters.attachments import Kind
from anwang.domain.advice.notice import BY_SUPERVISOR, HOW_LABELS, NoticeState
from anwang.domain.base import Grade, Level, Refusal
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.features.work import actions as work
from anwang.web import ranges
from anwang.web.asked import page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..actions import Attached
from ..forms import NoticeForm
from ..queries import relays as rows_of
from ..queries.rules import rules
from ..queries.who import is_enterprise

CLAUSE = "附件4.1"
#: More enterprises than this are issued to in the background, with a progress bar.
AT_ONCE = 2000
HOWS = [(how.value, HOW_LABELS[how]) for how in BY_SUPERVISOR]


def listing(request: Request) -> HttpResponse:
    """Notices, newest first, each with how many have it."""
    asked = request.GET.get("q", "").strip()[:60]
    rows = queries.notices(request.actor)
    for word in asked.split()[:8]:
        rows = rows.filter(title__icontains=word)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    day = local_day(request.now)
    known = rows_of.standing_of(list(page.object_list), request.actor, day)
    issuers = grid.names({row.unit for row in page.object_list})
    context = {
        "page": page, "q": asked, "day": day, "page_clause": CLAUSE, "own": bool(request.actor.territory.enterprises),
        "rows": [(row, known.get(row.id), issuers.get(row.unit, "")) for row in page.object_list],
    }  # fmt: skip
    return render(request, "advice/relay_list.html", context)


def _notice(request: Request, relay_id: int) -> Any:
    row = queries.notice(relay_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def _kept(request: Request, relay_id: int) -> Any:
    row = _notice(request, relay_id)
    if not permissions.may_keep(request.actor, row.unit):
        raise Http404
    return row


def detail(request: Request, relay_id: int) -> HttpResponse:
    """The notice; for its office what to do with it, for supervisors their enterprises, for an enterprise its word."""
    row, day, actor = _notice(request, relay_id), local_day(request.now), request.actor
    context = {
        "row": row, "day": day, "issuer": grid.names({row.unit}).get(row.unit, ""), "page_clause": CLAUSE,
        "may_keep": bool(permissions.may_keep(actor, row.unit)), "line": actor.has(*permissions.LINE), "hows": HOWS,
        "scope": _scope_words(row), "issued": row.state == NoticeState.ISSUED,
    }  # fmt: skip
    if row.state == NoticeState.DRAFT:
        audience = rows_of.audience(row, on=day)
        context |= {"audience": audience, "reach": sum(line.total for line in audience)}
    elif is_enterprise(actor):
        context |= {"receipt": rows_of.of_enterprise(row, actor)}
    else:
        mine = rows_of.mine(row, actor.person_id, on=day)
        page = Paginator(mine, page_size(request, 50)).get_page(request.GET.get("page"))
        known = rows_of.standing_of([row], actor, day).get(row.id) if context["line"] else None
        context |= {"page": page, "known": known, "left": mine.filter(rows_of.OPEN).count()}
    return render(request, "advice/relay_detail.html", context)


def _scope_words(row: Any) -> list[tuple[str, list[str]]]:
    """Whom the notice is for, in words."""
    units = grid.names({int(unit) for unit in row.units})
    known = {each.code: each.name for each in policies.current().industries}
    found = [
        (_("单位"), [units.get(int(unit), "") for unit in row.units]),
        (_("主包保人的层级"), [_(Level(level).label) for level in row.levels]),
        (_("行业"), [known.get(code, code) for code in row.industries]),
        (_("风险等级"), [_(Grade(grade).label) for grade in row.grades]),
    ]
    return [pair for pair in found if pair[1]]


def _form(request: Request, row: Any = None) -> NoticeForm:
    """Units below the issuing one to choose from; the industries of the policy."""
    day = local_day(request.now)
    unit = row.unit if row else request.actor.unit or 0
    units = [(child.code, child.name) for child in grid.children(unit, on=day).order_by("code")]
    industries = [(each.code, _(each.name)) for each in policies.current().industries if day in each.interval]
    fields = ("title", "number", "text", "units", "levels", "industries", "grades")
    initial = {name: getattr(row, name) for name in fields} if row else {}
    return NoticeForm(
        request.POST or None, request.FILES or None, initial=initial, units=units, industries=industries,
        most=rules(day).attachment_mb,
    )  # fmt: skip


def new(request: Request) -> HttpResponse:
    """Write a notice; it is a draft until it is issued."""
    return _edit(request, None)


def edit(request: Request, relay_id: int) -> HttpResponse:
    """Change a draft."""
    row = _kept(request, relay_id)
    if row.state != NoticeState.DRAFT:
        return redirect("relay_detail", relay_id)
    return _edit(request, row)


def _edit(request: Request, row: Any) -> HttpResponse:
    form = _form(request, row)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        attached = Attached(file.name or "", file) if file else None
        try:
            kept = actions.keep_notice(
                by=request.actor, now=request.now, data=form.notice(), notice_id=row.id if row else None,
                attached=attached,
            )  # fmt: skip
        except Refusal as refusal:
            if not refusal.code.startswith(("file_", "photo_")):
                raise
            form.add_error("file", words(refusal))
        else:
            messages.success(request, _("已存为草稿，请核对范围后发布。"))
            return redirect("relay_detail", kept.id)
    context = {"form": form, "row": row, "page_clause": CLAUSE}
    return render(request, "advice/relay_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def issue(request: Request, relay_id: int) -> HttpResponse:
    """Issue: at once for few, in the background for many."""
    row = _kept(request, relay_id)
    if rows_of.targets_of(row, on=local_day(request.now)).count() > AT_ONCE:
        started = work.start(
            by=request.actor, now=request.now, handler="anwang.features.advice.jobs.issue", label=_("发布政策通知"),
            params={"notice": relay_id}, next_url="/policy-notices/{notice}/progress/",
        )  # fmt: skip
        return redirect("work_status", started.id)
    done = actions.issue_notice(by=request.actor, now=request.now, notice_id=relay_id)
    text = _("已发布到 %(n)s 家企业，请督导人员在 %(due)s 前传达。") % {"n": done.targets, "due": done.due}
    messages.success(request, text)
    return redirect("relay_progress", relay_id)


@require_POST
def recall(request: Request, relay_id: int) -> HttpResponse:
    """Recall, with the reason."""
    _kept(request, relay_id)
    actions.recall_notice(
        by=request.actor, now=request.now, notice_id=relay_id, reason=request.POST.get("reason", "")
    )  # fmt: skip
    messages.success(request, _("已收回；已收到的企业和督导人员都会看到收回原因。"))
    return redirect("relay_detail", relay_id)


@require_POST
def drop(request: Request, relay_id: int) -> HttpResponse:
    """Throw a draft away."""
    row = _kept(request, relay_id)
    actions.drop_notice(by=request.actor, now=request.now, notice_id=relay_id)
    messages.success(request, _("已删除草稿“%(title)s”。") % {"title": row.title})
    return redirect("relay_list")


def file(request: Request, relay_id: int) -> HttpResponseBase:
    """The attachment, for those who may see the notice."""
    row = _notice(request, relay_id)
    kept = media.opened(row.file)
    if kept is None:
        raise Http404
    kind = Kind(row.file_kind)
    return ranges.answer(
        kept, header=request.headers.get("range", ""), content_type=kind.mime, name=row.file_name,
        attachment=kind is Kind.DOCX,
    )  # fmt: skip
