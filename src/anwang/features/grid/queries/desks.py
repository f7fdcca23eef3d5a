"""Who is complained of in which posts, and who sits at the desks above: for all that must pass over those concerned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Subquery

from anwang.domain.base import Actor, Level, Role
from anwang.domain.discipline.complaints import Member, Subject
from anwang.domain.grid.codes import level_of, units_above

from ..models import Leadership
from .posts import posts
from .territory import on_day
from .units import leaders


def subjects_of(people: Iterable[int], *, on: date) -> list[Subject]:
    """Each in every post held on the day; two queries. A person without a post gives none."""
    held = posts(on=on).filter(person_id__in=set(people)).filter(enterprise_id=None)
    placed = [post for post in held if level_of(post.unit)]
    leads = _ranks({post.unit for post in placed}, on)
    return [
        Subject(post.person_id, Level(post.level).rank, post.unit, units_above(post.unit), leads.get(post.id))
        for post in placed
    ]


def seats_at(units: Iterable[int], *, on: date) -> list[tuple[Member, bool]]:
    """Leaders and members of the office of units on a day, the latter marked; two queries."""
    wanted = set(units)
    leads = _ranks(wanted, on)
    return [
        (Member(post.person_id, post.unit, leads.get(post.id)), post.is_office)
        for post in posts(on=on).filter(unit__in=wanted, enterprise_id=None)
        if post.is_office or post.id in leads
    ]


def rank_of(actor: Actor, *, on: date) -> Subquery | None:
    """The actor's rank among the leaders of its unit, to compare with in another query; None for whoever leads
    nothing."""
    if not actor.has(Role.LEADER):
        return None
    rows = Leadership.objects.filter(on_day(on), unit=actor.unit or 0, post_id=actor.post_id or 0)
    return Subquery(rows.order_by("rank", "id").values("rank")[:1])


def _ranks(units: Iterable[int], on: date) -> dict[int, int]:
    """Rank as leader by post."""
    return {row.post_id: row.rank for rows in leaders(units, on=on).values() for row in rows}
