"""A task follows its enterprises: a new lead gets a receipt for what the former one still owed (二.2, B2)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction

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
from .trace import locked, move, tell


@transaction.atomic
def settle(*, by: Actor, now: datetime) -> dict[str, int]:
    """Bring the receipts in line with the ledger: enterprises that changed hands, then what is done everywhere.

    Idempotent, for the scheduler. Returns followed (enterprises) and done (receipts).
    """
    followed = 0
    running = Task.objects.filter(state=Stage.ISSUED, firms__isnull=False).distinct()
    for task_id in list(running.values_list("id", flat=True)):
        followed += _follow(locked(task_id), by, now)
    return {"followed": followed, "done": settle_firms(by=by, now=now)}


def _follow(task: Task, by: Actor, now: datetime) -> int:
    """Give what is owed at enterprises to the receipts of those who owe it now; returns how many enterprises moved."""
    owed = {each.enterprise: each for each in duties.task_rows(task.id) if each.open}
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
