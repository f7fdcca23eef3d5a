"""Long work of this feature."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from anwang.domain.base import Refusal, gettext_noop
from anwang.features.grid import queries as grid

from . import actions


def make_pack(report: Any, work: Any, *, enterprise_id: int, on: str, form: str) -> dict[str, Any]:
    """A review pack for the person who asked, in the post worn then."""
    by = grid.actor_in(work.user_id, work.post_id, now=timezone.now())
    if by is None:
        raise Refusal("post_ended", gettext_noop("提交时的任职已经结束，未生成文书。"))
    made = actions.make_pack(
        by=by, now=timezone.now(), enterprise_id=enterprise_id, on=date.fromisoformat(on), form=form, report=report
    )
    return {"pack": made.row.id, "events": made.row.events, "whole": made.row.whole}
