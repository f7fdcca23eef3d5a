"""附件 of a task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from anwang.adapters import handed_in, media
from anwang.adapters.handed_in import Checked, Given
from anwang.domain.base import Actor

from ..models import Receipt, Task, TaskFile

FOLDER = "tasks"
MOST_FILES = 6


def check(files: Sequence[Given], *, already: int = 0) -> list[Checked]:
    """All of them sound, workbooks too, or a Refusal that names the first that is not. Nothing is kept yet."""
    return handed_in.check(files, most=MOST_FILES, already=already, workbooks=True)


def keep(*, by: Actor, now: datetime, task: Task, receipt: Receipt | None, files: Sequence[Checked]) -> int:
    """Store checked files inside the act's transaction; returns how many."""
    for each in files:
        path = media.keep(each.data, folder=FOLDER, suffix=f".{each.kind}")
        TaskFile.objects.create(
            task=task, receipt=receipt, name=each.name, path=path, kind=each.kind, size=len(each.data),
            digest=each.digest, by=by.name[:60], at=now,
        )  # fmt: skip
    return len(files)
