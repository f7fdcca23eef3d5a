"""A sheet of answers against the library: what each row would do, and every doubt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anwang.adapters.xlsx.reader import read_sheet
from anwang.domain.base import Actor, gettext_noop
from anwang.domain.roster.rows import Row, RowSet
from anwang.domain.roster.spec import Field, Kind, SheetSpec

from ..models import Entry, EntryState
from .rules import review_day

ENTRIES = SheetSpec(
    name="entries",
    title=gettext_noop("常用解答"),
    fields=(
        Field("title", "标题", synonyms=("问题", "题目"), required=True, max_length=120, example="示例：动火由谁审批"),
        Field("text", "解答", synonyms=("内容", "答复", "解答内容"), required=True, max_length=4000,
              example="按作业级别由车间、安全部门或分管负责人审批。"),
        Field("source", "依据", synonyms=("来源", "文件条款", "文件依据"), required=True, max_length=200,
              example="GB 30871—2022 第5条"),
        Field("review_on", "复核日期", Kind.DATE, ("复核时间",), example="2027-11-24",
              hint=gettext_noop("不填按方案规定的月数")),
    ),
    anchors=("title", "text"),
    key="title",
    guide=(
        gettext_noop("解答中不要写企业名称、人名和电话。"),
        gettext_noop("同名标题再次导入时更新内容，不重复增加。"),
    ),
)  # fmt: skip


@dataclass(slots=True)
class EntryPlan:
    """What one row would do: added, changed, unchanged or error."""

    row: Row
    title: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    do: str = "error"


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """The rows with what they would do for the library of a unit."""

    unit: int
    rows: list[EntryPlan]
    sheet: RowSet

    @property
    def counts(self) -> dict[str, int]:
        """rows, added, changed, unchanged, errors."""
        done = Counter(plan.do for plan in self.rows)
        return {"rows": len(self.rows), "added": done["added"], "changed": done["changed"],
                "unchanged": done["unchanged"], "errors": done["error"]}  # fmt: skip


def plan_entries(data: bytes, *, by: Actor, unit: int, on: date) -> EntrySheet:
    """Read a sheet and compare it with the library of a unit. Touches nothing."""
    sheet = read_sheet(data, ENTRIES)
    known = {row.title: row for row in Entry.objects.filter(unit=unit)}
    return EntrySheet(unit, [_plan(row, known, on) for row in sheet.rows], sheet)


def _plan(row: Row, known: dict[str, Entry], on: date) -> EntryPlan:
    if not row.ok:
        return EntryPlan(row)
    values: dict[str, Any] = {"text": row.text("text"), "source": row.text("source")}
    title = row.text("title")
    before = known.get(title)
    # A sheet that names no day leaves the day that stands.
    values["review_on"] = row["review_on"] or (before.review_on if before else review_day(on))
    same = before is not None and before.state == EntryState.PUBLISHED
    same = same and all(getattr(before, name) == value for name, value in values.items())
    return EntryPlan(row, title, values, "unchanged" if same else "changed" if before else "added")
