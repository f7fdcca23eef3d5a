"""N7.8 in the ledger (附件4.8): an ad-hoc task owes something at each enterprise that it concerns.

The rows are obligations like all others, so lists, totals, the hand-over and `anwang verify` know them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.duties import ledger
from anwang.domain.duties.due import miss_day
from anwang.domain.duties.opening import Opening
from anwang.domain.duties.span import TASK_RULE, TaskSpan, task_key
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Obligation
from . import tally
from .handover import FEW
from .inserting import insert_openings

AT_ONCE = 800


class TaskDuty(NamedTuple):
    """An enterprise that a task concerns, and who leads it."""

    enterprise: int
    person: int
    post: int


@transaction.atomic
def open_task_duties(*, by: Actor, now: datetime, number: int, due: date, rows: Iterable[TaskDuty]) -> int:
    """Open the obligation of a task at each enterprise, once; returns how many. The caller writes the trail."""
    day, policy = local_day(now), policies.current()
    span = TaskSpan(number, day, due)
    miss = miss_day(policy.duty_rule(TASK_RULE, day), due)
    known = set(Obligation.objects.filter(period=span.key).values_list("enterprise_id", flat=True))
    new = [Opening(each.enterprise, TASK_RULE, span, day, due, miss, False, 0, each.person, each.post)
           for each in rows if each.enterprise not in known]  # fmt: skip
    standing = enterprises.standings(None if len(new) > FEW else {each.enterprise for each in new})
    insert_openings(new, standing, grid.post_levels({each.post for each in new}), now, policy.version)
    places = ((standing[each.enterprise], each) for each in new)
    tally.apply(
        ledger.collect(
            ledger.LedgerRow(place.county, place.township, TASK_RULE, span.key, due) for place, _each in places
        )
    )
    return len(new)


@transaction.atomic
def move_task_duties(*, by: Actor, now: datetime, number: int, due: date, enterprises: Iterable[int]) -> int:
    """Give the open obligations of a task another last day (an extension); returns how many."""
    changes = []
    for row in _open(number, enterprises):
        rule = policies.current().duty_rule(row.rule, row.start)
        changes.append(ledger.extend(tally.ledger_row(row), due).deltas)
        Obligation.objects.filter(id=row.id).update(due=due, miss=miss_day(rule, due))
    tally.apply(ledger.combine(changes))
    return len(changes)


@transaction.atomic
def close_task_duties(
    *, by: Actor, now: datetime, number: int, reason: str, enterprises: Iterable[int] | None = None
) -> int:
    """Waive what a task that was taken back still owes, at all enterprises or at some; returns how many."""
    rows = _open(number, enterprises)
    tally.apply(ledger.combine(ledger.waive(tally.ledger_row(row)).deltas for row in rows))
    for start in range(0, len(rows), AT_ONCE):
        some = [row.id for row in rows[start : start + AT_ONCE]]
        Obligation.objects.filter(id__in=some).update(waived_at=now, waived_by=by.name[:60], waive_reason=reason[:200])
    return len(rows)


def _open(number: int, enterprises: Iterable[int] | None) -> list[Obligation]:
    rows = Obligation.objects.filter(period=task_key(number), done_at__isnull=True, waived_at__isnull=True)
    if enterprises is not None:
        rows = rows.filter(enterprise_id__in=list(enterprises))
    return list(rows.select_for_update(of=("self",)))
