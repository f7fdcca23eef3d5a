"""How many reports wait where: for the command line and the status of an enterprise; numbers, nothing else."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from anwang.domain.base import Actor
from anwang.domain.reports.cases import WAITING, State
from anwang.features.grid import queries as grid

from ..models import Report, ReportWord
from .visible import handled_by


def standing(*, day: date) -> list[dict[str, Any]]:
    """By desk: {unit, waiting, overdue, untold}; three queries."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: {"waiting": 0, "overdue": 0, "untold": 0})
    late = Count("id", filter=Q(due__lt=day))
    rows = Report.objects.filter(state__in=WAITING).values("handler_unit").annotate(waiting=Count("id"), overdue=late)
    for row in rows:
        found[row["handler_unit"]].update(waiting=row["waiting"], overdue=row["overdue"])
    untold = ReportWord.objects.filter(report=OuterRef("pk"), told_on__isnull=True)
    for unit, count in Report.objects.filter(Exists(untold)).values_list("clerk_unit").annotate(count=Count("id")):
        found[unit]["untold"] = count
    named = grid.names(found)
    return [{"unit": named.get(unit, str(unit)), "code": unit, **counts} for unit, counts in sorted(found.items())]


def open_of(enterprise_id: int, *, by: Actor, day: date) -> QuerySet[Report]:
    """Reports about an enterprise that are not over, of those on the actor's own desk."""
    return handled_by(by, day=day).filter(enterprise_id=enterprise_id).exclude(state=State.CLOSED)


def open_beside(enterprise_id: int, *, by: Actor, day: date) -> dict[str, Subquery]:
    """{reports_open, reports_on}: how many of `open_of` and the latest's day, to be read beside something else."""
    rows = open_of(enterprise_id, by=by, day=day).order_by().values("enterprise_id")
    return {
        "reports_open": Subquery(rows.annotate(n=Count("id")).values("n")),
        "reports_on": Subquery(rows.annotate(last=Max("received_on")).values("last")),
    }
