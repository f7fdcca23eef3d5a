"""`anwang assign`: propose, adopt, undo, list."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import click

from anwang.domain.grid.codes import parse_code
from anwang.features.assignments import actions, queries
from anwang.web.console import clock, emit, json_option, on_option, operator, progress

FIGURES = (
    *("enterprises", "officials", "pairs", "objective", "lower_bound", "gap", "seconds", "without_lead"),
    *("officials_without", "joint", "by_level", "load", "moved"),
)


class Unit(click.ParamType):
    """A unit by its code of 4, 6, 9 or 12 digits."""

    name = "代码"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        code = value if isinstance(value, int) else parse_code(value)
        if code is None:
            self.fail(f"{value} 不是区划代码，请写 4、6、9 或 12 位数字。", param, ctx)
        return code


unit_option = click.option("--unit", type=Unit(), default=None, help="只算这个县区或乡镇，默认全市")


@click.group()
def assign() -> None:
    """包保分配：计算、采用、撤销、列出方案。"""


@assign.command()
@unit_option
@click.option("--keep", is_flag=True, help="现任仍符合条件的不动，只补缺")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, help="并列最优时取哪一个")
@on_option
@json_option
def propose(unit: int | None, keep: bool, seed: int, on: date | None, as_json: bool) -> None:
    """计算最优分配方案（带最优性证明），保存为待采用。"""
    with progress() as report:
        plan = actions.propose(by=operator(), now=clock(), unit=unit, on=on, keep=keep, seed=seed, report=report)
    figures = {name: plan.summary[name] for name in FIGURES}
    emit({**figures, "plan": plan.id}, as_json=as_json, text=_words(plan.id, plan.summary))


def _words(key: int, s: dict[str, Any]) -> str:
    levels = zip(("市", "县区", "乡镇", "村居"), s["by_level"].values(), strict=True)
    return "\n".join((
        f"方案 {key}：{s['enterprises']} 家企业，{s['officials']} 名包保人员，{s['pairs']} 种可选组合。",
        f"目标值 {s['objective']}，下界 {s['lower_bound']}，差距 {s['gap']:.2%}，求解 {s['seconds']} 秒。",
        "主包保：" + "，".join(f"{name} {n}" for name, n in levels) + f"；协同包保 {s['joint']}；换人 {s['moved']}。",
        f"没有主包保的企业 {s['without_lead']}，没有企业的人员 {s['officials_without']}。",
        f"每人企业数：中位 {s['load']['p50']}，95% 以内 {s['load']['p95']}，最多 {s['load']['max']}。",
    ))  # fmt: skip


@assign.command()
@click.argument("plan", type=int)
@json_option
def adopt(plan: int, as_json: bool) -> None:
    """采用方案：写入包保关系，编发承诺书和公示牌。"""
    with progress() as report:
        done = actions.adopt(by=operator(), now=clock(), plan_id=plan, report=report)
    text = (
        f"已采用方案 {plan}：保持 {done.kept}，新建 {done.begun}，结束 {done.ended}；"
        f"编发文书 {done.issued} 份，作废 {done.voided} 份。"
    )
    emit(asdict(done), as_json=as_json, text=text)


@assign.command()
@click.argument("plan", type=int)
@json_option
def undo(plan: int, as_json: bool) -> None:
    """撤销已采用的方案（首份承诺书签署之前）。"""
    done = actions.undo(by=operator(), now=clock(), plan_id=plan)
    text = f"已撤销方案 {plan}：恢复原包保关系 {done.begun}，取消 {done.ended}。"
    emit(asdict(done), as_json=as_json, text=text)


@assign.command("list")
@unit_option
@json_option
def listing(unit: int | None, as_json: bool) -> None:
    """列出分配方案，新的在前。"""
    rows = [queries.plan_facts(plan) for plan in queries.plans(operator(), unit=unit)[:100]]
    lines = [
        f"{row['plan']:>6}  {row['unit']}  {row['on']}  {row['state']:<6}  目标值 {row['objective']}" for row in rows
    ]
    emit({"plans": rows}, as_json=as_json, text="\n".join(lines) or "还没有分配方案。")


@assign.command()
@json_option
def settle(as_json: bool) -> None:
    """结束离任人员、关闭企业的包保关系，列出因此落空的企业。"""
    done = actions.settle(by=operator(), now=clock())
    emit(done, as_json=as_json, text=f"结束 {done['ended']}，更正所在地 {done['moved']}，落空企业 {done['orphans']}。")
