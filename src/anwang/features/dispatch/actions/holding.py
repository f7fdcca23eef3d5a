"""What the person does who has the task: 签收, 办理情况, 退回, 办结 (附件4.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from anwang.adapters.handed_in import Given
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import Form
from anwang.domain.duties.span import TASK_RULE
from anwang.domain.tasks.states import IN_HAND, State
from anwang.features.duties import actions as duties
from anwang.features.duties import queries as ledger

from .. import permissions, queries
from ..models import Receipt
from .ending import close_group, drop_requests
from .files import check, keep
from .notifying import tell_returned
from .trace import is_late, move, seen, tell, written

#: Names the record of a task at an enterprise, so that sent twice it is there once; after one was withdrawn, another.
_NAMES = UUID("5f0d7c2e-2d0e-4f57-9a53-7f5b8a6f3d10")


@dataclass(frozen=True, slots=True)
class FirmWork:
    """What was done for enterprises of the task: one record for each, alike in form, day and result."""

    firms: Sequence[int]
    form: Form
    on: date
    late_reason: str = ""


def _mine(by: Actor, receipt_id: int) -> Receipt:
    row = seen(receipt_id, by)
    decision = permissions.must_hold(by, row)
    if row is None or not decision:
        raise Refusal.of(decision)
    return row


@transaction.atomic
def receive(*, by: Actor, now: datetime, receipt_id: int) -> Receipt:
    """签收: a deliberate act; nothing is marked by looking. Refusals: not_found, not_yours, task_moved_on."""
    row = _mine(by, receipt_id)
    move(row, State.RECEIVED, received_at=now)
    tell(by, now, "received", row)
    return row


@transaction.atomic
def report_progress(*, by: Actor, now: datetime, receipt_id: int, text: str) -> Receipt:
    """Write down how far it is. Refusals: not_found, not_yours, text_missing, task_moved_on."""
    row = _mine(by, receipt_id)
    text = written(text, "text_missing", gettext_noop("请填写办理情况。"), 500)
    if row.state != State.WORKING:
        move(row, State.WORKING, received_at=row.received_at or now)
    tell(by, now, "progress", row, text)
    return row


@transaction.atomic
def give_back(*, by: Actor, now: datetime, receipt_id: int, reason: str) -> Receipt:
    """退回 to the sender, who puts it right, hands it to another or takes it back. Refusals: as `receive`,
    reason_missing."""
    row = _mine(by, receipt_id)
    reason = written(reason, "reason_missing", gettext_noop("请写明退回的原因。"), 200)
    move(row, State.RETURNED, back_reason=reason)
    drop_requests([row.id], now)
    tell(by, now, "returned", row, reason)
    tell_returned(by, now, row, reason)
    return row


@transaction.atomic
def complete(
    *, by: Actor, now: datetime, receipt_id: int, result: str, work: FirmWork | None = None, files: Sequence[Given] = ()
) -> int:
    """办结 with a result. For enterprises each becomes a record of N7.8 in the ledger; the receipt is done with the
    last of them. Returns how many enterprises are still to be done (0: the receipt is done).

    Refusals: not_found, not_yours, result_missing, children_open, task_moved_on, task_settled, late_reason_missing,
    firms_none, those of files and of `duties.actions.record_contact`.
    """
    row = _mine(by, receipt_id)
    result = written(result, "result_missing", gettext_noop("请填写完成情况。"), 2000)
    if row.state == State.HANDED:
        raise Refusal("children_open", gettext_noop("已转办下级，下级全部办结后自动办结；要自己办，先收回转办的。"))
    checked = check(files, already=row.files.count())
    left = _at_firms(by, now, row, result, work) if row.firms else 0
    keep(by=by, now=now, task=row.task, receipt=row, files=checked)
    if left:
        if row.state != State.WORKING:
            move(row, State.WORKING, received_at=row.received_at or now)
        tell(by, now, "progress", row, result)
        return left
    _end(by, now, row, result)
    return 0


def _end(by: Actor, now: datetime, row: Receipt, result: str) -> None:
    late = is_late(row.task, row, now)
    move(row, State.DONE, ended_at=now, received_at=row.received_at or now, late=late, result=result)
    drop_requests([row.id], now)
    tell(by, now, "done", row, result[:500], late=late)
    close_group(row.task, row, by, now)


def _at_firms(by: Actor, now: datetime, row: Receipt, result: str, work: FirmWork | None) -> int:
    """Record what was done; how many enterprises still owe something on this receipt."""
    owed = {each.enterprise: each for each in queries.firm_rows(row) if each.open and each.person == row.person_id}
    chosen = [firm for firm in (work.firms if work else ()) if firm in owed]
    if owed and not chosen:
        raise Refusal("firms_none", gettext_noop("请勾选本次完成的企业。"))
    if work and chosen:
        _insist_on_reason(work, min(owed[firm].due for firm in chosen), now)
        again = ledger.times_voided(owed[firm].id for firm in chosen)
        for firm in chosen:
            key = uuid5(_NAMES, ":".join(map(str, (row.id, firm, owed[firm].id, again.get(owed[firm].id, 0)))))
            duties.record_contact(by=by, now=now, data=_contact(key, row, firm, owed[firm].id, result, work))
    return len(owed) - len(chosen)


def _insist_on_reason(work: FirmWork, due: date, now: datetime) -> None:
    if work.on > local_day(now):
        raise Refusal("future", gettext_noop("日期还没有到。"))
    if max(work.on, local_day(now)) > due and not work.late_reason.strip():
        raise Refusal("late_reason_missing", gettext_noop("已过完成期限，请写明逾期原因。"))


def _contact(key: UUID, row: Receipt, firm: int, obligation: int, result: str, work: FirmWork) -> duties.ContactData:
    answers = {"task": row.task.title, "result": result}
    return duties.ContactData(
        client_id=key, enterprise=firm, person=row.person_id, form=work.form, occurred_on=work.on,
        entries=(duties.Entry(TASK_RULE, obligation, answers),), on_site=work.form is Form.ON_SITE,
        late_reason=work.late_reason,
    )  # fmt: skip


@transaction.atomic
def settle_firms(*, by: Actor, now: datetime, limit: int = 2000) -> int:
    """Receipts whose enterprises were all done by records made elsewhere (a visit, a sheet) are done too. Idempotent.

    Returns how many. For the scheduler.
    """
    count = 0
    rows = Receipt.objects.filter(firms__gt=0, state__in=IN_HAND).select_related("task").order_by("id")
    for row in queries.with_nothing_owed(rows)[:limit]:
        _end(by, now, row, gettext_noop("所涉企业均已登记完成。"))
        count += 1
    return count
