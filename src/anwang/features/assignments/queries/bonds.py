"""Who was bound to an enterprise, or a person to enterprises, with letters, sheets and their two times (二.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from anwang.features.grid import queries as grid

from ..models import Assignment


@dataclass(frozen=True, slots=True)
class PaperTrace:
    """A letter or a sheet: made, signed or hung (`on` the day on the paper, `done` when that was recorded), void."""

    id: int
    made: datetime
    on: date | None
    done: datetime | None
    how: str
    void: datetime | None


@dataclass(slots=True)
class Bond:
    """One assignment. `end_known`: when its end was recorded; `unit` is the code of the unit served."""

    id: int
    enterprise: int
    enterprise_name: str
    person: int
    name: str
    title: str
    part: str
    start: date
    end: date | None
    known: datetime
    end_known: datetime | None
    reason: str
    letters: dict[int, PaperTrace] = field(default_factory=dict)
    sheets: dict[int, PaperTrace] = field(default_factory=dict)


_LETTER = ("id", "created_at", "signed_on", "signed_at", "method", "void_at")
_SHEET = ("id", "created_at", "posted_on", "confirmed_at", "place", "void_at")
_COLUMNS = (
    *("id", "enterprise_id", "enterprise__name", "person_id", "person__name", "post_id", "part", "valid_from"),
    *("valid_to", "recorded_at", "ended_at", "end_reason"),
)


def bonds(*, enterprise: int | None = None, person: int | None = None) -> list[Bond]:
    """Every assignment of an enterprise or of a person that was ever in force, the latest first; one query."""
    rows = Assignment.objects.filter(enterprise_id=enterprise) if enterprise else Assignment.objects.all()
    rows = rows.filter(person_id=person) if person else rows
    columns = (*_COLUMNS, *(f"commitments__{c}" for c in _LETTER), *(f"postings__{c}" for c in _SHEET), *_POST)
    found: dict[int, Bond] = {}
    for row in rows.order_by("-valid_from", "-id").values_list(*columns):
        bond = found.get(row[0]) or found.setdefault(row[0], _bond(row))
        for traces, cells in ((bond.letters, row[12:18]), (bond.sheets, row[18:24])):
            if cells[0] is not None:
                traces[cells[0]] = PaperTrace(*cells)
    return [bond for bond in found.values() if bond.start != bond.end]


_POST = ("post__kind", "post__title", "post__organisation")


def _bond(row: Any) -> Bond:
    key, firm, firm_name, person, name, _post, part, start, end, known, end_known, reason = row[:12]
    return Bond(key, firm, firm_name, person, name, _title(row), part, start, end, known, end_known, reason)


def _title(row: tuple[Any, ...]) -> str:
    kind, title, organisation = row[24:27]
    return f"{organisation} {grid.title_of(kind, title)}".strip()
