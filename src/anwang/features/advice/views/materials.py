"""Material for warning education: found, played in parts, taken to the record of a talk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.adapters import media
from anwang.adapters.attachments import Kind
from anwang.domain.base import Refusal, Role
from anwang.domain.calendar import local_day
from anwang.features.policies import queries as policies
from anwang.web import ranges
from anwang.web.asked import page_size
from anwang.web.reasons import words
from anwang.web.requests import Request

from .. import actions, permissions, queries
from ..forms import MaterialForm
from ..queries.questions import enterprises_to_ask_for
from ..queries.rules import rules

CLAUSE = "附件4.4"


def _industries(request: Request) -> list[tuple[str, str]]:
    day = local_day(request.now)
    return [(each.code, _(each.name)) for each in policies.current().industries if day in each.interval]


def listing(request: Request) -> HttpResponse:
    """By words and industry."""
    asked, industry = request.GET.get("q", "").strip()[:60], request.GET.get("industry", "")
    industries = _industries(request)
    industry = industry if industry in dict(industries) else ""
    rows = queries.materials(request.actor, words=asked, industry=industry)
    context = {
        "page": Paginator(rows, page_size(request)).get_page(request.GET.get("page")), "q": asked,
        "industry": industry, "industries": industries, "names": dict(industries), "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "advice/material_list.html", context)


def _material(request: Request, material_id: int) -> Any:
    row = queries.material(material_id, by=request.actor)
    if row is None:
        raise Http404
    return row


def detail(request: Request, material_id: int) -> HttpResponse:
    """Play or read it; a supervisor goes on to the record of the talk at which it was shown."""
    row, actor = _material(request, material_id), request.actor
    firms = enterprises_to_ask_for(actor, "", on=local_day(request.now)) if actor.has(Role.SUPERVISOR) else []
    known = dict(_industries(request))
    context = {
        "row": row, "kind": Kind(row.kind), "firms": firms, "may_keep": bool(permissions.may_keep(actor, row.unit)),
        "industries": [known.get(code, code) for code in row.industry_codes], "page_clause": CLAUSE,
    }  # fmt: skip
    return render(request, "advice/material_detail.html", context)


def new(request: Request) -> HttpResponse:
    """Bring one in; its content is judged, not its name."""
    most = rules(local_day(request.now)).material_mb
    form = MaterialForm(request.POST or None, request.FILES or None, industries=_industries(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.keep_material(
                by=request.actor, now=request.now, data=form.material(), file=form.cleaned_data["file"]
            )
        except Refusal as refusal:
            if not refusal.code.startswith(("file_", "photo_", "material_twice")):
                raise
            form.add_error("file", words(refusal))
        else:
            messages.success(request, _("已入库。"))
            return redirect("material_detail", row.id)
    context = {"form": form, "most": most, "page_clause": CLAUSE}
    return render(request, "advice/material_form.html", context, status=422 if form.is_bound else 200)


def file(request: Request, material_id: int) -> HttpResponseBase:
    """The file in the parts that a player asks for. Who asks is written nowhere."""
    row = _material(request, material_id)
    kept = media.opened(row.file)
    if kept is None:
        raise Http404
    kind = Kind(row.kind)
    name = row.title + kind.suffix
    return ranges.answer(kept, header=request.headers.get("range", ""), content_type=kind.mime, name=name)


@require_POST
def withdraw(request: Request, material_id: int) -> HttpResponse:
    """Take it out; can be taken back."""
    row = _material(request, material_id)
    actions.withdraw_material(by=request.actor, now=request.now, material_id=material_id)
    undo = "undo:" + reverse("material_restore", args=[material_id])
    messages.success(request, _("已撤下“%(title)s”。") % {"title": row.title}, extra_tags=undo)
    return redirect("material_list")


@require_POST
def restore(request: Request, material_id: int) -> HttpResponse:
    """Put it back."""
    row = _material(request, material_id)
    actions.restore_material(by=request.actor, now=request.now, material_id=material_id)
    messages.success(request, _("已恢复“%(title)s”。") % {"title": row.title})
    return redirect("material_detail", material_id)
