"""A sheet of tasks: one row a task, with whom each reaches and every doubt (附件4.8)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from anwang.adapters.xlsx.reader import read_sheet
from anwang.domain.base import Actor, Grade, Refusal, Territory, gettext_noop
from anwang.domain.base import Reason as Why
from anwang.domain.grid.codes import level_of, unit_range
from anwang.domain.roster.headers import column_letters
from anwang.domain.roster.rows import CellFault, Row, RowSet
from anwang.domain.roster.spec import Field, Kind, SheetSpec
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import Mode
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Task
from .reach import Reach, posts_in_reach, reach
from .visible import LINE

ALL_BELOW = frozenset({"全部", "全部下级", "所有", "所有下级", "ALL"})
#: So many tasks may be issued by one sheet.
MOST_TASKS = 10_000
_APART = re.compile(r"[、，,;；\n]+")


def task_spec(*, own: bool = False) -> SheetSpec:
    """The columns; one of the three ways of naming whom it reaches. `own`: of one who arranges for the own unit only,
    which need not be named."""
    policy = policies.current()
    modes = (("每人", Mode.ALL.value), ("全部", Mode.ALL.value), ("任一", Mode.ANY.value), ("一人", Mode.ANY.value))
    grades = tuple((policy.grade_name(grade), grade.value) for grade in Grade)
    industries = tuple((each.name, each.code) for each in policy.industries)
    return SheetSpec(
        name="tasks", title=gettext_noop("临时任务表"),
        fields=(
            Field("title", "任务名称", synonyms=("任务", "名称"), required=True, max_length=120,
                  example="示例：寒潮安全提醒"),
            Field("requirement", "要求", synonyms=("任务要求", "内容"), required=True, max_length=4000,
                  example="提醒企业主要负责人做好防冻和值守"),
            Field("due", "完成期限", Kind.DATE, ("截止日期", "总完成期限", "时限"), True, example="2026-12-10"),
            Field("due_time", "钟点", synonyms=("截止时间",), max_length=5, example="17:00"),
            Field("unit", "下达单位", synonyms=("下达网格",), required=not own, max_length=80,
                  example="" if own else "临沂市",
                  hint=gettext_noop("不填即本单位") if own else gettext_noop("名称或 12 位代码")),
            Field("mode", "完成方式", Kind.CHOICE, words=modes, example="每人"),
            Field("units", "承办网格", synonyms=("承办单位",), max_length=2000, example="兰山区、罗庄区",
                  hint=gettext_noop("名称或代码，用顿号隔开；“全部”指所有下级")),
            Field("people", "承办人员", synonyms=("承办人",), max_length=2000,
                  hint=gettext_noop("姓名，用顿号隔开；须在下达单位辖区内，不能有重名")),
            Field("area", "企业所在网格", max_length=80, hint=gettext_noop("按企业筛选时填，交给主包保人")),
            Field("grades", "风险等级", Kind.CHOICES, words=grades),
            Field("industries", "行业", Kind.CHOICES, words=industries),
        ),
        anchors=("title",),
        guide=(
            gettext_noop("一行一项任务；承办网格、承办人员、按企业筛选三种方式选一种。"),
            gettext_noop("同一单位下达的同名、同期限的任务只下达一次；灰色示例行不会导入。"),
        ),
    )  # fmt: skip


@dataclass(slots=True)
class TaskPlan:
    """What one row states, resolved: who arranges it and whom it reaches. `known`: issued before."""

    row: Row
    by: Actor | None = None
    targets: dict[str, Any] = field(default_factory=dict)
    mode: Mode = Mode.ALL
    due_time: time | None = None
    reach: Reach = field(default_factory=Reach)
    known: bool = False

    @property
    def key(self) -> tuple[int, str, Any]:
        """Of one unit one task of a name with a deadline."""
        return (self.by.unit or 0 if self.by else 0), self.row.text("title"), self.row["due"]

    @property
    def do(self) -> str:
        if self.known:
            return "unchanged"
        return "issued" if self.row.ok else "error"


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """The rows with whom they reach, and the sheet itself for marking errors."""

    rows: list[TaskPlan]
    sheet: RowSet

    @property
    def counts(self) -> dict[str, int]:
        """rows, issued, unchanged, errors, receipts."""
        done = Counter(plan.do for plan in self.rows)
        receipts = sum(len(plan.reach.to) for plan in self.rows if plan.do == "issued")
        return {"rows": len(self.rows), "issued": done["issued"], "unchanged": done["unchanged"],
                "errors": done["error"], "receipts": receipts}  # fmt: skip


def plan_tasks(data: bytes, *, by: Actor, on: date, own: bool = False) -> TaskSheet:
    """Read a sheet of tasks and find out whom each reaches. Touches nothing. `own`: all for the actor's own unit.

    Refusals: those of the file and its header, sheet_long.
    """
    sheet = read_sheet(data, task_spec(own=own))
    if len(sheet.rows) > MOST_TASKS:
        text = gettext_noop("这张表有 %(rows)s 项任务，一次最多下达 %(most)s 项，请分几张表上传。")
        raise Refusal("sheet_long", text, rows=len(sheet.rows), most=MOST_TASKS)
    reader = _Reader(sheet, by, on, own)
    return TaskSheet([reader.read(row) for row in sheet.rows], sheet)


def sheet_rows(plan: TaskSheet, *, most: int) -> list[dict[str, Any]]:
    """The rows for looking at, the faulty first: each fault with the column's letter and title."""
    rows = sorted(plan.rows, key=lambda each: (each.do != "error", not (each.row.faults or each.reach.missed),
                                               each.row.line))  # fmt: skip
    fields = task_spec(own=True).by_name
    return [
        {"plan": each, "line": each.row.line, "title": each.row.text("title"), "due": each.row["due"],
         "faults": [(column_letters(fault.column), fields[fault.field].label if fault.field in fields else "",
                     fault.reason)
                    for fault in each.row.faults]}
        for each in rows[:most]
    ]  # fmt: skip


def acting_for(by: Actor, unit: int) -> Actor:
    """The operator in the place of a unit: no wider than its territory."""
    territory = Territory((unit_range(unit),))
    return replace(by, roles=LINE, unit=unit, level=level_of(unit), territory=territory)


class _Reader:
    """Resolves units and people of rows; what is named again and again is asked for once."""

    def __init__(self, sheet: RowSet, by: Actor, on: date, own: bool) -> None:
        self.sheet, self.by, self.on, self.own = sheet, by, on, own
        self.lines: dict[tuple[int, str, Any], int] = {}
        self._units_named: dict[tuple[int | None, str], list[Any]] = {}
        self._people_named: dict[tuple[int | None, str], list[int]] = {}
        self._reached: dict[str, Reach] = {}
        self._issued: dict[int, set[tuple[int, str, Any]]] = {}

    def read(self, row: Row) -> TaskPlan:
        plan = TaskPlan(row, mode=Mode(row["mode"] or Mode.ALL))
        plan.by = self._arranger(row)
        if plan.by is None or not row.ok:
            return plan
        self._times(plan)
        self._targets(plan)
        if not row.ok:
            return plan
        plan.known = plan.key in self._known(plan.by.unit or 0)
        plan.reach = self._reach(plan)
        if not plan.reach.to and not plan.known:
            text = gettext_noop("按这一行的选择没有人会收到任务，请换承办网格、人员或筛选条件。")
            self._fault(row, "units", "nobody_reached", text)
        elif self.lines.setdefault(plan.key, row.line) != row.line:
            text = gettext_noop("与第 %(line)s 行是同一项任务（同名、同期限），请删去一行或改名。")
            self._fault(row, "title", "task_twice", text, line=self.lines[plan.key])
        return plan

    def _arranger(self, row: Row) -> Actor | None:
        if not self.own:
            unit = self._unit(row, "unit", self.by)
            return acting_for(self.by, unit) if unit is not None else None
        if row.text("unit") and self._unit(row, "unit", self.by) not in (None, self.by.unit):
            text = gettext_noop("网页上传只能以本单位的名义下达，请清空这一格，或由那个单位的人员上传。")
            self._fault(row, "unit", "unit_not_own", text)
        return self.by

    def _known(self, unit: int) -> set[tuple[int, str, Any]]:
        """What the unit has issued and not withdrawn, of deadlines that are still to come."""
        if unit not in self._issued:
            rows = Task.objects.filter(unit=unit, due__gte=self.on, state__in=[Stage.ISSUED, Stage.FINISHED])
            self._issued[unit] = {(unit, *each) for each in rows.values_list("title", "due")}
        return self._issued[unit]

    def _reach(self, plan: TaskPlan) -> Reach:
        assert plan.by is not None
        key = f"{plan.by.unit} {json.dumps(plan.targets, sort_keys=True)}"
        if key not in self._reached:
            self._reached[key] = reach(plan.targets, by=plan.by, on=self.on)
        return self._reached[key]

    def _times(self, plan: TaskPlan) -> None:
        row = plan.row
        if row["due"] < self.on:
            self._fault(row, "due", "due_past", gettext_noop("完成期限 %(due)s 已经过去，请改为今天或以后。"),
                        due=row["due"])  # fmt: skip
        if text := row.text("due_time").replace("：", ":"):
            try:
                plan.due_time = time.fromisoformat(text.zfill(5))
            except ValueError:
                self._fault(row, "due_time", "bad_time", gettext_noop("钟点应写成 17:00。"))

    def _targets(self, plan: TaskPlan) -> None:
        row = plan.row
        firms = bool(row.text("area") or row["grades"] or row["industries"])
        if sum(map(bool, (row.text("units"), row.text("people"), firms))) != 1:
            text = gettext_noop("承办网格、承办人员、按企业筛选三种方式选一种填写。")
            return self._fault(row, "units", "targets_one", text)
        if row.text("units"):
            plan.targets = {"kind": "units", "units": self._units(plan, row.text("units"))}
        elif row.text("people"):
            plan.targets = {"kind": "posts", "posts": self._people(plan, row.text("people"))}
        else:
            area = self._unit(row, "area", plan.by) if row.text("area") else None
            plan.targets = {"kind": "firms", "area": area, "grades": list(row["grades"] or ()),
                            "industries": list(row["industries"] or ())}  # fmt: skip
            if plan.mode is Mode.ANY:
                text = gettext_noop("按企业筛选的任务每家企业都要办，不能选“任一承办人完成即可”。")
                self._fault(row, "mode", "any_with_firms", text)
        return None

    def _units(self, plan: TaskPlan, text: str) -> list[int]:
        assert plan.by is not None
        if text in ALL_BELOW:
            return list(grid.children(plan.by.unit or 0, on=self.on).values_list("code", flat=True))
        found = (self._unit(plan.row, "units", plan.by, part) for part in _parts(text))
        return [code for code in found if code is not None]

    def _unit(self, row: Row, name: str, by: Actor | None, text: str = "") -> int | None:
        """The one unit that a text names inside a territory."""
        text = text or row.text(name)
        key = (by.unit if by else None, text)
        if key not in self._units_named:
            self._units_named[key] = grid.named_units(by, text, on=self.on) if by and text else []
        found = self._units_named[key]
        if len(found) == 1:
            return int(found[0].code)
        said = gettext_noop("没有找到网格“%(text)s”，或它不在下达单位辖区内，请核对名称，或改填 12 位代码。")
        if found:
            said = gettext_noop("有多个网格叫“%(text)s”，请改填代码。")
        self._fault(row, name, "unit_several" if found else "unit_unknown", said, text=text)
        return None

    def _people(self, plan: TaskPlan, text: str) -> list[int]:
        assert plan.by is not None
        ids = []
        for name in _parts(text):
            posts = self._named(plan.by, name)
            if len(posts) != 1:
                said = (gettext_noop("辖区内有多人叫“%(name)s”，请在网页上选。") if posts else
                        gettext_noop("辖区内没有“%(name)s”，请核对姓名。"))  # fmt: skip
                self._fault(plan.row, "people", "person_several" if posts else "person_unknown", said, name=name)
            ids += posts
        return ids

    def _named(self, by: Actor, name: str) -> list[int]:
        """A post of each person of a name."""
        key = (by.unit, name)
        if key not in self._people_named:
            rows = posts_in_reach(by, on=self.on).filter(person__name=name)
            self._people_named[key] = list({post.person_id: post.id for post in rows}.values())
        return self._people_named[key]

    def _fault(self, row: Row, name: str, code: str, text: str, /, **params: Any) -> None:
        row.faults.append(CellFault(name, self.sheet.header.column(name), Why(code, text, params)))


def _parts(text: str) -> Sequence[str]:
    return [part.strip() for part in _APART.split(text) if part.strip()]
