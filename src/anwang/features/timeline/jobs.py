"""Long work of this feature."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from anwang.features.grid import queries as grid

from . import actions


def make_pack(report: Any, work: Any, *, enterprise_id: int, on: str, form: str) -> dict[str, Any]:
    """A review pack for the person who asked, in the post worn then."""
    now = timezone.now()
    by = grid.starter(work, now=now)
    made = actions.make_pack(
        by=by, now=now, enterprise_id=enterprise_id, on=date.fromisoformat(on), form=form, report=report
    )
    return {"pack": made.row.id, "events": made.row.events, "whole": made.row.whole}
