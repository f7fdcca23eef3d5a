"""A photographed sheet of paper and a problem with photos, where records have photos: what a review pack shows (B2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from anwang.adapters.handed_in import Given
from anwang.adapters.sample_photos import sample_photo, sample_sheet
from anwang.domain.base import Actor, Refusal
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import Form
from anwang.domain.ladder.rules import ProblemKind
from anwang.features.duties import actions as duties
from anwang.features.duties.actions import ContactData
from anwang.features.grid import queries as grid
from anwang.features.paper import actions as paper
from anwang.features.paper.queries import Code
from anwang.features.problems import actions as problems
from anwang.features.problems.actions import ProblemData

from .noticing import visitors
from .stage import Stage

LINES = ("日期：见登记", "形式：电话", "内容：提醒雨雪天气用电安全，", "　　　核对灭火器压力。", "企业参加人：厂长")
NOTE = "提醒雨雪天气用电安全，核对灭火器压力（照纸质记录表登记）。"


def picture_some(stage: Stage) -> dict[str, Any]:
    """For the last enterprise that each of a few visited: a sheet that came back, and a blocked exit put right."""
    sheets = found = 0
    for person, visits in visitors(stage):
        last = visits[-1]
        by = grid.actor_in(None, last.post, now=stage.until) if last.post else None
        if by is not None and by.person_id == person:
            sheets += _sheet(stage, by, last.enterprise)
            found += _problem(stage, by, last.enterprise, person)
    return {"sheets": sheets, "problems": found}


def _sheet(stage: Stage, by: Actor, firm: int) -> int:
    """Photographed and sent back yesterday, recorded from it, filed."""
    at = stage.until - timedelta(days=1)
    code = Code(firm, by.person_id or 0, local_day(at))
    [received] = paper.receive_scans(by=by, now=at, files=[("督导记录表.jpg", sample_sheet(code.url, LINES))])
    if received.scan is None:
        return 0
    data = ContactData(
        client_id=received.scan.id, enterprise=firm, person=by.person_id or 0, form=Form.CALL,
        occurred_on=local_day(at), with_whom="厂长", note=NOTE, channel="paper",
    )  # fmt: skip
    try:
        duties.record_contact(by=by, now=at, data=data)
    except Refusal:
        return 0  # whoever visited supervises it no more: the sheet waits to be looked at
    return paper.file_scans(by=by, now=at)


def _problem(stage: Stage, by: Actor, firm: int, person: int) -> int:
    photos = tuple(Given(f"现场{n}.jpg", sample_photo(person * 10 + n)) for n in (5, 6))
    data = ProblemData(
        firm, ProblemKind.OTHER, "安全出口堆放杂物", spot="一车间北门", measures="清理并划线", files=photos
    )
    problems.report(by=by, now=stage.until - timedelta(days=2), data=data)
    return 1
