"""Who has a notice: marking, the enterprise's word, the numbers and the rows behind them."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.domain.advice.notice import NoticeState
from anwang.domain.calendar import local_day
from anwang.features.accounts import queries as accounts
from anwang.features.grid import queries as grid
from anwang.features.work import actions as work
from anwang.web.asked import number, numbers, page_size, unit_of
from anwang.web.downloads import workbook
from anwang.web.requests import Request

from .. import actions, queries
from ..queries import relays as rows_of
from ..queries.export import write_receipts

CLAUSE = "附件4.1"


def _notice(request: Request, relay_id: int) -> Any:
    row = queries.notice(relay_id, by=request.actor)
    if row is None or row.state == NoticeState.DRAFT:
        raise Http404
    return row


@require_POST
def mark(request: Request, relay_id: int) -> HttpResponse:
    """The chosen enterprises, or all of mine, have it; can be taken back."""
    _notice(request, relay_id)
    chosen = None if "all" in request.POST else numbers(request)
    done = actions.relay(
        by=request.actor, now=request.now, notice_id=relay_id, how=request.POST.get("how", ""), enterprise_ids=chosen
    )
    undo = "undo:" + reverse("relay_unmark", args=[relay_id]) + "?" + urlencode({"at": request.now.isoformat()})
    messages.success(request, _("已标记传达到 %(n)s 家企业。") % {"n": done}, extra_tags=undo)
    return redirect("relay_detail", relay_id)


@require_POST
def unmark(request: Request, relay_id: int) -> HttpResponse:
    """撤销 what was marked just now."""
    _notice(request, relay_id)
    try:
        at = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Http404
    actions.unrelay(by=request.actor, now=request.now, notice_id=relay_id, at=at)
    messages.success(request, _("已撤销传达标记。"))
    return redirect("relay_detail", relay_id)


@require_POST
def confirm(request: Request, relay_id: int) -> HttpResponse:
    """The enterprise has it."""
    _notice(request, relay_id)
    actions.confirm_receipt(by=request.actor, now=request.now, notice_id=relay_id)
    messages.success(request, _("已确认收到。"))
    return redirect("relay_detail", relay_id)


def progress(request: Request, relay_id: int) -> HttpResponse:
    """By unit down to the people; every number opens its rows."""
    row, unit = _notice(request, relay_id), unit_of(request)
    found = rows_of.progress(row, by=request.actor, unit=unit, on=local_day(request.now))
    context = {
        "row": row, "unit": f"{unit:012d}", "progress": found, "path": grid.path_within(request.actor, unit),
        "day": local_day(request.now), "page_clause": CLAUSE,
        "lines": [(line, f"{line.key:012d}" if not found.people else f"{unit:012d}") for line in found.lines],
    }  # fmt: skip
    return render(request, "advice/relay_progress.html", context)


def _narrowed(request: Request) -> dict[str, Any]:
    state = request.GET.get("state", "")
    return {
        "unit": unit_of(request), "person": number(request.GET.get("person", "")),
        "state": state if state in rows_of.STATES else "",
    }  # fmt: skip


def rows(request: Request, relay_id: int) -> HttpResponse:
    """The enterprises behind a number."""
    row, asked, day = _notice(request, relay_id), _narrowed(request), local_day(request.now)
    found = rows_of.rows_of(row, by=request.actor, on=day, **asked)
    page = Paginator(found, page_size(request, 50)).get_page(request.GET.get("page"))
    who = accounts.names_of([asked["person"]]).get(asked["person"]) if asked["person"] and page.object_list else ""
    kept = {k: str(v) for k, v in request.GET.items() if k not in ("state", "page")}
    names = {"": _("全部"), **rows_of.STATES}
    context = {
        "row": row, "page": page, "rows": rows_of.named(list(page.object_list)), "who": who, "page_clause": CLAUSE,
        "unit": f"{asked['unit']:012d}", "unit_name": grid.names({asked["unit"]}).get(asked["unit"], ""),
        "tabs": [{"label": _(name), "url": "?" + urlencode({**kept, "state": key}), "active": key == asked["state"]}
                 for key, name in names.items()],
        "query": urlencode({k: str(v) for k, v in request.GET.items() if k != "page"}),
    }  # fmt: skip
    return render(request, "advice/relay_rows.html", context)


def export(request: Request, relay_id: int) -> HttpResponseBase:
    """The same rows as a table; very many as long work."""
    row, asked = _notice(request, relay_id), _narrowed(request)
    name = _("传达回执 %(title)s.xlsx") % {"title": row.title}
    if rows_of.rows_of(row, by=request.actor, on=request.today, **asked).count() > work.MANY_ROWS:
        started = work.start_export(
            by=request.actor, now=request.now, handler="anwang.features.advice.jobs.export", label=name,
            params={"notice": relay_id, "name": name, "asked": asked},
        )  # fmt: skip
        return redirect("work_status", started.id)
    target = io.BytesIO()
    count = write_receipts(target, row, by=request.actor, on=local_day(request.now), **asked)
    actions.note_export(by=request.actor, now=request.now, notice_id=relay_id, rows=count)
    return workbook(target, name)
