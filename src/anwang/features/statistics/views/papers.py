"""The papers that this post may make, the statistics table with what it lacks, the files made lately."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.adapters.crypto.fields import masked
from anwang.domain.base import Level, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.documents.tables import STATISTICS
from anwang.domain.grid.codes import level_of, unit_range
from anwang.features.duties import queries as duties
from anwang.features.grid import queries as grid
from anwang.features.work import actions as work
from anwang.web.asked import page_size, unit_of
from anwang.web.requests import Request

from .. import actions
from ..queries import bindings as lists
from ..queries import papers

PREVIEW = 50
#: The table of so many enterprises is checked for completeness at once; a larger one by the units below.
CHECKED = 6000
#: Up to so many enterprises a paper is made at once; more run as long work with a progress bar.
AT_ONCE = 400

#: Columns that a phone leaves out of the preview: the name of the enterprise stands in their place.
PLACE = ("county", "township", "village")
#: Column → words that tell the three telephone columns apart.
HEADERS = {name: header for name, header, *_rest in STATISTICS if name} | {
    "principal_phone": gettext_noop("企业主要负责人电话"),
    "safety_phone": gettext_noop("安全负责人电话"),
    "supervisor_phone": gettext_noop("包保人电话"),
}


def _unit(request: Request) -> int:
    """The unit asked for, the own by default; villages have no papers of their own."""
    unit = unit_of(request)
    if level_of(unit) not in papers.ALL:
        raise Http404
    return unit


def _choices(request: Request, unit: int) -> list[tuple[int, str]]:
    """The own unit and the units one level below the one shown, for choosing."""
    day = local_day(request.now)
    below = {Level.CITY: Level.COUNTY, Level.COUNTY: Level.TOWNSHIP}.get(level_of(unit) or Level.VILLAGE)
    own = request.actor.unit or unit
    found = grid.names([own, unit])
    top = [(code, found[code]) for code in dict.fromkeys((own, unit)) if code in found]
    return top + (papers.units_below(unit, below, on=day) if below else [])


def _chosen(request: Request, unit: int) -> dict[str, Any]:
    """What both pages say of the unit shown."""
    choices = _choices(request, unit)
    return {"unit": unit, "unit_name": dict(choices).get(unit, ""), "choices": choices, "page_clause": "三.1"}


def listing(request: Request) -> HttpResponse:
    """All papers of a unit with their formats, and the files made lately."""
    unit = _unit(request)
    kept = papers.kept(unit)
    names = grid.names({row.unit for row in kept})
    context = _chosen(request, unit) | {
        "kinds": papers.kinds_for(unit), "kept": [(row, names.get(row.unit, "")) for row in kept],
        "kept_days": actions.KEPT_DAYS, "orphans": duties.orphans((unit_range(unit),), on=local_day(request.now)),
    }  # fmt: skip
    return render(request, "statistics/papers.html", context)


def attachment5(request: Request) -> HttpResponse:
    """The statistics table: its first rows and which cells are missing, each opening the rows that lack it (三.1)."""
    unit, day = _unit(request), local_day(request.now)
    stood = lists.keys_in(unit, on=day)
    whole = len(stood) <= CHECKED
    numbered = list(enumerate(lists.bindings(stood if whole else stood[:PREVIEW], on=day, unit=unit), 1))
    lacking = lists.missing_cells([row for _n, row in numbered]) if whole else {}
    missing = request.GET.get("missing", "")
    missing = missing if whole and missing in lists.NEEDED else ""
    if missing:
        numbered = [(n, row) for n, row in numbered if lists.lacks(row, missing)]
    page = Paginator(numbered, page_size(request, 50)).get_page(request.GET.get("page"))
    context = _chosen(request, unit) | {
        "total": len(stood), "columns": STATISTICS, "page": page, "missing": missing,
        "rows": [(stood[n - 1].id, _shown(n, row)) for n, row in page],
        "lacking": [(name, HEADERS[name], count) for name, count in lacking.items()],
        "checked": whole, "known": PLACE, "today": day,
    }  # fmt: skip
    return render(request, "statistics/attachment5.html", context)


def _shown(serial: int, row: lists.Binding) -> list[tuple[str, str, object]]:
    """A row as the screen shows it: (column, alignment, value), phones masked."""
    cells: list[tuple[str, str, object]] = []
    for name, _header, _width, align, _kind in STATISTICS:
        value: Any = getattr(row, name) if name else serial
        cells.append((name, align.value, masked(value) if name in lists.PHONES else value))
    return cells


def make(request: Request) -> HttpResponseBase:
    """Make a paper: small ones come at once, large ones as long work."""
    if request.method != "POST":
        return redirect("paper_list")
    unit, kind, form = _unit(request), request.POST.get("kind", ""), request.POST.get("form", "")
    chosen = papers.paper_kind(kind, unit)
    if chosen.rows and len(lists.keys_in(unit, on=local_day(request.now))) > AT_ONCE:
        params = {"kind": kind, "unit": unit, "form": form}
        name = grid.names([unit]).get(unit, "")
        label = _("生成 %(unit)s %(paper)s") % {"unit": name, "paper": _(chosen.title)}
        started = work.start(
            by=request.actor, now=request.now, handler="anwang.features.statistics.jobs.make", label=label,
            params=params,
            next_url=f"{reverse('paper_list')}?{urlencode({'unit': unit})}",
        )  # fmt: skip
        return redirect("work_status", work_id=started.id)
    made = actions.make_paper(by=request.actor, now=request.now, kind=kind, unit=unit, form=form)
    return _file(made)


def download(request: Request, paper_id: int) -> HttpResponseBase:
    """A kept file, inside the territory only."""
    try:
        return _file(actions.open_paper(by=request.actor, now=request.now, paper_id=paper_id))
    except Refusal as refusal:
        if refusal.code == "gone":
            messages.error(request, _(refusal.text))
            return redirect("paper_list")
        raise Http404 from None


def _file(made: actions.PaperFile) -> HttpResponseBase:
    row, unit = made.row, grid.names([made.row.unit]).get(made.row.unit, "")
    whose = "" if unit in row.title else f"{unit}-"
    name = f"{whose}{row.title}-{row.on:%Y%m%d}{Path(row.path).suffix}"
    return FileResponse(io.BytesIO(made.data), as_attachment=True, filename=name)
