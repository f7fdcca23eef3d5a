"""Evaluations of enterprises (全要素评价), and a sheet of them against what is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from anwang.adapters.xlsx.reader import read_sheet
from anwang.domain.base import Actor, Reason, gettext_noop
from anwang.domain.roster.rows import CellFault, Row, RowSet
from anwang.domain.roster.spec import Field, Kind, SheetSpec
from anwang.features.enterprises import queries as enterprises

from ..models import Evaluation

SPEC = SheetSpec(
    name="evaluations",
    title=gettext_noop("企业安全生产全要素评价结果"),
    fields=(
        Field("enterprise", "企业名称", synonyms=("企业", "单位名称"), example="示例：某某机械有限公司"),
        Field("credit_code", "统一社会信用代码", Kind.CREDIT_CODE, ("信用代码", "社会信用代码")),
        Field("on", "评价日期", Kind.DATE, ("日期", "评价时间", "评定日期"), True, example="2026-09-30"),
        Field("score", "得分", Kind.NUMBER, ("评价得分", "总分", "分数"), True, hint=gettext_noop("0 至 100"),
              example="86.5"),
        Field("result", "评定等级", synonyms=("等级", "评价等级", "评价结果"), max_length=20),
        Field("evaluator", "评价单位", synonyms=("评价机构", "评定单位"), max_length=60),
    ),
    anchors=("enterprise", "credit_code"),
    guide=(
        gettext_noop("一行一次评价；企业按统一社会信用代码认定，没有代码的按企业全称。"),
        gettext_noop("同一企业同一天只有一个结果；重复导入同样的行不会重复登记。"),
    ),
)  # fmt: skip
TENTH = Decimal("0.1")


@dataclass(slots=True)
class EvaluationPlan:
    """What one row would record. `do` is recorded, unchanged or error."""

    row: Row
    firm: Any = None
    score: Decimal = Decimal(0)
    same: bool = False

    @property
    def do(self) -> str:
        if not self.row.ok:
            return "error"
        return "unchanged" if self.same else "recorded"


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """The rows with what they would record, and the sheet itself for marking errors."""

    rows: list[EvaluationPlan]
    sheet: RowSet

    @property
    def counts(self) -> dict[str, int]:
        """rows, recorded, unchanged, errors."""
        done = Counter(plan.do for plan in self.rows)
        return {"rows": len(self.rows), "recorded": done["recorded"], "unchanged": done["unchanged"],
                "errors": done["error"]}  # fmt: skip


def score_of(value: Any) -> Decimal:
    """A score with one decimal place."""
    return Decimal(str(value)).quantize(TENTH, ROUND_HALF_UP)


def of_enterprise(enterprise_id: int) -> list[Evaluation]:
    """Evaluations of an enterprise that stand, the latest first."""
    rows = Evaluation.objects.filter(enterprise_id=enterprise_id, withdrawn_at__isnull=True)
    return list(rows.order_by("-on", "-id"))


def one_for(evaluation_id: int, *, by: Actor) -> Evaluation | None:
    """One evaluation of the actor's territory, withdrawn ones too."""
    row = Evaluation.objects.filter(id=evaluation_id).select_related("enterprise").first()
    return row if row is not None and by.territory.covers(row.enterprise.place) else None


def plan_evaluations(data: bytes, *, by: Actor, on: date) -> EvaluationSheet:
    """Read a sheet (.xlsx, .xls, .csv) and compare it with what is known. Touches nothing."""
    sheet = read_sheet(data, SPEC)
    plans = [EvaluationPlan(row) for row in sheet.rows]
    _resolve(plans, sheet, by)
    known = _known([plan.firm.id for plan in plans if plan.firm])
    seen: set[tuple[int, date]] = set()
    for plan in plans:
        _judge(plan, sheet, on)
        if plan.firm and plan.row.ok:
            _compare(plan, sheet, known, seen)
    return EvaluationSheet(plans, sheet)


def _resolve(plans: list[EvaluationPlan], sheet: RowSet, by: Actor) -> None:
    codes = {plan.row.text("credit_code") for plan in plans} - {""}
    names = {plan.row.text("enterprise") for plan in plans} - {""}
    firms = {row.id: row for row in enterprises.named(by=by, codes=codes, names=names)}.values()
    by_code = {row.credit_code: row for row in firms if row.credit_code}
    count = Counter(row.name for row in firms)
    by_name = {row.name: row for row in firms if count[row.name] == 1}
    for plan in plans:
        code, name = plan.row.text("credit_code"), plan.row.text("enterprise")
        plan.firm = by_code.get(code) if code else by_name.get(name)
        if plan.firm is None:
            text = gettext_noop("名册里没有这家企业，或有几家同名，请填统一社会信用代码。")
            _fault(plan.row, sheet, "credit_code" if code else "enterprise", "enterprise_unknown", text)


def _judge(plan: EvaluationPlan, sheet: RowSet, on: date) -> None:
    score, day = plan.row["score"], plan.row["on"]
    if score is not None:
        if 0 <= score <= 100:
            plan.score = score_of(score)
        else:
            _fault(plan.row, sheet, "score", "score_range", gettext_noop("得分应在 0 至 100 之间。"))
    if day is not None and day > on:
        _fault(plan.row, sheet, "on", "date_ahead", gettext_noop("日期不能晚于今天。"))


def _compare(
    plan: EvaluationPlan, sheet: RowSet, known: dict[tuple[int, date], Decimal], seen: set[tuple[int, date]]
) -> None:
    key = (plan.firm.id, plan.row["on"])
    if key in seen:
        _fault(plan.row, sheet, "on", "evaluation_twice", gettext_noop("表内同一企业同一天有两个结果，请只留一个。"))
    elif key in known and known[key] != plan.score:
        text = gettext_noop("该日已登记 %(score)s 分；若有误请先在企业页撤回。")
        _fault(plan.row, sheet, "score", "evaluation_differs", text, score=str(known[key]))
    seen.add(key)
    plan.same = key in known


def _known(ids: list[int]) -> dict[tuple[int, date], Decimal]:
    found: dict[tuple[int, date], Decimal] = {}
    for start in range(0, len(ids), 500):
        rows = Evaluation.objects.filter(enterprise_id__in=ids[start : start + 500], withdrawn_at__isnull=True)
        found |= {(firm, day): score for firm, day, score in rows.values_list("enterprise_id", "on", "score")}
    return found


def _fault(row: Row, sheet: RowSet, column: str, code: str, text: str, **params: Any) -> None:
    row.faults.append(CellFault(column, sheet.header.column(column), Reason(code, text, params)))
