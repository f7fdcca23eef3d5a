"""How tasks stand: counts of those who do the work, level by level who kept the time, the tree down to the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from anwang.domain.base import Actor, Level
from anwang.domain.calendar import local_day
from anwang.domain.tasks.bars import Bar, Leg, bars
from anwang.domain.tasks.budget import Hop
from anwang.domain.tasks.extension import Asked
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import GONE, IN_HAND, OPEN, State
from anwang.features.duties import queries as duties

from ..models import Extension, Receipt, Task, TaskEvent, TaskFile
from .visible import LINE, receipts_for

#: Those who do the work: nothing was handed down from their receipt.
DOERS = Q(handed_at=None) & ~Q(state__in=GONE)
#: What the list of a task's receipts is narrowed by.
STATES = {
    "all": Q(),
    "open": Q(state__in=OPEN),
    "overdue": Q(state__in=OPEN),
    "issued": Q(state=State.ISSUED),
    "returned": Q(state=State.RETURNED),
    "done": Q(state=State.DONE),
    "late": Q(state=State.DONE, late=True),
    "over": Q(kept_over__gt=0),
}


@dataclass(slots=True)
class Counts:
    """Receipts of those who do the work; `covered` were done by another, `over` are levels that kept too long,
    `to_accept` those of whom the issuer addressed that are done and not accepted."""

    total: int = 0
    done: int = 0
    late: int = 0
    covered: int = 0
    overdue: int = 0
    issued: int = 0
    returned: int = 0
    over: int = 0
    asked: int = 0
    to_accept: int = 0

    @property
    def share(self) -> float | None:
        """Done of all that somebody has to do."""
        whole = self.total - self.covered
        return self.done / whole if whole else None


def _counting(day: date) -> dict[str, Count]:
    return {
        "total": Count("id", filter=DOERS),
        "done": Count("id", filter=DOERS & Q(state=State.DONE)),
        "late": Count("id", filter=DOERS & Q(state=State.DONE, late=True)),
        "covered": Count("id", filter=DOERS & Q(state=State.COVERED)),
        "overdue": Count("id", filter=DOERS & Q(state__in=OPEN, due__lt=day)),
        "issued": Count("id", filter=DOERS & Q(state=State.ISSUED)),
        "returned": Count("id", filter=Q(state=State.RETURNED)),
        "over": Count("id", filter=Q(kept_over__gt=0)),
        "to_accept": Count("id", filter=Q(parent=None, state=State.DONE, accepted_at=None)),
    }


def counts_of(tasks: Iterable[int], day: date) -> dict[int, Counts]:
    """Counts of several tasks; two queries."""
    ids = list(tasks)
    names = _counting(day)
    rows: Any = Receipt.objects.filter(task_id__in=ids).order_by().values("task_id").annotate(**names)
    found = {row["task_id"]: Counts(**{name: row[name] for name in names}) for row in rows}
    asked = Extension.objects.filter(receipt__task_id__in=ids, state=Asked.WAITING).values("receipt__task_id")
    for row in asked.annotate(n=Count("id")).order_by():
        found[row["receipt__task_id"]].asked = row["n"]
    return {key: found.get(key, Counts()) for key in ids}


def standing(day: date, *, everything: bool = False) -> list[dict[str, Any]]:
    """Every issued task with its counts, for the operator; three queries."""
    wanted = [Stage.ISSUED] if not everything else [stage for stage in Stage if stage is not Stage.DRAFT]
    rows = list(Task.objects.filter(state__in=wanted).order_by("id"))
    counts = counts_of([task.id for task in rows], day)
    return [
        {"id": task.id, "title": task.title, "unit": task.unit_name, "due": task.due, "state": task.state,
         **asdict(counts[task.id])}
        for task in rows
    ]  # fmt: skip


def counts_for(task: Task, day: date, *, by: Actor) -> Counts:
    """Counts of one task inside what the actor may see; one query."""
    return Counts(**receipts_for(by).filter(task=task).aggregate(**_counting(day)))


def arranged_by(actor: Actor, stage: str) -> QuerySet[Task]:
    """Tasks that the actor arranged, or as leader or office the unit; the newest first."""
    mine = Q(person_id=actor.person_id) if actor.person_id else Q(pk=None)
    mine = mine | Q(unit=actor.unit or 0) if actor.has(*LINE) else mine
    rows = Task.objects.filter(mine)
    return (rows.filter(state=stage) if stage in set(Stage) else rows).order_by("-id")


def of_sheet(actor: Actor, sheet: UUID) -> QuerySet[Task]:
    """The actor's tasks that one uploaded sheet issued, as they stand in it."""
    return arranged_by(actor, "").filter(sheet=sheet).order_by("id")


def running_of_sheet(actor: Actor, sheet: UUID) -> QuerySet[Task]:
    return of_sheet(actor, sheet).filter(state=Stage.ISSUED)


def arranged_counts(actor: Actor) -> dict[str, int]:
    """How many there are in each stage; one query."""
    rows = arranged_by(actor, "").order_by()
    counts: dict[str, int] = rows.aggregate(**{stage.value: Count("id", filter=Q(state=stage)) for stage in Stage})
    return counts


def receipts_of(task: Task, *, by: Actor, state: str = "all", day: date | None = None) -> QuerySet[Receipt]:
    """Receipts of a task that the actor may see, in the order of units; narrowed to a state."""
    rows = receipts_for(by).filter(task=task).select_related("person")
    if state not in ("all", "over"):
        rows = rows.filter(handed_at=None)
    rows = rows.filter(STATES.get(state, Q()))
    if state == "overdue" and day:
        rows = rows.filter(due__lt=day)
    return rows.order_by("unit", "id")


def tops_of(task: Task, *, by: Actor) -> QuerySet[Receipt]:
    """The receipts at which the actor's part of the tree begins."""
    seen = receipts_for(by).filter(task=task)
    rows = seen.filter(Q(parent=None) | ~Q(parent__in=seen.values("id")))
    return _with_children(rows).select_related("person").order_by("unit", "id")


def children_of(receipt: Receipt) -> QuerySet[Receipt]:
    """What was handed down from a receipt."""
    return _with_children(receipt.children.all()).select_related("person").order_by("unit", "id")


def _with_children(rows: QuerySet[Receipt]) -> QuerySet[Receipt]:
    return rows.annotate(below=Count("children"), below_done=Count("children", filter=Q(children__state=State.DONE)))


@dataclass(frozen=True, slots=True)
class LevelUse:
    """How the receipts of one level used their time: how many, handed down, how many kept too long, the longest."""

    level: Level
    receipts: int
    handed: int
    over: int
    longest: int


def level_use(task: Task, *, by: Actor) -> list[LevelUse]:
    """Who used the time, level by level; one query."""
    rows = receipts_for(by).filter(task=task).exclude(state__in=GONE).order_by().values("level").annotate(
        receipts=Count("id"), handed=Count("id", filter=Q(handed_at__isnull=False)),
        over=Count("id", filter=Q(kept_over__gt=0)), longest=Max("kept_over"),
    )  # fmt: skip
    found = [LevelUse(Level(row["level"]), row["receipts"], row["handed"], row["over"], row["longest"]) for row in rows]
    return sorted(found, key=lambda each: each.level.rank)


@dataclass(slots=True)
class Path:
    """The hops down to one receipt as bars on one line of days; `root` is where the root deadline lies (‰)."""

    bars: list[Bar] = field(default_factory=list)
    root: int = 1000
    first: date = date.min
    last: date = date.min


def path_of(receipt: Receipt, units: dict[int, str], today: date) -> Path:
    """Who had the task for how long, from the issuer down to this receipt."""
    chain, row = [receipt], receipt
    while row.parent is not None:
        row = row.parent
        chain.insert(0, row)
    legs = [_leg(each, below, units) for each, below in zip(chain, [*chain[1:], None], strict=True)]
    found, root = bars(legs, receipt.task.due, today)
    last = max([receipt.task.due, *(leg.left or today for leg in legs), *(leg.hop.due for leg in legs)])
    return Path(found, root, legs[0].hop.arrived, last)


def _leg(row: Receipt, below: Receipt | None, units: dict[int, str]) -> Leg:
    arrived = local_day(row.arrived_at)
    handed = row.handed_at if below is not None else None
    left = handed or (row.ended_at if row.state not in OPEN else None)
    keep = (row.keep_until - arrived).days
    name = f"{units.get(row.unit, '')} {row.person.name}".strip()
    hop = Hop(arrived, row.due, keep)
    return Leg(name, Level(row.level).label, hop, local_day(left) if left else None, handed is not None)


def kept_too_long(row: Receipt, today: date) -> int:
    """留用超时 of a receipt to a unit: fixed when it was handed down, growing while it was not."""
    works_itself = not row.as_unit or row.keep_until >= row.due
    if row.handed_at is not None or works_itself or row.state not in IN_HAND:
        return row.kept_over
    return max(0, (today - row.keep_until) // timedelta(days=1))


def firm_rows(receipt: Receipt) -> list[duties.TaskRow]:
    """What is owed at the enterprises of a receipt; two queries."""
    return duties.task_rows(receipt.task_id, enterprises=receipt.task_firms.values_list("enterprise_id", flat=True))


def firms_of(receipt: Receipt) -> list[tuple[duties.TaskRow, str, str]]:
    """(what is owed, name, grade) of the enterprises of a receipt, what is open first."""
    named = {firm: (name, grade) for firm, name, grade in receipt.task_firms.values_list(
        "enterprise_id", "enterprise__name", "enterprise__grade")}  # fmt: skip
    rows = duties.task_rows(receipt.task_id, enterprises=named)
    return sorted(((row, *named[row.enterprise]) for row in rows), key=lambda each: (not each[0].open, each[1]))


def with_nothing_owed(rows: QuerySet[Receipt]) -> list[Receipt]:
    """Those of the receipts with enterprises on which nothing is owed any more by their person."""
    found: list[Receipt] = []
    by_task: dict[int, list[Receipt]] = {}
    for row in rows:
        by_task.setdefault(row.task_id, []).append(row)
    for task_id, mine in by_task.items():
        owed = {each.enterprise: each.person for each in duties.task_rows(task_id) if each.open}
        held: dict[int, set[int]] = {}
        for key, firm in mine[0].task.firms.values_list("receipt_id", "enterprise_id"):
            held.setdefault(key, set()).add(firm)
        found += [row for row in mine if not any(owed.get(firm) == row.person_id for firm in held.get(row.id, ()))]
    return found


def events_of(*, task: Task, receipt: Receipt | None = None, limit: int = 50) -> list[TaskEvent]:
    """What happened to a task as a whole, or to one receipt, the newest first."""
    return list(TaskEvent.objects.filter(task=task, receipt=receipt).order_by("-id")[:limit])


def files_of(task: Task, receipt: Receipt | None = None) -> list[TaskFile]:
    """The files of a task, and of a receipt where one is given; one query."""
    own = Q(receipt=None) | Q(receipt=receipt) if receipt else Q(receipt=None)
    return list(TaskFile.objects.filter(own, task=task).order_by("id"))
