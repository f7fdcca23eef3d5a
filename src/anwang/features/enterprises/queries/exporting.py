"""The roster as rows of the sheet that an import reads back: an export imported again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from anwang.domain.base import Grade
from anwang.domain.grid.coordinates import System
from anwang.domain.risk import RiskFacts
from anwang.domain.roster.enterprises import ENTERPRISES, Managing
from anwang.domain.roster.enterprises import Status as SheetStatus

from ..models import Enterprise, PlaceMethod
from .industries import DOUBTFUL
from .listing import Line, lines
from .risk import points_now

AT_ONCE = 500
NAMES = tuple(ENTERPRISES.by_name)


def export_rows(rows: QuerySet[Enterprise]) -> Iterator[dict[str, Any]]:
    """Values by field of the sheet, in the order of the rows; read in slices.

    What is only guessed (place, industry) stays blank: a sheet that states it would settle it unseen.
    """
    source = rows.iterator(chunk_size=AT_ONCE)
    while some := list(islice(source, AT_ONCE)):
        points = points_now([row.id for row in some])
        for line in lines(some):
            mine = next((facts for point, facts in points.get(line.row.id, []) if point.from_roster), None)
            yield {**_values(line), **_risk(mine)}


def _values(line: Line) -> dict[str, Any]:
    row = line.row
    known = row.place_method != PlaceMethod.NONE and not row.place_guessed
    return {
        "name": row.name,
        "credit_code": row.credit_code or row.provisional_code or None,
        "county": line.county if known else None,
        "township": line.township if known else None,
        "village": line.village if known else None,
        "unit_code": str(row.place) if known else None,
        "address": row.address,
        "longitude": row.longitude,
        "latitude": row.latitude,
        "coordinates": System.WGS84.value if row.coordinates else None,
        "gbt_code": row.gbt_code or row.gbt_name,
        "industry": line.industry if row.industry_by not in DOUBTFUL else None,
        "headcount": row.headcount,
        "principal": row.principal,
        "principal_phone": row.principal_phone,
        "safety_officer": row.safety_officer,
        "safety_phone": row.safety_phone,
        "major_hazard": row.major_hazard,
        "grade": Grade(row.grade),
        "managing": Managing(row.managing),
        "status": SheetStatus(row.status),
        "opened": row.opened_on,
        "closed": row.closed_on,
        "remarks": row.remarks,
    }


def _risk(facts: RiskFacts | None) -> dict[str, Any]:
    """The facts of the roster's own point; nothing when there is none."""
    if facts is None:
        return {}
    return {
        "severe_accidents": int(facts.fatal_or_major_ever),
        "minor_accidents": facts.minor_accidents,
        "condition_persists": facts.condition_persists,
        "hazard_kinds": tuple(sorted(kind.value for kind in facts.hazard_kinds)) or None,
        "persons": facts.persons,
        "evaluated": facts.evaluated_level,
    }
