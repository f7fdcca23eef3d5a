"""How the obligations of ad-hoc tasks stand (附件4.8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef

from anwang.domain.duties.span import task_key

from ..models import Fulfilment, Obligation


class TaskRow(NamedTuple):
    """The obligation of a task at one enterprise, and who has it now."""

    id: int
    enterprise: int
    person: int
    post: int
    due: date
    done_on: date | None
    late: bool
    waived: bool

    @property
    def open(self) -> bool:
        return self.done_on is None and not self.waived


def task_rows(number: int, *, enterprises: Iterable[int] | None = None, open_only: bool = False) -> list[TaskRow]:
    """The obligations of a task, at all its enterprises or at some, in the order of enterprises."""
    rows = Obligation.objects.filter(period=task_key(number))
    if enterprises is not None:
        rows = rows.filter(enterprise_id__in=list(enterprises))
    if open_only:
        rows = rows.filter(done_at__isnull=True, waived_at__isnull=True)
    columns = ("id", "enterprise_id", "person_id", "post_id", "due", "done_on", "late", "waived_at")
    found = rows.order_by("enterprise_id").values_list(*columns)
    return [TaskRow._make((*row[:-1], row[-1] is not None)) for row in found]


class TaskRecord(NamedTuple):
    """The record by which a task was done at an enterprise; `alone`: it records nothing else."""

    enterprise: int
    contact: int
    alone: bool


def task_records(number: int, enterprises: Iterable[int]) -> list[TaskRecord]:
    """The records that count for a task at some enterprises; one query."""
    others = Fulfilment.objects.filter(contact=OuterRef("contact"), void_at__isnull=True).exclude(pk=OuterRef("pk"))
    rows = Fulfilment.objects.filter(
        obligation__period=task_key(number), obligation__enterprise__in=list(enterprises), counts=True,
        void_at__isnull=True,
    ).annotate(more=Exists(others)).order_by("obligation__enterprise_id")  # fmt: skip
    found = rows.values_list("obligation__enterprise_id", "contact_id", "more")
    return [TaskRecord(enterprise, contact, not more) for enterprise, contact, more in found]


def times_voided(obligations: Iterable[int]) -> dict[int, int]:
    """How often a record of each obligation was withdrawn; those never are left out. One query."""
    rows = Fulfilment.objects.filter(obligation__in=list(obligations), void_at__isnull=False).order_by()
    return dict(rows.values("obligation").annotate(n=Count("id")).values_list("obligation", "n"))
