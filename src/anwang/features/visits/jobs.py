"""Long work on visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from anwang.domain.base import Refusal, Report, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid

from . import actions, queries


def plan_unit(report: Report, work: Any, *, unit: int, until: str) -> dict[str, Any]:
    """Plan for everybody who leads an enterprise of the unit; adopted for those who have nothing planned yet."""
    now = timezone.now()
    by = grid.actor_in(work.user_id, work.post_id, now=now)
    if by is None or not by.territory.covers(unit):
        raise Refusal("post_ended", gettext_noop("发起人已不在原岗位，请由现任人员重新发起。"))
    today = local_day(now)
    people = queries.without_plan(queries.plans_of(unit, on=today), today=today)
    summary, found = queries.summarise(people, today=today, until=date.fromisoformat(until), report=report)
    adopted = actions.adopt_many(by=by, now=now, proposals=found)
    return {"people": len(adopted), "contacts": summary.contacts, "records": summary.records}
