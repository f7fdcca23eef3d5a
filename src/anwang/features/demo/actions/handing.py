"""A retirement, a leave and a closed enterprise in the last weeks of a demonstration: done as leaders do them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import actions as enterprises
from anwang.features.grid import queries as grid
from anwang.features.timeline import actions as timeline
from anwang.features.timeline import queries as timeline_queries

from .stage import Stage, moment

QUESTION = "仓库消防改造正在办手续，请继续跟进。"
#: Days of the leave.
AWAY = timedelta(days=20)


def hand_over_some(stage: Stage, day: date) -> dict[str, Any]:
    """On one day somebody retires, somebody goes on leave, and an enterprise closes whose lead keeps another."""
    people = [post for post in _candidates(day) if len(_led(post, day)) > 1][:3]
    done = {"handed": 0, "deputised": 0, "closed": 0}
    if len(people) < 3:
        return done
    done["handed"] = _hand_over(stage, people[0].id, day, "retire", None, "到龄")
    done["deputised"] = _hand_over(stage, people[1].id, day, "leave", day + AWAY, "住院")
    firm = _led(people[2], day)[-1].enterprise_id
    enterprises.set_status(
        by=stage.by, now=moment(day, 9), enterprise_id=firm, status="closed", on=day, reason="搬迁注销"
    )
    return done | {"closed": 1}


def _candidates(day: date) -> list[Any]:
    rows = grid.posts(on=day).filter(kind__in=("village_principal", "township_safety"), valid_to=None)
    return list(rows.filter(is_office=False, person__user=None).order_by("id")[:200])


def _led(post: Any, day: date) -> list[Any]:
    rows = assignments.of_person(post.person_id, on=day)
    return [row for row in rows if row.part == "lead" and row.valid_to is None and row.enterprise.status == "operating"]


def _hand_over(stage: Stage, post: int, day: date, kind: str, until: date | None, note: str) -> int:
    """How many enterprises went over; none when nobody could take one of them."""
    offer = timeline_queries.offer(stage.by, post, on=day)
    if offer is None or offer.stuck:
        return 0
    takers = {line.enterprise.id: line.chosen for line in offer.lines if line.chosen}
    data = timeline.HandoverData(post, kind, day, takers, until, note, QUESTION)
    return timeline.hand_over(by=stage.by, now=moment(day, 8, 30), data=data).items.count()
