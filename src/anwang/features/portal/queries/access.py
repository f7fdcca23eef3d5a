"""Which enterprises have a sign-in: a state, never how it is used (red line 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from ..models import Invitation

STATES = ("all", "signed", "invited", "none")


@dataclass(frozen=True, slots=True)
class Access:
    """What the list is narrowed by."""

    state: str = "all"
    text: str = ""
    unit: int | None = None


def _marked(by: Actor, asked: Access, now: datetime) -> QuerySet[Any]:
    filters = enterprises.Filters(text=asked.text, unit=asked.unit)
    mine = grid.posts(on=local_day(now)).filter(
        kind="principal", enterprise_id=OuterRef("pk"), person__user__isnull=False
    )
    sent = Invitation.objects.filter(enterprise_id=OuterRef("pk"), state="open", expires_at__gt=now)
    return enterprises.listing(by, filters).annotate(has_sign_in=Exists(mine), is_invited=Exists(sent))


def access_lines(by: Actor, asked: Access, now: datetime) -> QuerySet[Any]:
    """Enterprises of the territory that are not closed, with `has_sign_in` and `is_invited`, narrowed to a state."""
    rows = _marked(by, asked, now)
    if asked.state == "signed":
        return rows.filter(has_sign_in=True)
    if asked.state == "invited":  # few: the database begins with them
        sent = Invitation.objects.filter(state="open", expires_at__gt=now).values("enterprise_id")
        return rows.filter(id__in=sent, has_sign_in=False)
    return rows.filter(has_sign_in=False, is_invited=False) if asked.state == "none" else rows


def access_counts(by: Actor, asked: Access, now: datetime) -> dict[str, int]:
    """How many enterprises have a sign-in, an open invitation, neither. One query."""
    rows = _marked(by, asked, now).order_by()
    signed, invited = Q(has_sign_in=True), Q(has_sign_in=False, is_invited=True)
    none = Q(has_sign_in=False, is_invited=False)
    return rows.aggregate(
        all=Count("id"), signed=Count("id", filter=signed), invited=Count("id", filter=invited),
        none=Count("id", filter=none),
    )  # fmt: skip
