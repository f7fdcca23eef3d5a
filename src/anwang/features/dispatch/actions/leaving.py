"""A task never waits for somebody who has left: what concerns no enterprise goes back to whoever handed it down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.tasks.states import IN_HAND, State
from anwang.features.grid import queries as grid

from ..models import Receipt
from .ending import drop_requests
from .notifying import tell_returned
from .trace import locked, move, tell

LEFT = gettext_noop("承办人已离任，请改派。")


@transaction.atomic
def return_left(*, by: Actor, now: datetime) -> int:
    """Return the receipts in the hands of people who hold no post any more, so that the sender chooses another.

    Not those handed to a unit, whose leader and office have them too, nor those of enterprises, which go on to the new
    lead (`settle`). Idempotent; returns how many.
    """
    serving = grid.posts(on=local_day(now)).order_by().values("person_id")
    held = Receipt.objects.filter(state__in=IN_HAND, as_unit=False, firms=0).exclude(person_id__in=serving)
    count = 0
    for key, task in held.order_by("id").values_list("id", "task_id"):
        locked(task)
        row = Receipt.objects.select_related("task", "person").get(id=key)
        if row.state not in IN_HAND:
            continue  # done at this moment
        move(row, State.RETURNED, back_reason=LEFT)
        drop_requests([row.id], now)
        tell(by, now, "returned", row, LEFT)
        tell_returned(by, now, row, LEFT)
        count += 1
    return count
