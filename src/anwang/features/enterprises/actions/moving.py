"""Following a re-gridding: enterprises in a unit whose code changed stand in its successor from the day on (三.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from anwang.domain.base import Actor, gettext_noop

from ..models import ChangeKind, Enterprise
from ..queries.edits import Edit, PlaceEdit
from ..queries.standing import later_facts
from .writing import begin, trail, write

AT_ONCE = 800


@transaction.atomic
def move_units(
    *, by: Actor, now: datetime, on: date, mapping: Mapping[int, int], posts: Mapping[int, int] | None = None
) -> dict[str, int]:
    """Move every enterprise that stands in an old code to the new one, with a dated place from `on`; how it was found
    and whether it was guessed stay. Idempotent: nothing stands in an old code afterwards. `posts` is not needed here.

    Returns {"enterprises": moved}. A place on record from a later day than `on` moves from that later day on.
    """
    codes = [old for old, new in mapping.items() if old != new]
    rows: list[Enterprise] = []
    for start in range(0, len(codes), AT_ONCE):
        rows += Enterprise.objects.select_for_update().filter(place__in=codes[start : start + AT_ONCE])
    if not rows:
        return {"enterprises": 0}
    late = later_facts([row.id for row in rows], on)
    day = max([on, *(row.updated_at.date() for row in rows if row.id in late)])
    writing = begin(by, now, day, ChangeKind.REGRID, gettext_noop("网格调整"))
    edits = [Edit(row, place=_follow(row, mapping)) for row in rows]
    write(writing, edits)
    trail(writing, edits, "enterprise.regrid")
    return {"enterprises": len(edits)}


def _follow(row: Enterprise, mapping: Mapping[int, int]) -> PlaceEdit:
    return PlaceEdit(mapping[row.place], row.place_method, row.place_guessed, row.place_clues)
