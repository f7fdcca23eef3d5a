"""Dated facts of many enterprises: the one in force is closed, the next begins the same day; nothing is rewritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from anwang.adapters.bulk import insert_many
from anwang.domain.base import Actor

from ..models import Change, GradeFact, PlaceFact, RiskFact, RiskPoint, StatusFact
from ..queries.edits import Edit, PointEdit, reason_json

CHUNK = 800
_DATES = ("valid_from", "valid_to", "recorded_at", "recorded_by", "change_id")


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes what kind of change from which day on."""

    change: Change
    by: Actor
    now: datetime
    on: date
    reason: str = ""

    def dates(self, start: date | None = None, end: date | None = None) -> tuple[Any, ...]:
        """The columns that every fact written carries."""
        return (start or self.on, end, self.now, self.by.name, self.change.id)


def close(
    model: Any, writing: Writing, ids: Sequence[int], column: str = "enterprise_id", day: date | None = None
) -> None:
    """End what is in force of the enterprises (or points) on a day."""
    for start in range(0, len(ids), CHUNK):
        rows = model.objects.filter(valid_to=None, **{f"{column}__in": ids[start : start + CHUNK]})
        rows.update(valid_to=day or writing.on, closed_by=writing.change)


def _known(edits: Iterable[Edit]) -> list[int]:
    """Enterprises that have facts already: those that this change did not make."""
    return [edit.enterprise.id for edit in edits if not edit.made]


def write_status(writing: Writing, edits: list[Edit]) -> None:
    """Status from its own day on, which may lie before the change's."""
    touched = [(edit, edit.status) for edit in edits if edit.status]
    by_start: dict[date, list[int]] = defaultdict(list)
    for edit, wanted in touched:
        if not edit.made:
            by_start[wanted.start].append(edit.enterprise.id)
    for start, ids in by_start.items():
        close(StatusFact, writing, ids, day=start)
    rows = [(e.enterprise.id, w.before[0], *writing.dates(w.before[1], w.start)) for e, w in touched if w.before]
    rows += [(edit.enterprise.id, wanted.status, *writing.dates(wanted.start)) for edit, wanted in touched]
    columns = ("enterprise_id", "status", *_DATES, "reason")
    insert_many(StatusFact, columns, ((*row, writing.reason) for row in rows))


def write_places(writing: Writing, edits: list[Edit]) -> None:
    """Where the enterprise stands from the day on, with its address then."""
    touched = [edit for edit in edits if edit.place]
    close(PlaceFact, writing, _known(touched))
    columns = ("enterprise_id", "place", "county", "township", "address", "method", "guessed", *_DATES, "reason")
    rows = [(edit.enterprise, edit.place) for edit in touched if edit.place]
    values = (
        (row.id, row.place, row.county, row.township, row.address, place.method, place.guessed, *writing.dates())
        for row, place in rows
    )
    insert_many(PlaceFact, columns, ((*each, writing.reason) for each in values))


def write_grades(writing: Writing, edits: list[Edit]) -> None:
    """The grade from the day on, with the items of 附件6 that fired and the override if there is one."""
    touched = [edit for edit in edits if edit.grade]
    close(GradeFact, writing, _known(touched))
    columns = ("enterprise_id", "grade", "computed", "items", "override_reason", "override_evidence", "override_until")
    rows = ((*_grade(edit), *writing.dates(), writing.reason) for edit in touched)
    insert_many(GradeFact, (*columns, *_DATES, "reason"), rows)


def _grade(edit: Edit) -> tuple[Any, ...]:
    grade = edit.grade
    assert grade is not None
    override = grade.override if grade.overridden else None
    items = [reason_json(reason) for reason in grade.computed.reasons]
    said = (override.reason, override.evidence, override.until) if override else ("", "", None)
    return (edit.enterprise.id, grade.grade.value, grade.computed.grade.value, items, *said)


def write_points(writing: Writing, edits: list[Edit]) -> None:
    """New points first, then the facts of all; a removed one ends with its facts."""
    fresh = [(edit.enterprise.id, each) for edit in edits for each in edit.points if each.point is None]
    known = [each for edit in edits for each in edit.points if each.point is not None]
    close(RiskFact, writing, [each.point.id for each in known if each.point], "point_id")
    for each in known:
        _rename_or_remove(writing, each)
    keys = [*_make_points(writing, fresh), *(each.point.id for each in known if each.point and not each.remove)]
    facts = [each for _, each in fresh] + [each for each in known if not each.remove]
    rows = ((key, *_risk(each), *writing.dates()) for key, each in zip(keys, facts, strict=True))
    insert_many(RiskFact, ("point_id", *_RISK, *_DATES), rows)


def _make_points(writing: Writing, fresh: list[tuple[int, PointEdit]]) -> list[int]:
    if not fresh:
        return []
    columns = ("enterprise_id", "name", "location", "from_roster", "change_id", "created_at")
    made = (writing.change.id, writing.now)
    insert_many(RiskPoint, columns, ((key, e.name, e.location, e.from_roster, *made) for key, e in fresh))
    return list(RiskPoint.objects.filter(change=writing.change).order_by("id").values_list("id", flat=True))


def _rename_or_remove(writing: Writing, edit: PointEdit) -> None:
    rows = RiskPoint.objects.filter(id=edit.point.id if edit.point else 0)
    if edit.remove:
        rows.update(removed_on=writing.on, removed_by=writing.change)
    elif edit.name:
        rows.update(name=edit.name, location=edit.location)


_RISK = (
    *("serious_accident", "minor_accidents", "condition_persists", "major_hazard", "hazard_kinds", "persons"),
    "evaluated",
)


def _risk(edit: PointEdit) -> tuple[Any, ...]:
    facts = edit.facts
    kinds = sorted(kind.value for kind in facts.hazard_kinds)
    evaluated = facts.evaluated_level.value if facts.evaluated_level else ""
    accidents = (facts.fatal_or_major_ever, facts.minor_accidents, facts.condition_persists)
    return (*accidents, facts.major_hazard_source, kinds, facts.persons, evaluated)
