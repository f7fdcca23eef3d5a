"""Long work that touches several features."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from anwang.domain.base import Refusal, Report, gettext_noop
from anwang.features.grid import actions as grid_actions
from anwang.features.grid import queries as grid

from . import actions
from .queries.regrid import read_table


def regrid(report: Report, work: Any, *, table: str, on: str, decisions: Mapping[str, str]) -> dict[str, Any]:
    """Put a division table in force, with the decisions of the person who confirmed it."""
    by = grid.actor_in(work.user_id, work.post_id, now=timezone.now())
    if by is None:
        raise Refusal("post_not_held", gettext_noop("您的任职已结束，网格没有调整。"))
    report(0, 2, "读取区划表")
    tree = read_table(table, by=by)
    report(1, 2, "调整网格")
    chosen = {int(old): int(new) for old, new in decisions.items()}
    result, moved = actions.regrid(
        by=by, now=timezone.now(), new=tree, on=date.fromisoformat(on), decisions=chosen, to_township=True
    )  # fmt: skip
    if table.startswith("file-"):
        upload = int(table.removeprefix("file-"))
        grid_actions.drop_upload(by=by, now=timezone.now(), upload_id=upload)
    report(2, 2, "完成")
    return {"closed": result.closed, "opened": result.opened, "posts": len(result.posts), "moved": moved}
