"""Reading posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from anwang.domain.base import Actor, Right

from ..models import Post, PostKind
from .territory import on_day, standing_posts, within


def posts(*, on: date) -> QuerySet[Post]:
    """All posts held on a day."""
    return Post.objects.filter(on_day(on)).select_related("person")


def posts_for(actor: Actor, *, on: date) -> QuerySet[Post]:
    """Posts inside the actor's territory."""
    return within(posts(on=on), actor, place="unit", enterprise="enterprise_id")


def firm_people(enterprises: Iterable[int], right: Right, *, on: date) -> dict[int, list[int]]:
    """Whom to tell in enterprises: their principals, and the staff that was given the right; by enterprise. One query
    for 800 enterprises."""
    found: dict[int, list[int]] = {}
    wanted = sorted(set(enterprises))
    for start in range(0, len(wanted), 800):
        for post in standing_posts(on).filter(enterprise_id__in=wanted[start : start + 800]).order_by("id"):
            if post.kind == PostKind.PRINCIPAL or right in post.rights:
                found.setdefault(post.enterprise_id or 0, []).append(post.person_id)
    return found


def post_titles(ids: Iterable[int]) -> dict[int, str]:
    """What posts are called, by key."""
    return {post.id: post.label for post in Post.objects.filter(id__in=set(ids))}


def units_of_people(people: Iterable[int], *, on: date) -> dict[int, int]:
    """The unit in which each of the people serves on a day, the last named post of theirs."""
    found: dict[int, int] = {}
    wanted = list(people)
    for start in range(0, len(wanted), 800):
        rows = Post.objects.filter(on_day(on), person_id__in=wanted[start : start + 800]).order_by("id")
        found |= dict(rows.values_list("person_id", "unit"))
    return found
