"""Long work on tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from anwang.domain.base import Refusal, gettext_noop
from anwang.features.grid import queries as grid

from . import actions

Report = Callable[[int, int, str], None]


def issue(report: Report, work: Any, *, task_id: int) -> dict[str, Any]:
    """Send a task out to very many."""
    now = timezone.now()
    by = grid.actor_in(work.user_id, work.post_id, now=now)
    if by is None:
        raise Refusal("post_ended", gettext_noop("发起人已不在原岗位，请由现任人员重新发起。"))
    return dict(actions.issue(by=by, now=now, task_id=task_id, report=report))
