"""What people may have to be reminded of: tasks in hand near their last day or past it, person after person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from anwang.domain.calendar import local_day
from anwang.domain.tasks.states import IN_HAND

from ..models import Receipt


class TaskDue(NamedTuple):
    """A task in a person's hand. `arrived_at`: when it came to that person."""

    id: int
    person: int
    title: str
    due: date
    arrived_at: datetime


_COLUMNS = ("id", "person_id", "task__title", "due", "arrived_at")


def tasks_due(
    *, due_until: date, since: datetime | None = None, people: Sequence[int] | None = None
) -> Iterator[TaskDue]:
    """Tasks in hand due by `due_until`, ordered by person and last day; read in portions.

    With `since` those are left out that were overdue and known before.
    """
    rows = Receipt.objects.filter(state__in=IN_HAND, due__lte=due_until)
    if people is not None:
        rows = rows.filter(person_id__in=people)
    if since is not None:
        rows = rows.filter(Q(due__gte=local_day(since) - timedelta(days=1)) | Q(arrived_at__gt=since))
    found = rows.order_by("person_id", "due", "id").values_list(*_COLUMNS)
    return map(TaskDue._make, found.iterator(chunk_size=5000))


def tasks_between(*, person: int, first: date, last: date) -> list[TaskDue]:
    """A person's tasks in hand by last day, both included: for a calendar. One query."""
    rows = Receipt.objects.filter(state__in=IN_HAND, person_id=person, due__gte=first, due__lte=last)
    return [TaskDue._make(row) for row in rows.order_by("due", "id").values_list(*_COLUMNS)]
