"""Attachments 1, 2, 4 and 6 of the notice as they stand on a day: people from the grid, words from the policy (N18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from anwang.domain.base import Level
from anwang.domain.documents.attachments import (
    GradeRule,
    Post,
    Share,
    division_of_work,
    eight_rules,
    grading_standard,
    leading_group,
)
from anwang.domain.documents.tree import Document
from anwang.domain.policy import DocumentText
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid


def _group(text: DocumentText, unit: int, on: date) -> Document:
    """The leading group as it is now: leaders of the city by rank, under the roles that the policy names."""
    found = grid.leaders([unit], on=on).get(unit, [])
    posts = []
    for rank, seat in enumerate(text.seats, 1):
        people = tuple(each.post.person.name for each in found if each.rank == rank)
        if people:
            posts.append(Post(f"{seat.role}（{seat.rank}）", people))
    return leading_group(text.title, posts, office="".join(text.closing), mark=text.attachment)


def _division(text: DocumentText, unit: int, on: date) -> Document:
    """The city's own posts: the counties they answer for (市包县区) and the enterprises they lead."""
    sponsored = _sponsored(on)
    leads: dict[Any, list[int]] = {post: [] for post in sponsored}
    led = assignments.leads_on(on).filter(level=Level.CITY).select_related("post__person")
    for row in led.order_by("enterprise_id"):
        leads.setdefault(row.post, []).append(row.enterprise_id)
    names = {key: card.name for key, card in enterprises.cards({key for of in leads.values() for key in of}).items()}
    group = [each.post for each in grid.leaders([unit], on=on).get(unit, [])]
    leader = group[0].person.name if group else ""
    shares = [
        Share(
            leader, post.organisation, post.person.name, post.label, "、".join(sponsored.get(post, [])),
            tuple(names[key] for key in leads[post]),
        )
        for post in sorted(leads, key=lambda post: _order(post, group))
    ]  # fmt: skip
    return division_of_work(text.title, shares, mark=text.attachment)


def _order(post: Any, group: list[Any]) -> tuple[int, str, str, int]:
    """The leading group first, by rank as in Attachment 1; then by department and name."""
    place = group.index(post) if post in group else len(group)
    return place, post.organisation, post.person.name, post.id


def _sponsored(on: date) -> dict[Any, list[str]]:
    """Names of the counties that each post of the city answers for."""
    counties = dict(grid.units(on=on).filter(level=Level.COUNTY).order_by("code").values_list("code", "name"))
    sponsors = grid.sponsors(counties, on=on)
    found: dict[Any, list[str]] = {}
    for code, name in counties.items():
        for row in sponsors.get(code, []):
            if row.post.level == Level.CITY:
                found.setdefault(row.post, []).append(name)
    return found


def _rules(text: DocumentText, unit: int, on: date) -> Document:
    return eight_rules(text.title, text.items, mark=text.attachment)


def _grading(text: DocumentText, unit: int, on: date) -> Document:
    """Sentences with their conditions: a condition begins with （."""
    rules: list[GradeRule] = []
    for item in text.items:
        if item.startswith("（") and rules:
            rules[-1] = GradeRule(rules[-1].text, (*rules[-1].conditions, item))
        else:
            rules.append(GradeRule(item))
    return grading_standard(text.title, "".join(text.opening), rules, mark=text.attachment)


ATTACHMENTS: dict[str, Callable[[DocumentText, int, date], Document]] = {
    "attachment1": _group, "attachment2": _division, "attachment4": _rules, "attachment6": _grading,
}  # fmt: skip
