"""What people of a demonstration report: one that waits for a clerk, one that is handled, one that is over (三.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import Kind
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.reports import actions as reports
from anwang.features.reports import queries as cases
from anwang.features.reports.actions import Told

from .stage import Stage

#: Kind, own words, a clerk's words, days ago, question, result.
SAID = (
    (Kind.HAZARD, "俺们车间后门老是拿锁锁着，真着火了往哪儿跑", "车间安全出口长期上锁", 62, "",
     "已到现场核实，责令当场开锁并张贴常开标识，复核合格。"),
    (Kind.VIOLATION, "干电焊的好几个压根没证，老板说先干着", "部分电焊作业人员无证上岗", 12,
     "大致是哪个工段、哪个时段？", ""),
    (Kind.SUPERVISOR, "那个包保的一年到头没见着人，光打个电话就完了", "", 2, "", ""),
)  # fmt: skip


def confide(stage: Stage) -> dict[str, Any]:
    """Three reports about enterprises that have a supervisor and a desk above; where there is none, fewer."""
    firms = list(enterprises.operating().filter(is_demo=True).order_by("id")[:9:3])
    made = sum(_tell(stage, firm, number) for number, firm in enumerate(firms))
    reports.settle(by=stage.by, now=stage.until)
    return {"reports": made}


def _tell(stage: Stage, firm: Any, number: int) -> int:
    kind, own, other, ago, question, result = SAID[number]
    at = stage.until - timedelta(days=ago)
    nonce = str(UUID(int=stage.seed * 1000 + number))
    code = reports.file_report(by=stage.by, now=at, told=Told(nonce, firm.id, kind, own)).code
    row = cases.by_code(code)
    if row is None or not other:
        return 1
    clerk = _actor(cases.clerks(row, day=local_day(at)), row.clerk_unit, at)
    if clerk is None:
        return 1
    word = row.words.get().id
    reports.retell(by=clerk, now=at + timedelta(days=1), report_id=row.id, word_id=word, text=other)
    handler = _actor(cases.handlers(row, day=local_day(at)), row.handler_unit, at)
    if handler is None:
        return 1
    desk: dict[str, Any] = {"by": handler, "report_id": row.id}
    reports.accept(now=at + timedelta(days=2), **desk)
    if question:
        reports.ask(now=at + timedelta(days=3), text=question, **desk)
    if result:
        reports.close(now=at + timedelta(days=9), text=result, **desk)
    return 1


def _actor(people: list[int], unit: int, at: datetime) -> Actor | None:
    """The first of the people in their post at the unit."""
    day = local_day(at)
    post = grid.posts(on=day).filter(person_id__in=people, unit=unit).exclude(kind="principal").order_by("id").first()
    if post is None:
        return None
    leads = {row.post_id for rows in grid.leaders([unit], on=day).values() for row in rows}
    return grid.actor_of(post, user_id=None, leads=post.id in leads)
