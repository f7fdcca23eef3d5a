"""Reading posts."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from anwang.domain.base import Actor

from ..models import Post
from .territory import on_day, within


def posts(*, on: date) -> QuerySet[Post]:
    """All posts held on a day."""
    return Post.objects.filter(on_day(on)).select_related("person")


def posts_for(actor: Actor, *, on: date) -> QuerySet[Post]:
    """Posts inside the actor's territory."""
    return within(posts(on=on), actor, place="unit", enterprise="enterprise_id")
