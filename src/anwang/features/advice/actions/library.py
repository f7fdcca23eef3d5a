"""Answers to be used again: written or taken from a question, published, taken out, brought in by a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from anwang.domain.base import Actor, Refusal, Report, gettext_noop, insist
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import Entry, EntryState
from ..queries.sheet import EntrySheet

_TWICE = gettext_noop("本单位已有同名的解答，请改标题，或修改原来那一条。")


@dataclass(frozen=True, slots=True)
class EntryData:
    """What an answer says. `question` is the one it was made from; names of people and enterprises are taken out."""

    title: str
    text: str
    source: str
    review_on: date
    question: int | None = None


@transaction.atomic
def keep_entry(
    *, by: Actor, now: datetime, data: EntryData, entry_id: int | None = None, publish: bool = True
) -> Entry:
    """A new answer of the actor's unit, or a changed one. Refuses `not_found`, `not_office`, `entry_twice`."""
    row = queries.entry(entry_id, by=by) if entry_id else None
    unit = row.unit if row else None if entry_id else by.unit
    insist(permissions.may_keep(by, unit))
    said = {"title": data.title.strip()[:120], "text": data.text.strip(), "source": data.source.strip()[:200],
            "review_on": data.review_on, "changed_by": by.name, "changed_at": now}  # fmt: skip
    if publish:
        said["state"] = EntryState.PUBLISHED
    try:
        with transaction.atomic():
            if row:
                Entry.objects.filter(id=row.id).update(**said)
            else:
                made = {"question_id": data.question, "made_by": by.name, "made_at": now}
                row = Entry.objects.create(unit=unit or 0, **made, **said)
    except IntegrityError:
        raise Refusal("entry_twice", _TWICE) from None
    row.refresh_from_db()
    audit.record(by=by, now=now, action="entry.keep", target=f"entry:{row.id}", state=row.state, title=row.title)
    return row


@transaction.atomic
def set_entry_state(*, by: Actor, now: datetime, entry_id: int, state: str) -> Entry:
    """Publish an answer or take it out; either can be taken back. Refuses `not_found`, `not_office`, `entry_state`."""
    row = queries.entry(entry_id, by=by)
    insist(permissions.may_keep(by, row.unit if row else None))
    if state not in (EntryState.PUBLISHED, EntryState.WITHDRAWN):
        raise Refusal("entry_state", gettext_noop("没有这种状态。"))
    changed = Entry.objects.filter(id=entry_id).exclude(state=state).update(
        state=state, changed_by=by.name, changed_at=now
    )  # fmt: skip
    if not changed:
        raise Refusal("entry_state", gettext_noop("这条解答的状态没有变化，请刷新后查看。"))
    audit.record(by=by, now=now, action="entry.state", target=f"entry:{entry_id}", state=state)
    found = Entry.objects.get(id=entry_id)
    return found


@transaction.atomic
def import_entries(*, by: Actor, now: datetime, plan: EntrySheet, report: Report = lambda *_: None) -> dict[str, int]:
    """Take over the sound rows of a sheet, by title: new ones, changed ones; the same sheet again changes nothing.

    Refuses `not_found`, `not_office`. Returns rows, added, changed, unchanged, errors.
    """
    insist(permissions.may_keep(by, plan.unit))
    rows = [row for row in plan.rows if row.do in ("added", "changed")]
    for number, row in enumerate(rows):
        if number % 50 == 0:
            report(number, len(rows), "导入")
        said = {**row.values, "state": EntryState.PUBLISHED, "changed_by": by.name, "changed_at": now}
        Entry.objects.update_or_create(
            unit=plan.unit, title=row.title, defaults=said,
            create_defaults={**said, "made_by": by.name, "made_at": now},
        )  # fmt: skip
    audit.record(by=by, now=now, action="entry.sheet", unit=plan.unit, counts=plan.counts)
    report(len(rows), len(rows), "完成")
    return plan.counts
