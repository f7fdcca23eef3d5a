"""Writing edits: columns, dated facts and what is needed to take it all back, in bulk and in one transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from anwang.adapters.bulk import insert_many
from anwang.domain.base import Actor, Refusal
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.grid.queries import facts_of

from ..models import Change, ChangedRow, ChangeKind, Enterprise
from ..queries.edits import Edit
from ..queries.standing import FACT_DATE, later_facts
from .facts import Writing, write_grades, write_places, write_points, write_status

BATCH = 500
_FIELDS = [field for field in Enterprise._meta.concrete_fields if not field.primary_key]
#: Columns that writing may touch; the demo mark and the day of making stay.
KEPT = {"is_demo", "created_at"}
COLUMNS = [field.attname for field in _FIELDS if field.attname not in KEPT]


def begin(by: Actor, now: datetime, on: date, kind: str, label: str, reason: str = "") -> Writing:
    """Open a change."""
    change = Change.objects.create(kind=kind, label=label[:200], user_id=by.user_id, by=by.name, at=now)
    return Writing(change, by, now, on, reason[:200])


def write(writing: Writing, edits: Sequence[Edit]) -> None:
    """Write edits that say something. Refuses `fact_date` when a fact would begin before the one it replaces."""
    edits = [edit for edit in edits if not edit.says_nothing]
    _insist_dates(writing, edits)
    fresh = [edit for edit in edits if edit.is_new]
    known = [edit for edit in edits if not edit.is_new]
    befores = [_before(edit) for edit in known]
    for edit in edits:
        _apply(edit, writing)
    _number([edit.enterprise for edit in fresh], writing)
    _insert(writing, [edit.enterprise for edit in fresh])
    _update([edit.enterprise for edit in known])
    rows = [(edit.enterprise.id, True, "") for edit in fresh]
    rows += [(edit.enterprise.id, False, before) for edit, before in zip(known, befores, strict=True)]
    columns = ("change_id", "enterprise_id", "created", "before")
    insert_many(ChangedRow, columns, ((writing.change.id, *row) for row in rows))
    for part in (write_status, write_places, write_points, write_grades):
        part(writing, edits)
    Change.objects.filter(id=writing.change.id).update(enterprises=len(edits))


def trail(writing: Writing, edits: Iterable[Edit], action: str, **data: Any) -> None:
    """One event on the city's chain, and one on each county's with how many of its enterprises changed."""
    counts = Counter(edit.enterprise.county for edit in edits if edit.enterprise.id)
    stamp: dict[str, Any] = {"by": writing.by, "now": writing.now, "action": action}
    stamp["target"] = f"change:{writing.change.id}"
    audit.record(**stamp, on=writing.on, enterprises=sum(counts.values()), **data)
    for county, count in sorted(counts.items()):
        audit.record(**stamp, chain=county, on=writing.on, enterprises=count)


def _number(rows: list[Enterprise], writing: Writing) -> None:
    """A provisional code for new enterprises without any: sheets name them by it until the real code is known."""
    bare = [row for row in rows if not row.credit_code and not row.provisional_code]
    for number, row in enumerate(bare, start=1):
        row.provisional_code = f"LS{writing.change.id:06d}{number:06d}"


def _insert(writing: Writing, rows: list[Enterprise]) -> None:
    """New rows; their keys ascend in the order of writing."""
    if not rows:
        return
    names = [field.attname for field in _FIELDS]
    insert_many(Enterprise, names, ([getattr(row, name) for name in names] for row in rows))
    made = Enterprise.objects.filter(last_change=writing.change).order_by("id").values_list("id", flat=True)
    for row, key in zip(rows, made, strict=True):
        row.id = key


def _update(rows: list[Enterprise]) -> None:
    """All columns by upsert: one statement for many rows."""
    names = [field.name for field in _FIELDS if field.attname not in KEPT]
    Enterprise.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
    )


def _before(edit: Edit) -> str:
    """The columns and the names of the risk points as they are, as JSON."""
    values = {name: getattr(edit.enterprise, name) for name in COLUMNS}
    points = {str(point.id): [point.name, point.location] for each in edit.points if (point := each.point)}
    return json.dumps({"columns": values, "points": points}, ensure_ascii=False, default=str)


def _apply(edit: Edit, writing: Writing) -> None:
    """Put the edit's values on the row in memory."""
    row = edit.enterprise
    if edit.is_new:
        row.created_at = writing.now
        row.is_demo |= settings.DEMO  # what is tried out beside the demo belongs to it
    for name, value in edit.values.items():
        setattr(row, name, value)
    if edit.values.keys() & {"longitude", "latitude", "coordinates"} or (edit.is_new and row.longitude is not None):
        _locate(row, writing)
    if edit.place:
        row.place, row.place_method, row.place_guessed = edit.place.place, edit.place.method, edit.place.guessed
        row.place_clues = edit.place.clues
        row.county, row.township = facts_of(edit.place.place)
    if edit.status:
        row.status = edit.status.status
    if edit.grade:
        row.grade = edit.grade.grade.value
    row.last_change, row.updated_at = writing.change, writing.now


def _locate(row: Enterprise, writing: Writing) -> None:
    """Who said where it is; nobody when it is not said any more."""
    known = row.longitude is not None and row.latitude is not None
    if not known:
        row.coordinates = ""
    row.located_by = f"{ChangeKind(writing.change.kind).label} {writing.by.name}"[:100] if known else ""
    row.located_on = local_day(writing.now) if known else None


def _insist_dates(writing: Writing, edits: list[Edit]) -> None:
    dated = [e.enterprise for e in edits if not e.is_new and (e.status or e.place or e.grade or e.points)]
    late = later_facts([each.id for each in dated], writing.on) if dated else set()
    if late:
        name = next(each.name for each in dated if each.id in late)
        raise Refusal("fact_date", FACT_DATE, day=writing.on.isoformat(), name=name)
