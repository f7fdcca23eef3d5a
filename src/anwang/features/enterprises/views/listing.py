"""The roster as a list: filtered by the address, exported as filtered, changed in bulk."""

from __future__ import annotations

import io
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from anwang.adapters.xlsx.writer import Stamp
from anwang.features.grid import queries as grid
from anwang.features.work import actions as work
from anwang.web.asked import numbers, page_size
from anwang.web.downloads import workbook
from anwang.web.requests import Request

from .. import actions, queries
from ..forms import EnterpriseFilter
from ..forms.bulk import carry_out, choices
from ..permissions import KEEPERS
from ..queries.listing import chosen_ids
from ..queries.taking import write_roster
from .form_page import told


def listing(request: Request) -> HttpResponse:
    """Enterprises of the territory."""
    chosen = EnterpriseFilter(request.GET, actor=request.actor, on=request.today)
    page = Paginator(chosen.rows, page_size(request)).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "lines": queries.lines(list(page.object_list)),
        "counts": queries.counts(request.actor),
        "may_keep": request.actor.has(*KEEPERS),
        "bulk": choices(request.today) if request.actor.has(*KEEPERS) else [],
        "narrowed": any(request.GET.get(name) for name in chosen.filters),
        "page_clause": "二.1",
    }
    return render(request, "enterprises/list.html", context)


def export(request: Request) -> HttpResponseBase:
    """The present filter as a workbook that an import reads back; the trail keeps who took it."""
    chosen = EnterpriseFilter(request.GET, actor=request.actor, on=request.today)
    unit = grid.names([request.actor.unit or 0]).get(request.actor.unit or 0, "")
    title, query = _("%(unit)s企业名册") % {"unit": unit}, request.GET.urlencode()
    name = f"{title}_{request.today:%Y%m%d}.xlsx"
    if chosen.rows.count() > work.MANY_ROWS:
        started = work.start_export(
            by=request.actor, now=request.now, handler="anwang.features.enterprises.jobs.export", label=name,
            params={"query": query, "name": name},
        )  # fmt: skip
        return redirect("work_status", started.id)
    target = io.BytesIO()
    stamp = Stamp(unit, request.actor.name, request.today)
    count = write_roster(target, chosen.rows, title=title, stamp=stamp)
    actions.note_export(by=request.actor, now=request.now, rows=count, query=query)
    return workbook(target, name)


def bulk(request: Request) -> HttpResponse:
    """One change of all that are ticked."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ids = ticked(request)
    change, label = carry_out(request.POST.get("do", ""), request.actor, request.now, ids, request.today)
    done = _("%(label)s：已更改 %(n)s 家。") % {"label": label, "n": change.enterprises}
    told(request, change, done, nothing=_("%(label)s：所选企业原本就是如此，没有更改。") % {"label": label})
    return redirect(back_of(request, "enterprise_list"))


def ticked(request: Request) -> list[int]:
    """The enterprises ticked in a list, inside the territory."""
    return mine(request, numbers(request))


def mine(request: Request, ids: list[int]) -> list[int]:
    """Those of the keys in the territory; 404 when there are some and all lie outside."""
    found = chosen_ids(request.actor, ids)
    if ids and not found:
        raise Http404
    return found


def back_of(request: HttpRequest, name: str, **extra: Any) -> str:
    """Where the form came from, when it is one of our pages."""
    wanted = request.POST.get("back", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse(name, **extra)
