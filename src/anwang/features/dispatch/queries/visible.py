"""What an actor may see: one's own receipts, what one handed down, and as leader or office those of the territory."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from anwang.domain.base import Actor, Role
from anwang.domain.tasks.life import Stage
from anwang.features.grid import queries as grid

from ..models import Extension, Receipt, Task, TaskFile

#: Leaders and offices act for their unit and see their territory.
LINE = frozenset({Role.LEADER, Role.OFFICE})

#: A receipt with the hops above it, down from the city.
WITH = ("task", "person", "post", "parent__person", "parent__parent__person", "parent__parent__parent__person")


def chain_of(receipt: Receipt) -> list[Receipt]:
    """A receipt and those above it, down from the one who has it up to the first."""
    found = [receipt]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return found


def receipts_for(actor: Actor) -> QuerySet[Receipt]:
    """Receipts that the actor may see, of tasks that were issued."""
    seen = Q(person_id=actor.person_id) | Q(from_person_id=actor.person_id) if actor.person_id else Q(pk=None)
    if actor.has(*LINE):
        for low, high in actor.territory.ranges:
            seen |= Q(unit__gte=low, unit__lt=high)
    return Receipt.objects.filter(seen)


def tasks_for(actor: Actor) -> QuerySet[Task]:
    """Issued tasks of which the actor may see something; drafts are their unit's alone."""
    mine = Exists(receipts_for(actor).filter(task=OuterRef("pk")))
    own = Q(person_id=actor.person_id) if actor.person_id else Q(pk=None)
    if actor.has(*LINE):
        own |= Q(unit=actor.unit or 0)
    issued = ~Q(state=Stage.DRAFT)
    return Task.objects.filter(own | (issued & (Q(mine) | _within(actor))))


def _within(actor: Actor) -> Q:
    """Arranged by a unit of the territory."""
    found = Q(pk=None)
    if actor.has(*LINE):
        for low, high in actor.territory.ranges:
            found |= Q(unit__gte=low, unit__lt=high)
    return found


def find_task(task_id: int, *, by: Actor) -> Task | None:
    """One task that the actor may see."""
    return tasks_for(by).filter(id=task_id).first()


def find_receipt(receipt_id: int, *, by: Actor) -> Receipt | None:
    """One receipt that the actor may see, with its task and person."""
    return receipts_for(by).filter(id=receipt_id).select_related(*WITH).first()


def find_file(file_id: int, *, by: Actor) -> TaskFile | None:
    """A file of a task or receipt that the actor may see. The task's own files go with any of its receipts."""
    row = TaskFile.objects.filter(id=file_id).first()
    if row is None:
        return None
    if row.receipt_id is not None:
        return row if find_receipt(row.receipt_id, by=by) else None
    return row if find_task(row.task_id, by=by) else None


def find_extension(extension_id: int, *, by: Actor) -> Extension | None:
    """A request for more time of a receipt that the actor may see."""
    row = Extension.objects.filter(id=extension_id).select_related("receipt__task", "receipt__parent").first()
    return row if row and find_receipt(row.receipt_id, by=by) else None


def unit_names(rows: list[Receipt]) -> dict[int, str]:
    """Names of the units of receipts, and of their senders; one query."""
    return grid.names({row.unit for row in rows} | {row.from_unit for row in rows})


def names_of(rows: QuerySet[Receipt], task: Task) -> dict[int, str]:
    """Names of the units of many receipts and of the task, asked in handfuls."""
    codes = [task.unit, *rows.order_by().values_list("unit", flat=True).distinct()]
    found: dict[int, str] = {}
    for start in range(0, len(codes), 800):
        found |= grid.names(codes[start : start + 800])
    return found
