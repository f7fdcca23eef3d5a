"""Long work of this feature."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from anwang.domain.base import Refusal, gettext_noop
from anwang.features.grid import queries as grid

from . import actions


def make(report: Any, work: Any, *, kind: str, unit: int, form: str) -> dict[str, Any]:
    """Make a paper for the person who asked, in the post worn then."""
    by = grid.actor_in(work.user_id, work.post_id, now=timezone.now())
    if by is None:
        raise Refusal("post_ended", gettext_noop("提交时的任职已经结束，未生成文书。"))
    made = actions.make_paper(by=by, now=timezone.now(), kind=kind, unit=unit, form=form, report=report)
    return {"paper": made.row.id, "rows": made.row.rows}
