"""Long work that touches several features."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from anwang.domain.base import SYSTEM
from anwang.features.grid import actions as grid_actions

from . import actions
from .queries.regrid import read_table

Report = Callable[[int, int, str], None]


def regrid(report: Report, work: Any, *, table: str, on: str, decisions: Mapping[str, str]) -> dict[str, Any]:
    """Put a division table in force, with the decisions of the person who confirmed it."""
    by = replace(SYSTEM, name=work.label, user_id=work.user_id, post_id=work.post_id)
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
