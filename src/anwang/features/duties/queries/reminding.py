"""What people may have to be reminded of: open obligations near their last day or past it, person after person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, Max, OuterRef, Q

from anwang.domain.calendar import local_day

from ..models import Obligation, Transfer

_COLUMNS = (
    "id", "person_id", "enterprise_id", "enterprise__name", "enterprise__grade", "rule", "period", "start", "due",
    "opened_at",
)  # fmt: skip


class Remindable(NamedTuple):
    """An open obligation. `known_at`: when it came to this person, opened or handed over."""

    id: int
    person: int
    enterprise: int
    name: str
    grade: str
    rule: str
    period: str
    start: date
    due: date
    known_at: datetime


def remindable(
    *, day: date, due_until: date, since: datetime | None = None, people: Sequence[int] | None = None
) -> Iterator[Remindable]:
    """Open obligations begun by `day` and due by `due_until`, ordered by person and last day; read in portions.

    With `since` those are left out that were overdue and known before: nothing new can be said of them.
    """
    rows = Obligation.objects.filter(
        done_at__isnull=True, waived_at__isnull=True, start__lte=day, due__lte=due_until
    )  # fmt: skip
    moved: dict[int, datetime] = {}
    if people is not None:
        rows = rows.filter(person_id__in=people)
    if since is not None:
        changed = Transfer.objects.filter(at__gt=since)
        moved = dict(changed.values_list("obligation_id").annotate(at=Max("at")))
        late = Exists(changed.filter(obligation=OuterRef("pk"))) if moved else Q(pk=None)
        rows = rows.filter(Q(due__gte=local_day(since) - timedelta(days=1)) | Q(opened_at__gt=since) | late)
    found = rows.order_by("person_id", "due", "enterprise_id", "rule").values_list(*_COLUMNS)
    for row in found.iterator(chunk_size=5000):
        found_row = Remindable._make(row)
        known = moved.get(found_row.id)
        yield found_row._replace(known_at=max(found_row.known_at, known)) if known else found_row


def due_between(*, person: int, first: date, last: date) -> list[Remindable]:
    """A person's open obligations by last day, both included: for a calendar. One query."""
    rows = Obligation.objects.filter(
        done_at__isnull=True, waived_at__isnull=True, person_id=person, due__gte=first, due__lte=last
    )
    found = rows.order_by("due", "rule", "enterprise_id").values_list(*_COLUMNS)
    return [Remindable._make(row) for row in found]
