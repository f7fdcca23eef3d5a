"""What coverage is made of: enterprises without a lead, officials without an enterprise (一 全员全企覆盖)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from anwang.domain.base import Actor
from anwang.domain.grid.codes import unit_range
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.grid.queries import on_day, within

from ..models import Assignment, Part
from .scope import KINDS


def covered_enterprises(actor: Actor, *, on: date, unit: int | None = None) -> QuerySet[Any]:
    """Operating enterprises of the territory that should have a lead, each with `led`."""
    lead = Assignment.objects.filter(on_day(on), part=Part.LEAD, enterprise_id=OuterRef("id"))
    rows = within(enterprises.in_scope(), actor).annotate(led=Exists(lead))
    if unit is None:
        return rows
    low, high = unit_range(unit)
    return rows.filter(place__gte=low, place__lt=high)


def bare_enterprises(actor: Actor, *, on: date, unit: int | None = None) -> QuerySet[Any]:
    """Those that nobody leads."""
    return covered_enterprises(actor, on=on, unit=unit).filter(led=False)


def supervising_posts(actor: Actor, *, on: date, unit: int | None = None) -> QuerySet[Any]:
    """Posts of the territory whose holders should have an enterprise, each with `bound`: they lead or join one."""
    own = Assignment.objects.filter(on_day(on), person_id=OuterRef("person_id"))
    rows = grid.posts_for(actor, on=on).filter(kind__in=KINDS, is_supervisor=True).annotate(bound=Exists(own))
    if unit is None:
        return rows
    low, high = unit_range(unit)
    return rows.filter(unit__gte=low, unit__lt=high)


def idle_posts(actor: Actor, *, on: date, unit: int | None = None) -> QuerySet[Any]:
    """Posts of people who are bound to nothing (每人不少于1家)."""
    return supervising_posts(actor, on=on, unit=unit).filter(bound=False)
