"""What goes with the enterprises beside the duties: problems that are followed, questions, planned visits (二.2, B2).

A question stays with the first asked when work is only shared out anew (首问责任). Policy notices, papers and risk
points belong to the enterprise and need nobody to carry them; receipts of tasks follow the ledger or go back to their
sender.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.timeline.handing import ENDING, LEAVE
from anwang.features.advice import actions as advice
from anwang.features.assignments import queries as assignments
from anwang.features.dispatch import actions as dispatch
from anwang.features.problems import actions as problems
from anwang.features.visits import actions as visits

from ..models import Handover, HandoverItem, State

BACK = gettext_noop("离岗结束，交回主包保人")


def carry_along(*, by: Actor, now: datetime, row: Handover, reason: str) -> bool:
    """Problems and questions go over, each once: with the hand-over, of a leave on its first day. Call inside a
    transaction; of two at once one carries. Returns whether it was this one."""
    if row.kind == LEAVE and row.on > local_day(now):
        return False
    if not Handover.objects.filter(id=row.id, carried_at=None).update(carried_at=now):
        return False
    moves: dict[str, Any] = {
        "by": by,
        "now": now,
        "from_person": row.person_id,
        "takers": _takers(row),
        "reason": reason,
    }
    found = {"problems": problems.hand_over(**moves)}
    if row.kind in ENDING or row.kind == LEAVE:
        found["questions"] = advice.hand_over(**moves)
    if row.kind in ENDING:
        for leave in _running_leaves(row.person_id):
            bring_back(by=by, now=now, row=leave, reason=reason)
        advice.settle_questions(by=by, now=now)
        dispatch.return_left(by=by, now=now)
    Handover.objects.filter(id=row.id).update(**{name: sum(moved.values()) for name, moved in found.items()})
    row.refresh_from_db()
    return True


def carry_visits(*, by: Actor, now: datetime, row: Handover, reason: str) -> None:
    """Planned visits and calls go over for the days from the hand-over on, or for those of the leave."""
    moved = visits.hand_over(
        by=by, now=now, from_person=row.person_id, takers=_takers(row), reason=reason, first=row.on, end=row.until
    )
    Handover.objects.filter(id=row.id).update(visits=sum(moved.values()))
    row.refresh_from_db()


def bring_back(*, by: Actor, now: datetime, row: Handover, reason: str) -> bool:
    """What went over and is still open comes back to the lead of the day: a hand-over taken back, a leave that is over
    or whose giver has left for good. Call inside a transaction; once. Returns whether it was this one."""
    if not Handover.objects.filter(id=row.id, back_at=None).update(back_at=now):
        return False
    for taker, firms in _by_taker(row, local_day(now)).items():
        back: dict[str, Any] = {"by": by, "now": now, "from_person": taker, "takers": firms, "reason": reason}
        if row.carried_at is not None:
            problems.hand_over(**back, moved_at=row.carried_at)
            advice.hand_over(**back, moved_at=row.carried_at)
        visits.hand_over(**back, moved_at=row.done_at)
    row.refresh_from_db()
    return True


def leaves_due(day: date) -> Any:
    """Leaves whose first day has come and that carried nothing yet, and those that are over and gave nothing back."""
    begun = Q(carried_at=None, on__lte=day, until__gt=day, returned_on=None)
    over = Q(back_at=None, carried_at__isnull=False) & (Q(until__lte=day) | Q(returned_on__isnull=False))
    return Handover.objects.filter(begun | over, kind=LEAVE, state=State.DONE).order_by("id")


def _takers(row: Handover) -> Mapping[int, int]:
    return dict(HandoverItem.objects.filter(handover=row).values_list("enterprise_id", "to_person_id"))


def _by_taker(row: Handover, day: date) -> dict[int, dict[int, int]]:
    """Taker → enterprise → its lead of a day; an enterprise that nobody leads is not among them."""
    takers = _takers(row)
    found: dict[int, dict[int, int]] = {}
    for firm, lead in assignments.leads(on=day, enterprises=takers).items():
        found.setdefault(takers[firm], {})[firm] = lead.person_id
    return found


def _running_leaves(person: int) -> list[Handover]:
    rows = Handover.objects.filter(person_id=person, kind=LEAVE, state=State.DONE)
    return list(rows.filter(carried_at__isnull=False, back_at=None).order_by("id"))
