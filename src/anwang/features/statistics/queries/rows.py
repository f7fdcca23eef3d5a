"""The rows behind every number of the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor
from anwang.domain.calendar import PeriodKind
from anwang.features.duties.queries import ranges as duties
from anwang.features.grid import queries as grid

from .spans import Span

#: What a number of the table counts, as a condition on rows; the same words as the columns.
STATES = {
    "expected": lambda today: Q(waived_at__isnull=True),
    "done": lambda today: Q(done_at__isnull=False),
    "in_time": lambda today: Q(done_at__isnull=False, late=False),
    "late": lambda today: Q(done_at__isnull=False, late=True),
    "waived": lambda today: Q(waived_at__isnull=False),
    "due": lambda today: Q(waived_at__isnull=True, due__lt=today),
    "due_done": lambda today: Q(done_at__isnull=False, due__lt=today),
    "overdue": lambda today: Q(done_at__isnull=True, waived_at__isnull=True, due__lt=today),
    "ahead": lambda today: Q(done_at__isnull=True, waived_at__isnull=True, due__gte=today),
}


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows: a unit, a span, a rule or '', a person or None with the level of the post or '', a state."""

    unit: int
    span: Span
    state: str = "expected"
    rule: str = ""
    person: int | None = None
    exact: bool = False
    level: str = ""


def obligation_rows(actor: Actor, choice: RowFilter, *, today: date) -> QuerySet:
    """Obligations inside the actor's territory, the oldest deadline first."""
    rows = duties.obligations_under(choice.unit, choice.span.first, choice.span.last, choice.rule, exact=choice.exact)
    if choice.span.period.kind is PeriodKind.HALF_MONTH:
        rows = rows.filter(period=choice.span.period.key)
    rows = grid.within_facts(rows, actor).filter(STATES[choice.state](today))
    if choice.person:
        rows = rows.filter(person_id=choice.person)
    if choice.level:
        rows = rows.filter(level=choice.level)
    return rows.select_related("enterprise", "person").order_by("due", "id")
