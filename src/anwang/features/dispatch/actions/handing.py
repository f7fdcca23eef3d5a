"""Handing a task down inside the deadline budget (B4), and what the sender does with what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.tasks.budget import kept_over, may_give, offered_due
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import GONE, OPEN, Mode, State
from anwang.features.duties import actions as duties

from .. import permissions, queries
from ..models import Receipt, Task
from ..queries.reach import FIRMS, posts_in_reach, reach
from .ending import TAKEN_BACK, end_below, settle_group
from .issuing import send
from .trace import hop, locked, move, seen, tell, written


def offered_below(*, by: Actor, now: datetime, receipt: Receipt) -> date:
    """The deadline that the budget offers to those below when it is handed down now; the same for whoever asks."""
    return offered_due(hop(receipt.level, receipt.arrived_at, receipt.due), local_day(now), packaged_workdays())


@transaction.atomic
def hand_down(
    *, by: Actor, now: datetime, receipt_id: int, targets: Mapping[str, Any], due: date | None = None,
    mode: Mode = Mode.ALL, note: str = "",
) -> dict[str, int]:  # fmt: skip
    """转办下级: units or posts of the own territory. `due` None: as the budget offers. Returns receipts, over (days).

    Kept longer than the share it is marked 留用超时. Refusals: not_found, not_yours, not_leader, firms_stay,
    nobody_reached, task_moved_on, handing_overdue, due_beyond, due_keeps_too_much.
    """
    row = seen(receipt_id, by)
    insist(permissions.must_hold(by, row))
    insist(permissions.may_arrange(by))
    assert row is not None
    if row.firms or targets.get("kind") == FIRMS:
        text = gettext_noop("涉及企业的任务由主包保人办理，不能转办；包保关系变动时随之移交。")
        raise Refusal("firms_stay", text)
    day, own = local_day(now), hop(row.level, row.arrived_at, row.due)
    given = due or offered_below(by=by, now=now, receipt=row)
    insist(may_give(own, day, given))
    found = [each for each in reach(targets, by=by, on=day).to if each.person != row.person_id]
    if not found:
        raise Refusal("nobody_reached", gettext_noop("按现在的选择没有人会收到任务，请重新选择承办人。"))
    over = kept_over(own, day)
    move(
        row, State.HANDED, handed_at=now, received_at=row.received_at or now, kept_over=over, mode=mode, settled_by=None
    )
    taken = set(Receipt.objects.filter(task=row.task).exclude(state__in=GONE).values_list("person_id", "unit"))
    to = [each for each in found if (each.person, each.unit) not in taken]
    if not to:
        raise Refusal("reached_already", gettext_noop("所选承办人都已经收到这项任务。"))
    count = send(row.task, row, to, by=by, now=now, due=given, note=note.strip()[:500])
    tell(by, now, "handed", row, note.strip(), receipts=count, over=over, due=given)
    return {"receipts": count, "over": over}


def _sent(by: Actor, receipt_id: int) -> Receipt:
    row = seen(receipt_id, by)
    decision = permissions.must_hand(by, row)
    if row is None or not decision:
        raise Refusal.of(decision)
    return row


def own_due(receipt: Receipt) -> date:
    """The deadline of whoever handed it down."""
    return receipt.parent.due if receipt.parent else receipt.task.due


@transaction.atomic
def correct(*, by: Actor, now: datetime, receipt_id: int, note: str, due: date | None = None) -> Receipt:
    """Put a returned receipt right and hand it to the same person again. Refusals: not_found, not_sender,
    text_missing, due_beyond, due_past, task_moved_on."""
    row = _sent(by, receipt_id)
    note = written(note, "text_missing", gettext_noop("请写明更正或说明的内容。"), 500)
    due = due or row.due
    if due > own_due(row):
        text = gettext_noop("下级的完成期限 %(given)s 不能晚于您自己的 %(due)s。")
        raise Refusal("due_beyond", text, given=due, due=own_due(row))
    if due < local_day(now) and due != row.due:
        raise Refusal("due_past", gettext_noop("完成期限 %(due)s 已经过去。"), due=due)
    give_due(by, now, row, due)
    move(row, State.ISSUED, note=note, back_reason="")
    tell(by, now, "corrected", row, note)
    return row


def give_due(by: Actor, now: datetime, row: Receipt, due: date) -> None:
    """Another last day, for the ledger too."""
    if due == row.due:
        return
    row.due, row.keep_until = due, hop(row.level, row.arrived_at, due).keep_until
    Receipt.objects.filter(id=row.id).update(due=due, keep_until=row.keep_until)
    if row.firms:
        keys = list(row.task_firms.values_list("enterprise_id", flat=True))
        duties.move_task_duties(by=by, now=now, number=row.task_id, due=due, enterprises=keys)


@transaction.atomic
def resend(*, by: Actor, now: datetime, receipt_id: int, post_id: int) -> int:
    """改派: a returned receipt goes to another person. Returns the new receipt. Refusals: not_found, not_sender,
    firms_stay, nobody_reached, reached_already, task_moved_on."""
    row = _sent(by, receipt_id)
    if row.firms:
        raise Refusal("firms_stay", gettext_noop("涉及企业的任务由主包保人办理，不能改派；请更正后重新下达，或收回。"))
    post = posts_in_reach(by, on=local_day(now)).filter(id=post_id).exclude(person_id=row.person_id).first()
    if post is None:
        raise Refusal("nobody_reached", gettext_noop("没有找到这位承办人，请重新选择。"))
    move(row, State.REPLACED, ended_at=now)
    known = Receipt.objects.filter(task_id=row.task_id, person_id=post.person_id, unit=post.unit)
    if known.exclude(state__in=GONE).exists():
        raise Refusal("reached_already", gettext_noop("所选承办人都已经收到这项任务。"))
    to = reach({"kind": "posts", "posts": [post.id]}, by=by, on=local_day(now)).to
    send(row.task, row.parent, to, by=by, now=now, due=row.due, note=row.note)
    tell(by, now, "resent", row, post.person.name)
    return Receipt.objects.filter(task_id=row.task_id, person_id=post.person_id).latest("id").id


@transaction.atomic
def take_back(*, by: Actor, now: datetime, receipt_id: int, reason: str) -> int:
    """收回 one receipt with all that was handed down from it. Returns how many. Refusals: not_found, not_sender,
    reason_missing, task_moved_on."""
    row = _sent(by, receipt_id)
    reason = written(reason, "reason_missing", gettext_noop("请写明收回的原因。"), 200)
    count = end_below([row], State.WITHDRAWN, by, now)
    if not count:
        move(row, State.WITHDRAWN)  # says why not
    tell(by, now, "withdrawn", row, reason, receipts=count)
    settle_group(row.task, Receipt.objects.get(id=row.parent_id) if row.parent_id else None, by, now)
    return count


@transaction.atomic
def withdraw(*, by: Actor, now: datetime, task_id: int, reason: str) -> int:
    """撤回 a whole task. What was done stays. Returns how many receipts ended. Refusals: not_found, not_sender,
    reason_missing, task_over."""
    task = queries.find_task(task_id, by=by)
    if task is None:
        raise Refusal("not_found", permissions.NOT_FOUND)
    if not permissions.owns(by, task):
        raise Refusal("not_sender", gettext_noop("只有下达或转办这项任务的人才能这样做。"))
    reason = written(reason, "reason_missing", gettext_noop("请写明撤回的原因。"), 200)
    task = locked(task.id)
    rows = Task.objects.filter(id=task.id, state=Stage.ISSUED)
    if not rows.update(state=Stage.WITHDRAWN, withdrawn_at=now, withdraw_reason=reason):
        raise Refusal("task_over", gettext_noop("任务没有在办理，不能撤回。"))
    found = Receipt.objects.filter(task=task, state__in=OPEN).update(state=State.WITHDRAWN, ended_at=now)
    duties.close_task_duties(by=by, now=now, number=task.id, reason=TAKEN_BACK)
    tell(by, now, "withdrawn", None, reason, task=task, receipts=found)
    return found
