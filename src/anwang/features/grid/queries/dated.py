"""Who led and sponsored a place on a day, as known then or now (三.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, IntegerField, Value

from ..models import GridUnit, Leadership, Post, Sponsorship


@dataclass(frozen=True, slots=True)
class LineFact:
    """`what` is leader, sponsor or unit; a unit's `name` is its own. `end_known` is not recorded for the grid."""

    what: str
    unit: int
    start: date
    end: date | None
    known: datetime
    name: str
    kind: str
    title: str
    rank: int

    @property
    def label(self) -> str:
        """What the post is called."""
        return title_of(self.kind, self.title) if self.kind else ""


def title_of(kind: str, title: str) -> str:
    """What a post of a kind with a title is called."""
    return Post(kind=kind, title=title).label


def line_facts(codes: Iterable[int]) -> list[LineFact]:
    """Leaders, sponsors and names of units at all times, in one query."""
    wanted = list(set(codes))
    leaders = _held(Leadership, "leader", wanted, F("rank"))
    sponsors = _held(Sponsorship, "sponsor", wanted, Value(1, IntegerField()))
    empty = Value("", CharField())
    names = GridUnit.objects.filter(code__in=wanted).annotate(
        what=Value("unit", CharField()), held=F("code"), who=F("name"), sort=empty, called=empty,
        place=Value(0, IntegerField()),
    )  # fmt: skip
    rows = leaders.union(sponsors, names.values_list(*_COLUMNS), all=True)
    return [LineFact(*row) for row in rows if row[2] != row[3]]


_COLUMNS = ("what", "held", "valid_from", "valid_to", "recorded_at", "who", "sort", "called", "place")


def _held(model: Any, what: str, codes: list[int], rank: Any) -> Any:
    rows = model.objects.filter(unit__in=codes).annotate(
        what=Value(what, CharField()), held=F("unit"), who=F("post__person__name"), sort=F("post__kind"),
        called=F("post__title"), place=rank,
    )  # fmt: skip
    return rows.values_list(*_COLUMNS)
