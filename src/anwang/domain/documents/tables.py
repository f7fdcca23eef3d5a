"""The lists of the notice: 一乡镇一张表, 一县区一名册 (三.1) and the statistics table (附件5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from anwang.domain.documents.tree import (
    Align,
    AttachmentMark,
    Block,
    Cell,
    Column,
    Disclosure,
    Document,
    Kind,
    Paper,
    Para,
    Strip,
    Table,
    Template,
    Title,
)
from anwang.domain.documents.wording import chinese_date

_C, _CODE, _DATE = Align.CENTER, Kind.CODE, Kind.DATE


@dataclass(frozen=True, slots=True)
class Binding:
    """One enterprise with the official who supervises it: a row of every list below.

    `workers` None and empty text mean unknown; dates None mean not yet done.
    """

    enterprise: str
    credit_code: str = ""
    county: str = ""
    township: str = ""
    village: str = ""
    address: str = ""
    industry: str = ""
    workers: int | None = None
    principal: str = ""
    principal_phone: str = ""
    safety_officer: str = ""
    safety_phone: str = ""
    major_hazard: str = ""
    grade: str = ""
    level: str = ""
    supervisor: str = ""
    supervisor_unit: str = ""
    supervisor_post: str = ""
    supervisor_phone: str = ""
    grid: str = ""
    grid_leader: str = ""
    signed_on: date | None = None
    published_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListHead:
    """Whose list it is and who made it when."""

    unit: str
    made_by: str
    made_on: date
    grid_leader: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A volume of a list too long for one file: its first running number, and how many rows the whole list has."""

    first: int
    of: int


# Field of Binding, header, width in mm, alignment, kind. "" is the running number.
_Spec = tuple[str, str, float, Align, Kind]
_SERIAL: _Spec = ("", "序号", 9, _C, Kind.NUMBER)
_TEXT = Kind.TEXT

STATISTICS: tuple[_Spec, ...] = (
    _SERIAL,
    ("county", "县区", 11.5, _C, _TEXT),
    ("township", "乡镇", 14, _C, _TEXT),
    ("village", "村居", 16, _C, _TEXT),
    ("enterprise", "企业名称", 31, Align.LEFT, _TEXT),
    ("credit_code", "统一社会信用代码", 31, _C, _CODE),
    ("address", "生产经营地址", 29, Align.LEFT, _TEXT),
    ("industry", "行业", 12, _C, _TEXT),
    ("workers", "从业人数", 9.5, Align.RIGHT, Kind.NUMBER),
    ("principal", "企业主要负责人", 12, _C, _TEXT),
    ("principal_phone", "联系电话", 19, _C, _CODE),
    ("safety_officer", "安全负责人", 12, _C, _TEXT),
    ("safety_phone", "联系电话", 19, _C, _CODE),
    ("major_hazard", "重大危险源", 10, _C, _TEXT),
    ("grade", "风险等级", 12.5, _C, _TEXT),
    ("level", "包保级别", 10.5, _C, _TEXT),
    ("supervisor", "包保人", 12, _C, _TEXT),
    ("supervisor_unit", "单位", 20, Align.LEFT, _TEXT),
    ("supervisor_post", "职务", 13, _C, _TEXT),
    ("supervisor_phone", "联系电话", 19, _C, _CODE),
    ("grid", "所属网格", 16, _C, _TEXT),
    ("grid_leader", "网格长", 12, _C, _TEXT),
    ("signed_on", "承诺书签订日期", 16, _C, _DATE),
    ("published_on", "公示日期", 16, _C, _DATE),
    ("note", "备注", 15.5, Align.LEFT, _TEXT),
)

TOWNSHIP: tuple[_Spec, ...] = (
    _SERIAL,
    ("village", "村居", 20, _C, _TEXT),
    ("enterprise", "企业名称", 42, Align.LEFT, _TEXT),
    ("industry", "行业", 15, _C, _TEXT),
    ("grade", "风险等级", 16, _C, _TEXT),
    ("principal", "企业主要负责人", 16, _C, _TEXT),
    ("principal_phone", "联系电话", 24, _C, _CODE),
    ("level", "包保级别", 13, _C, _TEXT),
    ("supervisor", "包保人", 15, _C, _TEXT),
    ("supervisor_unit", "单位", 28, Align.LEFT, _TEXT),
    ("supervisor_phone", "联系电话", 24, _C, _CODE),
    ("grid_leader", "网格长", 15, _C, _TEXT),
    ("note", "备注", 20, Align.LEFT, _TEXT),
)

COUNTY: tuple[_Spec, ...] = (
    _SERIAL,
    ("township", "乡镇（街道）", 19, _C, _TEXT),
    ("village", "村居", 18, _C, _TEXT),
    ("enterprise", "企业名称", 38, Align.LEFT, _TEXT),
    ("credit_code", "统一社会信用代码", 38, _C, _CODE),
    ("industry", "行业", 14, _C, _TEXT),
    ("grade", "风险等级", 16, _C, _TEXT),
    ("principal", "企业主要负责人", 16, _C, _TEXT),
    ("level", "包保级别", 12, _C, _TEXT),
    ("supervisor", "包保人", 14, _C, _TEXT),
    ("supervisor_unit", "单位", 28, Align.LEFT, _TEXT),
    ("supervisor_post", "职务", 18, _C, _TEXT),
    ("supervisor_phone", "联系电话", 23, _C, _CODE),
)


def binding_table(specs: Sequence[_Spec], rows: Iterable[Binding], *, empty: str, size: float, first: int = 1) -> Table:
    """The rows as a table, one column for each spec entry, numbered from `first`."""
    return Table(
        columns=tuple(Column(header, width, align, kind) for _, header, width, align, kind in specs),
        rows=tuple(_cells(specs, serial, row) for serial, row in enumerate(rows, first)),
        empty=empty,
        size=size,
    )


def _cells(specs: Sequence[_Spec], serial: int, row: Binding) -> tuple[Cell, ...]:
    return tuple(_cell(name, getattr(row, name)) if name else serial for name, *_ in specs)


def _cell(name: str, value: Cell) -> Cell:
    """Several telephone numbers of one person stand below each other."""
    return str(value).replace("、", "\n") if name.endswith("_phone") else value


def township_table(head: ListHead, rows: Sequence[Binding], *, part: Part | None = None) -> Document:
    """一乡镇一张表: the enterprises of a township with their supervisors, A4 across (三.1)."""
    table = _numbered(TOWNSHIP, rows, part, empty="本乡镇（街道）暂无包保企业", size=9)
    return _list_document("township_table", f"{head.unit}企业安全生产包保督导一张表", head, rows, table, part=part)


def county_roster(head: ListHead, rows: Sequence[Binding], *, part: Part | None = None) -> Document:
    """一县区一名册: the enterprises of a county with their supervisors, A4 across (三.1)."""
    year = f"{head.year}年" if head.year else ""
    table = _numbered(COUNTY, rows, part, empty="本县区暂无包保企业", size=9)
    title = f"{head.unit}{year}企业安全生产包保督导名册"
    return _list_document("county_roster", title, head, rows, table, part=part)


def statistics_table(
    head: ListHead, rows: Sequence[Binding], *, title: str, mark: str = "附件5", part: Part | None = None
) -> Document:
    """附件5, all twenty-five columns, A3 across; filed by the counties by 15 March (三.1)."""
    table = _numbered(STATISTICS, rows, part, empty="本单位暂无包保企业，零报告", size=7)
    return _list_document("statistics_table", title, head, rows, table, mark=mark, paper=Paper.A3, part=part)


def _numbered(specs: Sequence[_Spec], rows: Sequence[Binding], part: Part | None, *, empty: str, size: float) -> Table:
    return binding_table(specs, rows, empty=empty, size=size, first=part.first if part else 1)


def _list_document(
    kind: str,
    title: str,
    head: ListHead,
    rows: Sequence[Binding],
    table: Table,
    *,
    mark: str = "",
    paper: Paper = Paper.A4,
    part: Part | None = None,
) -> Document:
    blocks: list[Block] = [AttachmentMark(mark)] if mark else []
    made = f"制表单位：{head.made_by}　　制表日期：{chinese_date(head.made_on)}"
    blocks += [
        Title(title),
        Strip(made if not mark else f"填报单位（盖章）：{head.unit}　　{made}", _summary(rows, part)),
        table,
        Para("　　　　　　　　　　".join(_closing(head)), indent=False, size=10.5),
    ]
    return Document(
        kind=kind,
        title=title,
        blocks=tuple(blocks),
        disclosure=Disclosure.CLOSED,
        template=Template.TABLE,
        paper=paper,
        landscape=True,
        size=10.5,
        author=head.made_by,
    )


def _summary(rows: Sequence[Binding], part: Part | None = None) -> str:
    """共 n 家, by grade from the worst; a volume says which numbers it holds."""
    if part:
        return f"共{part.of}家，本册第{part.first}—{part.first + len(rows) - 1}家"
    grades = Counter(row.grade for row in rows if row.grade)
    order = ("重大风险", "较大风险", "一般风险", "低风险")
    known = sorted(grades, key=lambda grade: order.index(grade) if grade in order else len(order))
    parts = "，".join(f"{grade}{grades[grade]}家" for grade in known)
    return f"共{len(rows)}家" + (f"：{parts}" if parts else "")


def _closing(head: ListHead) -> tuple[str, ...]:
    leader = f"网格长：{head.grid_leader}" if head.grid_leader else "网格长"
    return (leader + "（签字）", "审核人：", "制表人：")
