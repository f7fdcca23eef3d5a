"""Long work of the roster: reading an upload, carrying it out."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from anwang.adapters.xlsx.kept import kept_table
from anwang.adapters.xlsx.writer import Stamp
from anwang.domain.base import Report
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.web.reasons import words

from . import actions
from .forms import EnterpriseFilter
from .queries.taking import write_roster


def read(report: Report, work: Any, import_id: int) -> dict[str, Any]:
    """Read an upload for its preview."""
    now = timezone.now()
    actions.read_import(by=grid.starter(work, now=now), now=now, import_id=import_id, say=words, report=report)
    return {"id": import_id}


def export(report: Report, work: Any, *, query: str, name: str) -> dict[str, Any]:
    """The roster as a table to fetch, narrowed as the address was; the trail keeps who took it."""
    now = timezone.now()
    by = grid.starter(work, now=now)
    on, unit = local_day(now), grid.names([by.unit or 0]).get(by.unit or 0, "")
    rows = EnterpriseFilter(QueryDict(query), actor=by, on=on).rows
    title, stamp = name.rsplit("_", 1)[0], Stamp(unit, by.name, on)
    made = kept_table(name, partial(write_roster, rows=rows, title=title, stamp=stamp, report=report))
    actions.note_export(by=by, now=now, rows=made["rows"], query=query)
    return made


def apply(report: Report, work: Any, import_id: int) -> dict[str, Any]:
    """Carry an import out."""
    now = timezone.now()
    row = actions.apply_import(by=grid.starter(work, now=now), now=now, import_id=import_id, report=report)
    return {"id": import_id, "change": row.change_id}
