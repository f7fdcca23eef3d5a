"""Adopted plans, and whose plans an actor may look at."""

from __future__ import annotations

from datetime import date

from anwang.domain.grid.codes import unit_range
from anwang.features.assignments import queries as assignments

from ..models import Adoption


def adoption(adoption_id: int) -> Adoption | None:
    """One adopted plan."""
    return Adoption.objects.filter(id=adoption_id).select_related("person").first()


def last_adoption(person: int) -> Adoption | None:
    """The plan that a person adopted last and did not take back."""
    return Adoption.objects.filter(person_id=person, undone_at__isnull=True).order_by("-adopted_at").first()


def plans_of(unit: int, *, on: date) -> list[int]:
    """The people who lead an enterprise of a unit on a day: whose plans make the unit's."""
    low, high = unit_range(unit)
    rows = assignments.leads_on(on)
    if (high - low) < 10**10:
        rows = rows.filter(enterprise__place__gte=low, enterprise__place__lt=high)
    return sorted(set(rows.values_list("person_id", flat=True)))
