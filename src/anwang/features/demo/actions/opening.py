"""What the city's office of a demonstration has published: papers made here, a bulletin, a title to be asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from anwang.adapters.pdf import render_pdf
from anwang.domain.calendar import local_day
from anwang.domain.documents.tree import Disclosure, Document, Para, Title
from anwang.features.grid import queries as grid
from anwang.features.public import actions
from anwang.features.public.actions import PublicationData
from anwang.features.statistics import actions as papers

from .stage import ZONE, Stage

MADE = ("attachment2", "attachment4", "attachment6")
BULLETIN = (
    "全市企业安全生产包保督导工作情况通报（示例）",
    "各县区包保人员已全部签订承诺书，公示牌张贴到位。",
    "部分乡镇半月会商登记不够及时，请各级网格长督促。",
)


def publish_some(stage: Stage) -> dict[str, Any]:
    """Three attachments, a bulletin, one title 依申请公开. Returns how many."""
    day = local_day(stage.until)
    root = grid.root_unit(on=day)
    office = replace(stage.by, unit=root.code if root else stage.unit, name="市局办公室（示例）")
    for number, kind in enumerate(MADE):
        at = _at(day, 60 - number)
        made = papers.make_paper(by=office, now=at, kind=kind, unit=office.unit or 0, form="pdf", on=local_day(at))
        actions.publish_paper(by=office, now=at, paper_id=made.row.id)
    title, *paragraphs = BULLETIN
    page = Document("bulletin", title, (Title(title), *(Para(text) for text in paragraphs)))
    at = _at(day, 20)
    file = BytesIO(render_pdf(page, made_at=at))
    actions.publish_file(by=office, now=at, data=PublicationData(title, local_day(at)), file=file)
    asked = PublicationData("企业安全生产包保督导工作承诺书（全市）", local_day(at), Disclosure.ON_REQUEST)
    actions.publish_file(by=office, now=at, data=asked)
    return {"published": len(MADE) + 2}


def _at(day: date, days: int) -> datetime:
    """Ten o'clock, so many days before."""
    return datetime.combine(day - timedelta(days=days), time(10), tzinfo=ZONE)
