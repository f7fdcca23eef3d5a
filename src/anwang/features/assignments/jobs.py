"""Long work of this feature: computing, adopting, printing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.grid import queries as grid

from . import actions


def _actor(work: Any) -> Actor:
    by = grid.actor_in(work.user_id, work.post_id, now=timezone.now())
    if by is None:
        raise Refusal("post_ended", gettext_noop("提交时的任职已经结束，没有继续处理。"))
    return by


def propose(report: Any, work: Any, *, unit: int, on: str, keep: bool, replaces: int | None) -> dict[str, Any]:
    """A plan for the person who asked."""
    made = actions.propose(
        by=_actor(work), now=timezone.now(), unit=unit, on=date.fromisoformat(on), keep=keep, replaces=replaces,
        report=report,
    )  # fmt: skip
    return {"plan": made.id}


def adopt(report: Any, work: Any, *, plan_id: int) -> dict[str, Any]:
    """Put a plan in force."""
    actions.adopt(by=_actor(work), now=timezone.now(), plan_id=plan_id, report=report)
    return {"plan": plan_id}


def print_papers(report: Any, work: Any, *, kind: str, ids: list[int], form: str) -> dict[str, Any]:
    """Letters or sheets as one file."""
    made = actions.print_download(by=_actor(work), now=timezone.now(), kind=kind, ids=ids, form=form, report=report)
    return {**made, "work": str(work.id)}
