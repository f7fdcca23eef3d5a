"""The notice sheet in the enterprise's notice board (三.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.documents.tree import QR, Document, KeyValue, KeyValues, Paper, Para, Strip, Template, Title
from anwang.domain.documents.wording import chinese_date

TITLE = "企业安全生产包保督导公示牌"


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """What the board tells: office telephones only, never a private number.

    `report_url` opens the page for verifying the sheet and reporting hazards or the supervisor.
    """

    enterprise: str
    supervisor: str
    unit: str
    post: str
    office_phone: str
    supervision_phone: str
    report_url: str
    grade: str = ""
    grid: str = ""
    grid_leader: str = ""
    publisher: str = ""
    published_on: date | None = None
    number: str = ""


def notice_sheet(sheet: NoticeSheet, *, paper: Paper = Paper.A4) -> Document:
    """公示牌 on A4 or A3, in big type; the code leads to verification and public reporting."""
    pairs = (
        KeyValue("安全专员", sheet.supervisor),
        KeyValue("单　　位", sheet.unit),
        KeyValue("职　　务", sheet.post),
        KeyValue("联系电话", sheet.office_phone),
        KeyValue("监督电话", sheet.supervision_phone),
        KeyValue("所属网格", sheet.grid),
        KeyValue("网 格 长", sheet.grid_leader),
    )
    return Document(
        kind="notice_sheet",
        title=TITLE,
        number=sheet.number,
        blocks=(
            Strip("", sheet.number),
            Title(TITLE, sheet.enterprise),
            KeyValues(tuple(pair for pair in pairs if pair.value), columns=1),
            QR(sheet.report_url, "微信扫一扫：核验本牌　举报隐患　监督服务", 46),
            Para("安全专员代表政府部门开展督导和服务，不收取任何费用，不干扰正常生产经营。欢迎职工群众监督。"),
            Para(f"{sheet.publisher}　{chinese_date(sheet.published_on)}".strip()),
        ),
        template=Template.POSTER,
        paper=paper,
        author=sheet.publisher,
    )
