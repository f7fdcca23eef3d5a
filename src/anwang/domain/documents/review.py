"""事故倒查材料包: who was responsible on the day, what was due and done, and the proof that nothing was rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from anwang.domain.documents.album import Album, album
from anwang.domain.documents.tree import (
    QR,
    Align,
    Block,
    Column,
    Disclosure,
    Document,
    Heading,
    KeyValue,
    KeyValues,
    Kind,
    PageBreak,
    Para,
    Strip,
    Table,
    Template,
    Title,
    cell_text,
)

TITLE = "事故倒查材料包"
MARK = "内部"
Row = tuple[str | int | date | None, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The audit chain: (chain, length, head, faults found now) of each chain, and the events that speak of this."""

    chains: Sequence[tuple[int, int, str, int]]
    events: Sequence[tuple[int, int, datetime, str, str, str, str]]
    checked_at: datetime

    @property
    def whole(self) -> bool:
        return not any(faults for *_rest, faults in self.chains)


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """What the pack says. Rows are as wide as their tables' columns below."""

    number: str
    enterprise: str
    code: str
    address: str
    on: date
    status: str
    grade: str
    place: str
    unit: str
    made_by: str
    made_at: datetime
    people: Sequence[Row]
    line: Sequence[Row]
    terms: Sequence[Row]
    duties: Sequence[Row]
    counts: dict[str, int]
    records: Sequence[Row]
    papers: Sequence[Row]
    grades: Sequence[Row]
    handovers: Sequence[Row]
    policy: Sequence[tuple[str, str]]
    proof: Proof
    answers: Sequence[Row] = ()
    problems: Sequence[Row] = ()
    album: Album = field(default_factory=Album)
    verify_url: str = ""
    known: dict[str, int] = field(default_factory=dict)


def _text(header: str, width: float) -> Column:
    return Column(header, width)


def _day(header: str, width: float = 22) -> Column:
    return Column(header, width, Align.CENTER, Kind.DATE)


PEOPLE = (_text("责任人", 24), _text("类别", 22), _text("单位职务", 60), _day("起"), _day("止"), _text("登记于", 24))
LINE = (_text("网格", 50), _text("网格长", 60), _text("包联", 60))
TERMS = (*PEOPLE[:5], _text("结束原因", 36))
DUTIES = (
    _text("职责", 52), _text("责任人", 28), _day("起算", 20), _day("截止", 20), _text("结果", 30), _day("完成于", 20),
)  # fmt: skip
RECORDS = (_day("日期", 20), _text("形式", 20), _text("登记人", 28), _text("对象", 26), _text("计入的职责", 44),
           _text("收到", 30))  # fmt: skip
ANSWERS = (_day("日期"), _text("形式", 20), _text("登记人", 24), _text("所填内容", 106))
PAPERS = (_text("文书", 22), _text("责任人", 24), _day("签署或张贴"), _text("登记于", 30), _text("作废于", 30),
          _text("方式或位置", 40))  # fmt: skip
GRADES = (_day("起"), _day("止"), _text("等级", 20), _text("判定理由", 100))
HANDOVERS = (_text("时间", 30), _text("事项", 60), _text("由谁到谁", 44), _text("原因", 40))
PROBLEMS = (_day("发现", 20), _text("问题", 44), _text("类别", 22), _text("事故当日办到", 40), _text("现在", 24),
            _text("跟踪人", 22))  # fmt: skip
EVENTS = (_text("链/序号", 26), _text("时间", 28), _text("行为", 30), _text("对象", 28), _text("摘要值 SHA-256", 58))


def review_pack(pack: ReviewPack) -> Document:
    """The cover, nine parts, the proof and how to check it, the pictures."""
    blocks: list[Block] = [*_cover(pack), PageBreak()]
    blocks += _part("当日责任人", PEOPLE, pack.people, "当日没有包保人。", _known(pack))
    blocks += [Para("上级网格："), Table(LINE, tuple(pack.line), empty="没有登记网格长和包联", size=9)]
    blocks += _part("历任包保人及任期", TERMS, pack.terms, "没有包保关系。")
    blocks += _part("事故前一年应尽职责", DUTIES, pack.duties, "没有应尽职责。", _counted(pack.counts))
    blocks += _part("联系督导记录", RECORDS, pack.records, "没有联系督导记录。")
    blocks += _answers(pack.answers)
    blocks += _part("问题及办理", PROBLEMS, pack.problems, "没有登记的问题。")
    blocks += _part("承诺书和公示", PAPERS, pack.papers, "没有承诺书和公示。")
    blocks += _part("风险等级及理由", GRADES, pack.grades, "没有风险等级。")
    blocks += _part("交接和移交", HANDOVERS, pack.handovers, "没有交接。")
    blocks += [Heading(1, "执行的规定"), KeyValues(tuple(KeyValue(*each) for each in pack.policy), columns=1)]
    blocks += [*_proof(pack.proof), *album(pack.album)]
    return Document(
        kind="review_pack", title=f"{TITLE}（{pack.enterprise}，{pack.on}）", number=pack.number, blocks=tuple(blocks),
        disclosure=Disclosure.CLOSED, template=Template.TABLE, size=10.5, author=pack.unit,
    )  # fmt: skip


def _cover(pack: ReviewPack) -> list[Block]:
    about = (
        KeyValue("企业", pack.enterprise, wide=True), KeyValue("统一社会信用代码", pack.code),
        KeyValue("事故日期", cell_text(pack.on)), KeyValue("地址", pack.address, wide=True),
        KeyValue("当日经营状态", pack.status), KeyValue("当日风险等级", pack.grade),
        KeyValue("当日所在网格", pack.place, wide=True), KeyValue("调取单位", pack.unit),
        KeyValue("调取人", pack.made_by), KeyValue("调取时间", f"{pack.made_at:%Y-%m-%d %H:%M}"),
        KeyValue("标识", MARK),
    )  # fmt: skip
    whole = "完整，未发现改动" if pack.proof.whole else "有断点，见“审计链证明”"
    blocks: list[Block] = [
        Strip(pack.number, MARK), Title(TITLE, pack.enterprise), KeyValues(about),
        Para("本材料由系统按登记原样生成，只列事实，不作责任认定。“登记于”“收到”是系统收到的时间，早于或晚于事实发生的日期都照原样列出；"
             "撤回、更正的记录保留并注明。"),
        Para(f"生成时已核对审计链：{whole}（{pack.proof.checked_at:%Y-%m-%d %H:%M:%S}）。"),
    ]  # fmt: skip
    if pack.verify_url:
        blocks.append(QR(pack.verify_url, "扫码核验本材料编号", 30))
    return blocks


def _part(name: str, columns: tuple[Column, ...], rows: Sequence[Row], empty: str, note: str = "") -> list[Block]:
    blocks: list[Block] = [Heading(1, name)]
    if note:
        blocks.append(Para(note))
    return [*blocks, Table(columns, tuple(rows), empty=empty, size=9)]


def _known(pack: ReviewPack) -> str:
    late = pack.known.get("late", 0)
    return f"其中 {late} 条在事故之后才登记。" if late else "以下内容在事故当日结束前均已登记。"


def _counted(counts: dict[str, int]) -> str:
    names = (("due", "应尽"), ("done", "按时完成"), ("late", "逾期完成"), ("missed", "逾期未完成"), ("waived", "免除"),
             ("open", "当日未到期"), ("after", "事故之后才登记的完成"))  # fmt: skip
    said = "，".join(f"{label} {counts.get(key, 0)} 项" for key, label in names if key == "due" or counts.get(key))
    return f"{said}。" if counts.get("due") else ""


def _answers(answers: Sequence[Row]) -> list[Block]:
    return [Heading(2, "记录的内容"), Table(ANSWERS, tuple(answers), size=9)] if answers else []


def _proof(proof: Proof) -> list[Block]:
    chains = tuple(
        (f"{chain:06d}", length, head, "完整" if not faults else f"{faults} 处断点")
        for chain, length, head, faults in proof.chains
    )
    columns = (
        _text("链", 20),
        Column("条数", 20, Align.RIGHT, Kind.NUMBER),
        _text("链头摘要值", 110),
        _text("核对", 20),
    )
    events = tuple(
        (f"{chain:06d}/{seq}", f"{at:%Y-%m-%d %H:%M}", action, target, digest)
        for chain, seq, at, action, target, _actor, digest in proof.events
    )
    return [
        Heading(1, "审计链证明"),
        Para("每条登记写入时，其摘要值由前一条的摘要值和本条全部内容用 SHA-256 算出，"
             "改动、删除、插入任何一条，其后全部对不上。下表链头可与此前任何一次打印或抄存的链头对照。"),
        Table(columns, chains, size=8),
        Para(f"与本企业、本材料有关的登记（{len(events)} 条）："),
        Table(EVENTS, events, empty="没有相关登记", size=7.5),
        Heading(1, "如何核对"),
        Para("在服务器上运行 anwang verify，核对全部审计链；运行 "
             "anwang audit prove --chain 链 --seq 序号 --digest 摘要值，"
             "核对某一条仍是打印时的那一条，并证明它到链头没有断点。"),
    ]  # fmt: skip
