"""The duties of one enterprise around a day: what its file shows and its safety light looks at (N9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..models import Obligation
from .rows import DutyRow, _with_names, shown


@dataclass(frozen=True, slots=True)
class FirmDuties:
    """Counts of what fell due in the days looked at, and what is open now, the nearest last day first.

    `overdue` can still be done, `missed` no more; `last_due` is the latest last day that is past.
    """

    due: int
    overdue: int
    missed: int
    last_due: date | None
    open: list[DutyRow]


def firm_duties(enterprise_id: int, *, since: date, day: date, limit: int = 8) -> FirmDuties:
    """Duties of an enterprise whose last day is `since` or later and that have begun; two queries."""
    rows = _with_names(Obligation.objects.filter(enterprise_id=enterprise_id, due__gte=since, start__lte=day))
    found = list(rows.filter(waived_at__isnull=True).order_by("due", "rule"))
    past = [row for row in found if row.due < day]
    late = [row for row in past if row.done_at is None]
    missed = [row for row in late if row.miss <= day]
    waiting = [row for row in found if row.done_at is None]
    can_be_done = [row for row in waiting if row.miss > day]
    last = max((row.due for row in past), default=None)
    return FirmDuties(len(past), len(late) - len(missed), len(missed), last, shown(can_be_done[:limit], day))
