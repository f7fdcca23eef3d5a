"""Photos and papers of a problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from anwang.adapters import handed_in, media
from anwang.adapters.handed_in import Checked, Given
from anwang.domain.base import Actor

from ..models import Problem, ProblemFile

FOLDER = "problems"
MOST_FILES = 9


def check(files: Sequence[Given]) -> list[Checked]:
    """All of them sound, or a Refusal that names the first that is not. Nothing is kept yet."""
    return handed_in.check(files, most=MOST_FILES)


def keep(*, by: Actor, now: datetime, row: Problem, stage: str, files: Sequence[Checked]) -> None:
    """Store checked files inside the act's transaction."""
    for each in files:
        path = media.keep(each.data, folder=FOLDER, suffix=f".{each.kind}")
        ProblemFile.objects.create(
            problem=row, stage=stage, name=each.name, path=path, kind=each.kind, size=len(each.data),
            digest=each.digest, by=by.name[:60], at=now,
        )  # fmt: skip
