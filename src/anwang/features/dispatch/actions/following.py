"""A task follows its enterprises: a new lead gets a receipt for what the former one still owed (二.2, B2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import GONE, IN_HAND, State
from anwang.features.duties import queries as duties
from anwang.features.grid import queries as grid

from ..models import Receipt, Task, TaskFirm
from ..queries.reach import Addressee
from .ending import drop_requests, settle_group
from .holding import settle_firms
from .issuing import send
from .redoing import open_again
from .trace import locked, move, tell

#: A record of a task that was finished longer ago is not looked for any more.
LOOKED_BACK = timedelta(days=92)


@transaction.atomic
def settle(*, by: Actor, now: datetime) -> dict[str, int]:
    """Bring the receipts in line with the ledger: enterprises that changed hands, ends whose record was withdrawn
    since, then what is done everywhere.

    Idempotent, for the scheduler. Returns followed (enterprises), opened and done (receipts).
    """
    followed = opened = 0
    running = Q(state=Stage.ISSUED) | Q(state=Stage.FINISHED, finished_at__gte=now - LOOKED_BACK)
    tasks = Task.objects.filter(running, firms__isnull=False).distinct()
    for task_id in list(tasks.values_list("id", flat=True)):
        task = locked(task_id)
        owed = {each.enterprise: each for each in duties.task_rows(task_id, open_only=True)}
        opened += _open_owed(task, owed, by, now) if owed else 0
        followed += _follow(task, owed, by, now) if owed else 0
    return {"followed": followed, "opened": opened, "done": settle_firms(by=by, now=now)}


def _open_owed(task: Task, owed: Mapping[int, duties.TaskRow], by: Actor, now: datetime) -> int:
    """Receipts that are done while an enterprise of theirs owes it again: its record was withdrawn elsewhere."""
    held = TaskFirm.objects.filter(task=task, receipt__state=State.DONE).values_list("receipt_id", "enterprise_id")
    keys = {receipt for receipt, firm in held if firm in owed}
    for row in Receipt.objects.filter(id__in=keys).select_related("task", "person").order_by("id"):
        open_again(row, by, now, "owed", "")
    return len(keys)


def _follow(task: Task, owed: Mapping[int, duties.TaskRow], by: Actor, now: datetime) -> int:
    """Give what is owed at enterprises to the receipts of those who owe it now; returns how many enterprises moved."""
    held = TaskFirm.objects.filter(task=task, receipt__state__in=IN_HAND)
    moved: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for firm, receipt, person in held.values_list("enterprise_id", "receipt_id", "receipt__person_id"):
        if firm in owed and owed[firm].person != person:
            moved[receipt, owed[firm].person, owed[firm].post].append(firm)
    for (receipt, person, post), firms in sorted(moved.items()):
        _hand_over(task, Receipt.objects.select_related("task").get(id=receipt), person, post, firms, by, now)
    return sum(map(len, moved.values()))


def _hand_over(task: Task, old: Receipt, person: int, post: int, firms: list[int], by: Actor, now: datetime) -> None:
    mine = Receipt.objects.filter(task=task, person_id=person).exclude(state__in=GONE)
    new = mine.filter(state__in=IN_HAND).first() or _receipt(task, old, post, by, now)
    TaskFirm.objects.filter(task=task, enterprise_id__in=firms).update(receipt=new)
    for row in (old, new):
        row.firms = row.task_firms.count()
        Receipt.objects.filter(id=row.id).update(firms=row.firms)
    tell(by, now, "followed", new, old.person.name, firms=firms)
    if not old.firms:
        move(old, State.WITHDRAWN, ended_at=now)
        drop_requests([old.id], now)
        tell(by, now, "followed", old, new.person.name, firms=firms)
        settle_group(task, None, by, now)


def _receipt(task: Task, old: Receipt, post_id: int, by: Actor, now: datetime) -> Receipt:
    """A receipt for the new lead, with the sender and the deadline of the former one."""
    post = grid.posts(on=local_day(now)).get(id=post_id)
    to = Addressee(post.id, post.person_id, post.person.name, post.unit, post.level, False)
    send(task, None, [to], by=by, now=now, due=old.due)
    new = Receipt.objects.filter(task=task, person_id=post.person_id).latest("id")
    sender = {"from_person": old.from_person, "from_unit": old.from_unit, "from_name": old.from_name}
    Receipt.objects.filter(id=new.id).update(**sender)
    return Receipt.objects.select_related("person", "task").get(id=new.id)
