"""Long work of this feature."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from anwang.features.grid import queries as grid
from anwang.web.reasons import words

from . import actions


def make(report: Any, work: Any, *, kind: str, unit: int, form: str) -> dict[str, Any]:
    """Make a paper for the person who asked, in the post worn then."""
    now = timezone.now()
    made = actions.make_paper(by=grid.starter(work, now=now), now=now, kind=kind, unit=unit, form=form, report=report)
    return {"paper": made.row.id, "rows": made.row.rows}


def read_evaluations(report: Any, work: Any, import_id: int) -> dict[str, Any]:
    """Read an uploaded sheet of evaluations for its preview."""
    now = timezone.now()
    actions.read_upload(by=grid.starter(work, now=now), now=now, import_id=import_id, say=words, report=report)
    return {"id": import_id}


def apply_evaluations(report: Any, work: Any, import_id: int) -> dict[str, Any]:
    """Record what a sheet of evaluations says."""
    now = timezone.now()
    actions.apply_upload(by=grid.starter(work, now=now), now=now, import_id=import_id, report=report)
    return {"id": import_id}
