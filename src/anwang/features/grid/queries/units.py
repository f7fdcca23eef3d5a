"""Reading the units of the grid, their leaders and sponsors (三.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor, Level
from anwang.domain.grid.codes import ancestors

from ..models import GridUnit, Leadership, Sponsorship
from .territory import on_day


def units(*, on: date) -> QuerySet[GridUnit]:
    """All units of a day, in the order of their codes."""
    return GridUnit.objects.filter(on_day(on)).order_by("code")


def unit(code: int, *, on: date) -> GridUnit | None:
    """One unit on a day."""
    return GridUnit.objects.filter(on_day(on), code=code).first()


def children(code: int, *, on: date) -> QuerySet[GridUnit]:
    """The units directly below."""
    return units(on=on).filter(parent=code)


def with_children(code: int, *, on: date) -> tuple[GridUnit | None, list[GridUnit]]:
    """One unit and those directly below it; one query."""
    found = list(units(on=on).filter(Q(code=code) | Q(parent=code)))
    return next((row for row in found if row.code == code), None), [row for row in found if row.code != code]


def names(codes: Iterable[int], *, on: date | None = None) -> dict[int, str]:
    """Names by code: those of the day, or the latest known."""
    rows = GridUnit.objects.filter(code__in=set(codes)).order_by("valid_from")
    rows = rows.filter(on_day(on)) if on else rows
    return {row.code: row.name for row in rows}


def path_names(code: int, *, on: date | None = None) -> dict[str, str]:
    """{level: name} from the county down to the unit itself."""
    chain = [c for c in (code, *ancestors(code)) if c]
    found = {row.code: row for row in GridUnit.objects.filter(code__in=chain).order_by("valid_from")}
    return {row.level: row.name for row in found.values()}


def leaders(codes: Iterable[int], *, on: date) -> dict[int, list[Leadership]]:
    """网格长 of units by code, first rank first."""
    result: dict[int, list[Leadership]] = {}
    rows = (
        Leadership.objects.filter(on_day(on), unit__in=set(codes)).select_related("post__person").order_by("rank", "id")
    )
    for row in rows:
        result.setdefault(row.unit, []).append(row)
    return result


def sponsors(codes: Iterable[int], *, on: date) -> dict[int, list[Sponsorship]]:
    """Sponsors of units by code (市包县区、县区包乡镇、乡镇包村居)."""
    result: dict[int, list[Sponsorship]] = {}
    rows = Sponsorship.objects.filter(on_day(on), unit__in=set(codes)).select_related("post__person").order_by("id")
    for row in rows:
        result.setdefault(row.unit, []).append(row)
    return result


def sponsored(*, on: date) -> dict[int, list[int]]:
    """The units that each post sponsors, by post (市包县区、县区包乡镇、乡镇包村居)."""
    found: dict[int, list[int]] = {}
    for post, unit in Sponsorship.objects.filter(on_day(on)).order_by("unit").values_list("post_id", "unit"):
        found.setdefault(post, []).append(unit)
    return found


def root_unit(*, on: date) -> GridUnit | None:
    """The city."""
    return units(on=on).filter(level=Level.CITY).first()


def path_within(actor: Actor, code: int) -> list[tuple[int, str]]:
    """(code, name) from the highest unit that the actor may open down to this one."""
    codes = [each for each in (*reversed(ancestors(code)), code) if actor.territory.covers(each)]
    called = names(codes)
    return [(each, called[each]) for each in codes if each in called]
