"""Long work of this feature."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.grid import queries as grid
from anwang.web.reasons import words

from . import actions


def make(report: Any, work: Any, *, kind: str, unit: int, form: str) -> dict[str, Any]:
    """Make a paper for the person who asked, in the post worn then."""
    by = grid.actor_in(work.user_id, work.post_id, now=timezone.now())
    if by is None:
        raise Refusal("post_ended", gettext_noop("提交时的任职已经结束，未生成文书。"))
    made = actions.make_paper(by=by, now=timezone.now(), kind=kind, unit=unit, form=form, report=report)
    return {"paper": made.row.id, "rows": made.row.rows}


def _actor(work: Any) -> Actor:
    """Whoever asked for the work, in the post worn then. Refuses `post_ended` when that is over."""
    by = grid.actor_in(work.user_id, work.post_id, now=timezone.now())
    if by is None:
        raise Refusal("post_ended", gettext_noop("申请这项处理的任职已经结束。"))
    return by


def read_evaluations(report: Any, work: Any, import_id: int) -> dict[str, Any]:
    """Read an uploaded sheet of evaluations for its preview."""
    actions.read_upload(by=_actor(work), now=timezone.now(), import_id=import_id, say=words, report=report)
    return {"id": import_id}


def apply_evaluations(report: Any, work: Any, import_id: int) -> dict[str, Any]:
    """Record what a sheet of evaluations says."""
    actions.apply_upload(by=_actor(work), now=timezone.now(), import_id=import_id, report=report)
    return {"id": import_id}
