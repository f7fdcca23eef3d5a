"""One problem: whose turn it is, what this person may do, the trace; its files and its 督办函."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from anwang.adapters import media
from anwang.adapters.attachments import Kind
from anwang.domain.base import Refusal
from anwang.domain.ladder.case import accept_due, solve_due
from anwang.domain.ladder.states import State
from anwang.features.grid import queries as grid
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..models import Problem
from ..queries.one import missing

CLAUSE = "三.4"
#: Act → (heading, button, whether words must be given).
WORDS: dict[str, tuple[str, str, str, bool]] = {
    "accept": (gettext_noop("受理"), gettext_noop("受理"), "", False),
    "rectify": (gettext_noop("整改完成"), gettext_noop("提交整改情况"), gettext_noop("做了什么"), True),
    "verify": (gettext_noop("核实通过"), gettext_noop("核实通过"), gettext_noop("核实情况"), False),
    "close": (gettext_noop("销号"), gettext_noop("销号"), gettext_noop("意见（选填）"), False),
    "answer": (gettext_noop("答复"), gettext_noop("提交答复"), gettext_noop("办理情况"), True),
    "order": (gettext_noop("责令企业整改"), gettext_noop("责令整改"), gettext_noop("整改要求"), True),
    "hand": (gettext_noop("转科室单位"), gettext_noop("转办"), gettext_noop("转办意见（选填）"), False),
    "solve": (gettext_noop("协调解决"), gettext_noop("已协调解决"), gettext_noop("做了什么"), True),
    "decide": (gettext_noop("延期申请"), gettext_noop("批准"), gettext_noop("意见（不批准的必填）"), False),
    "resubmit": (gettext_noop("补充后再报"), gettext_noop("补充后再报"), gettext_noop("补充的情况"), True),
    "unfixed": (gettext_noop("核实未通过"), gettext_noop("未通过，继续整改"), gettext_noop("还差什么"), True),
    "escalate": (gettext_noop("上报上一级网格长"), gettext_noop("上报"), gettext_noop("说明（选填）"), False),
    "down": (gettext_noop("答复后退回下级办理"), gettext_noop("答复并退回下级"), gettext_noop("答复"), True),
    "supervise": (gettext_noop("挂牌督办"), gettext_noop("挂牌并生成督办函"), gettext_noop("督办要求"), True),
    "ask": (gettext_noop("申请延期"), gettext_noop("提交申请"), gettext_noop("原因"), True),
    "risk": (gettext_noop("限期接受风险"), gettext_noop("限期接受"), gettext_noop("理由和管控措施"), True),
    "return": (gettext_noop("退回补充"), gettext_noop("退回"), gettext_noop("退回原因"), True),
    "recall": (gettext_noop("收回自办"), gettext_noop("收回自办"), gettext_noop("原因"), True),
    "note": (gettext_noop("写办理情况"), gettext_noop("保存"), gettext_noop("办理情况"), True),
    "reopen": (gettext_noop("没有解决，重新打开"), gettext_noop("重新打开"), gettext_noop("原因"), True),
    "withdraw": (gettext_noop("撤回"), gettext_noop("撤回"), gettext_noop("原因"), True),
}
AGAIN = gettext_noop("不再接受，重新打开")
#: The next step itself, shown open; the others unfold.
MAIN = ("decide", "accept", "answer", "rectify", "verify", "close", "resubmit")
WITH_DAY = {"order": gettext_noop("整改期限"), "hand": gettext_noop("答复期限"), "ask": gettext_noop("延到"),
            "risk": gettext_noop("接受到哪一天")}  # fmt: skip
WITH_FILES = frozenset({"rectify", "solve", "verify", "answer", "resubmit"})


def find(request: Request, problem_id: int) -> Problem:
    """A problem that the actor may see."""
    row = queries.find(problem_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def detail(request: Request, problem_id: int) -> HttpResponse:
    """One problem."""
    return show(request, find(request, problem_id))


def show(request: Request, row: Problem, *, error: Refusal | None = None, act: str = "") -> HttpResponse:
    """The page, also after a refused act, with what was typed."""
    rule, case, today = queries.rule_of(row), queries.case_of(row), request.today
    may = permissions.allowed(request.actor, row)
    events, acts = queries.events_of(row), _acts(request, row, may, act)
    names = grid.names({row.unit, *(event.unit for event in events)})
    reasons = dict(missing(rule)) | {"silence": ""}
    context = {
        "row": row, "line": queries.lines([row], today)[0], "acts": acts,
        "has_main": any(each["main"] for each in acts),
        "events": [(_(queries.KINDS.get(each.kind, each.kind)), names.get(each.unit, ""), each,
                    reasons.get(each.reason, "")) for each in events],
        "files": queries.files_of(row), "referrals": queries.referrals_of(row), "asked": queries.request_of(row),
        "missing": missing(rule), "departments": _departments(request, row) if may["hand"] else ([], []),
        "last": solve_due(case, rule), "accept_by": accept_due(case, rule), "rule": rule, "today": today,
        "error": words(error) if error else "", "posted": request.POST if error else {}, "page_clause": CLAUSE,
        "explained": [words(each) for each in permissions.explained(request.actor, row)],
        "waiting": row.state in permissions.WAITING, "closed": row.state == State.CLOSED,
    }  # fmt: skip
    return render(request, "problems/detail.html", context, status=422 if error else 200)


def _acts(request: Request, row: Problem, may: dict[str, bool], chosen: str) -> list[dict[str, Any]]:
    """The acts that are open to this person, the next step first."""
    again = {"reopen": AGAIN} if row.state == State.RISK else {}
    seen = {"verify"} if queries.rule_of(row).serious else set()
    return [
        {"code": code, "title": _(again.get(code, title)), "button": _(button),
         "label": _(label) if label else "", "needed": needed or code in seen,
         "main": code in MAIN, "open": code == chosen, "day": _(WITH_DAY[code]) if code in WITH_DAY else "",
         "files": code in WITH_FILES}
        for code, (title, button, label, needed) in WORDS.items()
        if may[code]
    ]  # fmt: skip


def _departments(request: Request, row: Problem) -> tuple[list[Any], list[Any]]:
    """One person of each department, and the others behind a fold."""
    rows = queries.departments(row.unit, on=request.today).exclude(person_id=request.actor.person_id)
    found = list(rows[:100])
    firsts = {post.organisation: post for post in reversed(found)}
    first = [post for post in found if firsts[post.organisation] is post]
    return first, [post for post in found if firsts[post.organisation] is not post]


def file(request: Request, problem_file_id: int) -> HttpResponseBase:
    """A photo or paper; pictures are shown, the rest is downloaded."""
    row = queries.find_file(problem_file_id, by=request.actor)
    kept = media.opened(row.path) if row else None
    if row is None or kept is None:
        raise Http404
    picture = row.kind == "jpg"
    kinds = {"jpg": Kind.JPEG.mime, "pdf": Kind.PDF.mime, "docx": Kind.DOCX.mime}
    return FileResponse(kept, as_attachment=not picture, filename=row.name, content_type=kinds.get(row.kind, ""))


def letter(request: Request, problem_id: int, form: str) -> HttpResponse:
    """督办函 as PDF or DOCX."""
    find(request, problem_id)
    if form not in ("pdf", "docx"):
        raise Http404
    data = actions.letter(by=request.actor, now=request.now, problem_id=problem_id, form=form)
    kind = Kind.PDF.mime if form == "pdf" else Kind.DOCX.mime
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="problem-{problem_id}.{form}"'
    return answer
