"""What waits for a person: places to settle, industries to decide, uploads to confirm, changes still to take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor
from anwang.features.grid.queries import within
from anwang.web.reasons import words

from ..models import Change, Enterprise, ImportState, PlaceMethod, RosterImport, Status
from .edits import reason_of
from .previews import paths


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """An enterprise whose place is guessed or unknown: where it stands, why, and what else it could be."""

    row: Enterprise
    here: str
    stated: str
    why: tuple[str, ...]
    others: tuple[tuple[int, str], ...]


def place_todo(actor: Actor, kind: str = "") -> QuerySet[Enterprise]:
    """Enterprises of the territory with a guessed (`guessed`) or unknown (`none`) place, the unknown first."""
    guessed, unknown = Q(place_guessed=True), Q(place_method=PlaceMethod.NONE)
    wanted = {"guessed": guessed & ~unknown, "none": unknown}.get(kind, guessed | unknown)
    rows = within(Enterprise.objects.exclude(status=Status.CLOSED), actor).filter(wanted)
    return rows.order_by("place_guessed", "place", "name", "id")


def place_lines(rows: list[Enterprise], actor: Actor) -> list[PlaceLine]:
    """The rows with their evidence; suggestions outside the territory are left out. One query for all names."""
    codes = {row.place for row in rows} | {code for row in rows for code in row.place_clues.get("alternatives", [])}
    called = paths(codes)
    return [
        PlaceLine(
            row,
            called.get(row.place, ""),
            row.place_clues.get("stated", ""),
            tuple(words(reason_of(each)) for each in row.place_clues.get("reasons", [])),
            tuple(
                (code, called.get(code, str(code)))
                for code in row.place_clues.get("alternatives", [])
                if actor.territory.covers(code)
            ),
        )
        for row in rows
    ]


def import_for(actor: Actor, import_id: int) -> RosterImport | None:
    """One upload of this person."""
    return RosterImport.objects.filter(id=import_id, user_id=actor.user_id).select_related("change").first()


def recent_imports(actor: Actor, limit: int = 10) -> list[RosterImport]:
    """The last uploads of this person that were not given up."""
    rows = RosterImport.objects.filter(user_id=actor.user_id).exclude(state=ImportState.DISCARDED)
    return list(rows.select_related("change").order_by("-created_at")[:limit])


def recent_changes(actor: Actor) -> QuerySet[Change]:
    """The changes that this person made, the latest first."""
    return Change.objects.filter(user_id=actor.user_id).order_by("-at", "-id")


def change_for(actor: Actor, change_id: int) -> Change | None:
    """One change of this person."""
    return recent_changes(actor).filter(id=change_id).first()


def undoable(change: Change | None, now: datetime) -> bool:
    """Whether a change may still be offered for undoing."""
    return change is not None and change.undone_at is None and now - change.at <= timedelta(hours=24)
