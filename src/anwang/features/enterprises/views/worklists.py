"""Work lists of the roster: places to settle, industries to decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwang.domain.base import Refusal, gettext_noop
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.web.asked import number, page_size
from anwang.web.requests import Request

from .. import actions, queries
from ..models import IndustryBy
from ..permissions import KEEPERS
from ..queries import industries as industry_reads
from ..queries import worklists as reads
from .form_page import told
from .listing import back_of, mine, ticked

KINDS = {"": gettext_noop("全部"), "none": gettext_noop("待核定"), "guessed": gettext_noop("推断的")}


def places(request: Request) -> HttpResponse:
    """Enterprises whose place is guessed or unknown, with suggestions."""
    kind = request.GET.get("kind", "")
    rows = reads.place_todo(request.actor, kind)
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    tabs = [
        {
            "label": _(label),
            "url": f"?kind={key}" if key else "?",
            "active": key == kind,
            "count": reads.place_todo(request.actor, key).count(),
        }
        for key, label in KINDS.items()
    ]
    lines = reads.place_lines(list(page.object_list), request.actor)
    return render(
        request, "enterprises/places.html", {"page": page, "lines": lines, "tabs": tabs, "page_clause": "三.1"}
    )


def assign_place(request: Request) -> HttpResponse:
    """Settle the ticked ones (or one) by hand, or confirm the guesses."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ids = ticked(request)
    single, _colon, code = request.POST.get("one", "").partition(":")
    if (one := number(single)) is not None:
        ids, text = mine(request, [one]), code
    else:
        text = request.POST.get("unit", "").strip()
    if request.POST.get("confirm") or (single and not code):
        change = actions.confirm_places(by=request.actor, now=request.now, ids=ids)
        told(
            request, change, _("已确认 %(n)s 家的所在网格。") % {"n": change.enterprises}, nothing=_("没有需要确认的。")
        )
        return redirect(back_of(request, "place_todo"))
    found = grid.named_units(request.actor, text, on=request.today)
    if len(found) != 1:
        messages.error(request, _unclear(text, found))
        return redirect(back_of(request, "place_todo"))
    label = found[0].name
    change = actions.set_place(by=request.actor, now=request.now, ids=ids, place=found[0].code, label=label)
    told(request, change, _("已将 %(n)s 家归入%(unit)s。") % {"n": change.enterprises, "unit": label})
    return redirect(back_of(request, "place_todo"))


def _unclear(text: str, found: list[Any]) -> str:
    """Why no unit was found by what was written."""
    if not text:
        return _("请填写要归入的网格名称或 12 位代码。")
    if not found:
        return _("您的辖区内没有“%(text)s”这个网格，请核对名称或代码。") % {"text": text}
    named = "；".join(f"{unit.name} {unit.code}" for unit in found)
    return _("有多个网格符合，请改填代码：%(named)s") % {"named": named}


SHOWN = {"todo": gettext_noop("待认定"), "counts": gettext_noop("各行业企业"), "rules": gettext_noop("代码对照表")}


def industries(request: Request) -> HttpResponse:
    """The enterprises that need a decision, the thirteen industries with their numbers, or the rule table."""
    show = request.GET.get("show", "todo")
    show = show if show in SHOWN else "todo"
    todo = industry_reads.industry_todo(request.actor).order_by("gbt_code", "gbt_name", "name", "id")
    page = Paginator(todo, page_size(request)).get_page(request.GET.get("page"))
    tabs = [
        {
            "label": _(label),
            "url": f"?show={key}",
            "active": key == show,
            "count": page.paginator.count if key == "todo" else None,
        }
        for key, label in SHOWN.items()
    ]
    context = {
        "show": show,
        "tabs": tabs,
        "page": page,
        "industries": industry_reads.industries(request.today),
        "may_keep": request.actor.has(*KEEPERS),
        "page_clause": "二.1",
        **_shown(request, show, page),
    }
    return render(request, "enterprises/industries.html", context)


def _shown(request: Request, show: str, page: Any) -> dict[str, Any]:
    """What the chosen tab needs."""
    if show == "rules":
        return {"rules": industry_reads.rule_table(request.today)}
    if show == "counts":
        counts = industry_reads.industry_counts(request.actor)
        known = industry_reads.industries(request.today)
        return {"counts": [(each, counts.get(each.code, 0)) for each in known], "outside": counts.get("", 0)}
    lines = queries.lines(list(page.object_list))
    return {"lines": [(line, industry_reads.why_industry(line.row, request.today)) for line in lines]}


def assign_industry(request: Request) -> HttpResponse:
    """Decide the industry of the ticked ones, or of one."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ids = ticked(request)
    single, _colon, code = request.POST.get("one", "").partition(":")
    if (one := number(single)) is not None:
        ids = mine(request, [one])
    else:
        code = request.POST.get("industry", "")
    found = policies.current().industry(code)
    if found is None and code != "outside":
        raise Refusal("choice_missing", gettext_noop("请选择行业。"))
    label = _(found.name) if found else _("不属于十三个行业")
    industry = found.code if found else IndustryBy.UNKNOWN.value
    change = actions.set_industry(by=request.actor, now=request.now, ids=ids, industry=industry, label=label)
    told(request, change, _("已将 %(n)s 家认定为%(label)s。") % {"n": change.enterprises, "label": label})
    return redirect(back_of(request, "industry_rules"))
