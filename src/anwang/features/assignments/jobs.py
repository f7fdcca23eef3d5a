"""Long work of this feature: computing, adopting, printing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from anwang.features.grid import queries as grid

from . import actions


def propose(report: Any, work: Any, *, unit: int, on: str, keep: bool, replaces: int | None) -> dict[str, Any]:
    """A plan for the person who asked."""
    now = timezone.now()
    made = actions.propose(
        by=grid.starter(work, now=now), now=now, unit=unit, on=date.fromisoformat(on), keep=keep, replaces=replaces,
        report=report,
    )  # fmt: skip
    return {"plan": made.id}


def adopt(report: Any, work: Any, *, plan_id: int) -> dict[str, Any]:
    """Put a plan in force."""
    now = timezone.now()
    actions.adopt(by=grid.starter(work, now=now), now=now, plan_id=plan_id, report=report)
    return {"plan": plan_id}


def print_papers(report: Any, work: Any, *, kind: str, ids: list[int], form: str) -> dict[str, Any]:
    """Letters or sheets as one file."""
    now = timezone.now()
    made = actions.print_download(by=grid.starter(work, now=now), now=now, kind=kind, ids=ids, form=form, report=report)
    return {**made, "work": str(work.id)}
