"""Long work of this feature."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from anwang.features.grid import queries as grid

from . import actions


def make(report: Any, work: Any, *, kind: str, unit: int, form: str) -> dict[str, Any]:
    """Make a paper for the person who asked, in the post worn then."""
    by = grid.actor_in(work.user_id, work.post_id, now=timezone.now())
    made = actions.make_paper(by=by, now=timezone.now(), kind=kind, unit=unit, form=form, report=report)
    return {"paper": made.row.id, "rows": made.row.rows}
