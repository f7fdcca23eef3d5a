"""Visits and calls that are planned go with the enterprise: the day stays, the enterprise is told who comes (四.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from anwang.domain.base import Actor, Reason, Right, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.audit import queries as trail
from anwang.features.grid import queries as grid
from anwang.features.notices import actions as notices

from ..models import OPEN_STATES, Visit
from .docket import hold

HANDED = "visits.hand_over"
CHANGED = gettext_noop("%(day)s 的督导改由 %(name)s 前来")


@transaction.atomic
def hand_over(
    *, by: Actor, now: datetime, from_person: int, takers: Mapping[int, int], reason: str, first: date | None = None,
    end: date | None = None, moved_at: datetime | None = None,
) -> dict[int, int]:  # fmt: skip
    """What one had planned at enterprises on the days [first, end) goes to others (`takers`: enterprise → person);
    `first` is today at the earliest. Undo: the same with the persons exchanged and `moved_at`, the `now` of the
    hand-over, which takes back only what was moved then.

    Returns enterprise → how many moved, only those that did; a second call moves nothing. No refusals.
    """
    since = max(first or local_day(now), local_day(now))
    rows = Visit.objects.filter(enterprise_id__in=list(takers), person_id=from_person, state__in=OPEN_STATES)
    rows = rows.filter(day__gte=since) if end is None else rows.filter(day__gte=since, day__lt=end)
    hold(takers)
    moving = [row for row in rows.order_by("day", "id") if takers[row.enterprise_id] != from_person]
    if moved_at is not None:
        handed = trail.acts_on([f"visit:{row.id}" for row in moving], [HANDED])
        then = {event.target for event in handed if event.at == moved_at}
        moving = [row for row in moving if f"visit:{row.id}" in then]
    moved: dict[int, int] = {}
    changed: list[int] = []
    for row in moving:
        held = Visit.objects.filter(id=row.id, person_id=from_person, state__in=OPEN_STATES)
        if held.update(person_id=takers[row.enterprise_id]):
            moved[row.enterprise_id] = moved.get(row.enterprise_id, 0) + 1
            changed.append(row.id)
            audit.record(
                by=by, now=now, action=HANDED, target=f"visit:{row.id}", chain=row.county, from_person=from_person,
                enterprise=row.enterprise_id, person=takers[row.enterprise_id], day=row.day, reason=reason,
            )  # fmt: skip
    announced = Visit.objects.filter(id__in=changed, announced_at__isnull=False).select_related("person")
    _tell(by, now, list(announced))
    return moved


def _tell(by: Actor, now: datetime, rows: Sequence[Visit]) -> None:
    """Those of the enterprise who were told of a visit learn who comes instead."""
    people = grid.firm_people([row.enterprise_id for row in rows], Right.SEE, on=local_day(now)) if rows else {}
    drafts = [
        notices.Draft(
            to, "visit", f"visit:{row.id}:{row.day}:by:{row.person_id}:{now.isoformat()}:{to}",
            Reason("visits.by", CHANGED, {"day": row.day, "name": row.person.name}), link=reverse("visit_firm"),
        )
        for row in rows
        for to in people.get(row.enterprise_id, ())
    ]  # fmt: skip
    if drafts:
        notices.enqueue_many(by=by, now=now, drafts=drafts)
