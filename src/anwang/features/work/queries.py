"""Reading long work and its progress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches
from django.db.models import QuerySet

from anwang.adapters.media import named_digest
from anwang.domain.base import Actor

from .models import Work, WorkState


@dataclass(frozen=True, slots=True)
class Progress:
    """How far: `done` of `total` steps, and the phase in words."""

    done: int = 0
    total: int = 0
    phase: str = ""

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


def progress_of(work_id: UUID | str) -> Progress:
    """The last report of a running work."""
    return caches["progress"].get(f"work-{work_id}") or Progress()


def own(actor: Actor) -> QuerySet[Work]:
    """The long work that this person asked for, newest first."""
    return Work.objects.filter(user_id=actor.user_id).order_by("-created_at")


def find(work_id: UUID, *, by: Actor) -> Work | None:
    """One work of this person, or None."""
    return own(by).filter(id=work_id).first()


def stored_files() -> Iterator[tuple[str, str]]:
    """(path, what it belongs to) of uploads that wait for their work, however long: their path is its `name`."""
    waiting = Work.objects.filter(state__in=(WorkState.QUEUED, WorkState.RUNNING))
    for key, params in waiting.values_list("id", "params"):
        if named_digest(name := str(params.get("name", ""))):
            yield name, f"work:{key}"
