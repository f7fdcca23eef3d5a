"""The enterprise's own visits: those that were and those announced, each past one with what the enterprise said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from anwang.domain.base import Actor
from anwang.domain.discipline.ratings import may_rate
from anwang.features.duties import queries as duties
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from ..models import Rating


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as the enterprise sees it: the record, what it was for, the rating given, whether it may be given now."""

    contact: Any
    duties: tuple[str, ...]
    rating: Rating | None
    open: bool


def own_firm(by: Actor) -> Any | None:
    """The enterprise of a principal's post."""
    return next((found for key in by.territory.enterprises if (found := enterprises.find(key, by=by))), None)


def past(by: Actor) -> QuerySet[Any]:
    """The visits of the enterprise, the newest first."""
    return duties.site_contacts(by=by)


def visit(contact_id: int, *, by: Actor) -> Any | None:
    """One visit to the enterprise."""
    return past(by).filter(id=contact_id).first()


def rating_of(contact_id: int) -> Rating | None:
    return Rating.objects.filter(contact_id=contact_id).first()


def shown(rows: Iterable[Any], *, now: Any, day: date) -> list[Visit]:
    """Visits with their duties and ratings; one query."""
    contacts = list(rows)
    known = {row.contact_id: row for row in Rating.objects.filter(contact_id__in=[row.id for row in contacts])}
    terms = policies.current().visits(day)
    found = []
    for row, ticked in duties.with_rules(contacts):
        rating = known.get(row.id)
        decision = may_rate(
            row.occurred_on, rating.rated_at if rating else None, now, day, within_days=terms.rate_within_days,
            change_days=terms.rating_days,
        )  # fmt: skip
        found.append(Visit(row, tuple(name for name, _ in ticked) or (gettext("督导服务"),), rating, bool(decision)))
    return found
