"""交接清单: what one person gives to another, signed by both and by the leader (二.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anwang.domain.documents.tree import (
    Align,
    Block,
    Column,
    Disclosure,
    Document,
    Heading,
    KeyValue,
    KeyValues,
    Kind,
    Para,
    Signatures,
    Signer,
    Strip,
    Table,
    Template,
    Title,
)

TITLE = "企业安全生产包保督导工作交接清单"
FIRMS = (
    Column("序号", 10, Align.RIGHT, Kind.NUMBER),
    Column("企业", 52),
    Column("风险等级", 18, Align.CENTER),
    Column("主要负责人", 20),
    Column("未完成职责", 20, Align.RIGHT, Kind.NUMBER),
    Column("最近一次联系", 50),
)
DUTIES = (
    Column("序号", 10, Align.RIGHT, Kind.NUMBER),
    Column("企业", 60),
    Column("职责", 40),
    Column("周期", 34),
    Column("截止日期", 26, Align.CENTER, Kind.DATE),
)


PROBLEMS = (
    Column("序号", 10, Align.RIGHT, Kind.NUMBER),
    Column("企业", 60),
    Column("问题", 50),
    Column("状态", 24),
    Column("下一步期限", 26, Align.CENTER, Kind.DATE),
)


@dataclass(frozen=True, slots=True)
class GivenFirm:
    """One enterprise of the list; `last` says what was done last."""

    name: str
    grade: str
    principal: str
    duties: int
    last: str


@dataclass(frozen=True, slots=True)
class GivenDuty:
    """One duty that is still open, with the day until which the taker has time."""

    enterprise: str
    rule: str
    period: str
    due: date


@dataclass(frozen=True, slots=True)
class GivenProblem:
    """One open problem that the taker follows to its end from now on, with the last day of whoever is next."""

    enterprise: str
    title: str
    state: str
    due: date | None


@dataclass(frozen=True, slots=True)
class HandoverList:
    """Who gives what to whom; `posts` are (giver's, taker's) titles with their units."""

    giver: str
    taker: str
    posts: tuple[str, str]
    kind: str
    on: date
    until: date | None
    unit: str
    firms: Sequence[GivenFirm]
    duties: Sequence[GivenDuty]
    problems: Sequence[GivenProblem] = ()
    open_questions: str = ""
    made_on: date | None = None
    number: str = ""


def handover_list(given: HandoverList) -> Document:
    """One list for one taker; both sign, the leader or office watches over it."""
    days = f"{given.on:%Y-%m-%d}" + (f" 至 {given.until:%Y-%m-%d}（返岗）" if given.until else "")
    about = KeyValues(
        (
            KeyValue("移交人", given.giver), KeyValue("职务", given.posts[0]),
            KeyValue("接收人", given.taker), KeyValue("职务", given.posts[1]),
            KeyValue("交接原因", given.kind), KeyValue("交接日期", days),
        ),
    )  # fmt: skip
    firms = tuple((n, f.name, f.grade, f.principal, f.duties, f.last) for n, f in enumerate(given.firms, 1))
    duties = tuple((n, d.enterprise, d.rule, d.period, d.due) for n, d in enumerate(given.duties, 1))
    problems = tuple((n, p.enterprise, p.title, p.state, p.due) for n, p in enumerate(given.problems, 1))
    blocks: tuple[Block, ...] = (
        Strip(given.number, given.unit),
        Title(TITLE),
        about,
        Heading(1, f"移交企业（{len(firms)} 家）"),
        Table(FIRMS, firms, empty="没有移交的企业"),
        Heading(1, f"未完成的职责（{len(duties)} 项）"),
        Table(DUTIES, duties, empty="没有未完成的职责"),
        Heading(1, f"跟踪的问题（{len(problems)} 个）"),
        Table(PROBLEMS, problems, empty="没有未办结的问题"),
        Heading(1, "未了事项"),
        Para(given.open_questions or "无。"),
        Para("承诺书由接收人重新签署，公示牌按接收人重新张贴。移交前已到期的职责仍由移交人负责。"),
        Signatures(tuple(Signer(((f"{who}签字：", ""),), "年　月　日") for who in ("移交人", "接收人", "监交人"))),
    )
    return Document(
        kind="handover_list", title=TITLE, number=given.number, blocks=blocks, disclosure=Disclosure.CLOSED,
        template=Template.TABLE, size=10.5, author=given.unit,
    )  # fmt: skip
