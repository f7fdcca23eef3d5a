"""What is still owed, as plain rows: for acts on many obligations at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..models import Obligation


class Owed(NamedTuple):
    """An obligation that is neither done nor waived."""

    id: int
    enterprise: int
    rule: str
    period: str
    county: int
    township: int
    person: int
    post: int
    start: date
    due: date


def owed(*, start_until: date, due_from: date) -> Iterator[Owed]:
    """What is owed, begun by one day and not due before another, in the order of enterprises."""
    rows = Obligation.objects.filter(
        done_at__isnull=True, waived_at__isnull=True, start__lte=start_until, due__gte=due_from
    )
    columns = ("id", "enterprise_id", "rule", "period", "county", "township", "person_id", "post_id", "start", "due")
    return map(Owed._make, rows.order_by("enterprise_id", "id").values_list(*columns).iterator(chunk_size=10000))
