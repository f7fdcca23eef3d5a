"""The enterprise's papers: letters and notice sheets of those who are or were bound to it (三.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anwang.features.assignments.queries import papers


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter or a sheet with the bond that it belongs to."""

    bond: Any
    row: Any
    kind: str


def own_papers(enterprise_id: int) -> list[Paper]:
    """In force, those of the present supervisors first. Three queries."""
    bonds = papers.history_of(enterprise_id)
    found = [Paper(bond, row, "letter") for bond in bonds for row in bond.commitments.all() if row.void_at is None]
    found += [Paper(bond, row, "sheet") for bond in bonds for row in bond.postings.all() if row.void_at is None]
    return sorted(found, key=lambda each: (each.bond.valid_to is not None, each.kind == "letter", -each.row.id))
