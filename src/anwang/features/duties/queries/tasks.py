"""How the obligations of ad-hoc tasks stand (附件4.8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from anwang.domain.duties.span import task_key

from ..models import Obligation


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


def task_rows(number: int, *, enterprises: Iterable[int] | None = None) -> list[TaskRow]:
    """The obligations of a task, at all its enterprises or at some, in the order of enterprises."""
    rows = Obligation.objects.filter(period=task_key(number))
    if enterprises is not None:
        rows = rows.filter(enterprise_id__in=list(enterprises))
    columns = ("id", "enterprise_id", "person_id", "post_id", "due", "done_on", "late", "waived_at")
    found = rows.order_by("enterprise_id").values_list(*columns)
    return [TaskRow._make((*row[:-1], row[-1] is not None)) for row in found]
