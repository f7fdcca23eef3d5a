"""`anwang problems`: how they stand, and what silence does."""

from __future__ import annotations

from datetime import date

import click

from anwang.domain.ladder.rules import ProblemKind
from anwang.features.problems import actions, queries
from anwang.web.console import clock, emit, json_option, on_option, operator, today


@click.group()
def problems() -> None:
    """问题闭环：查看、超时自动上报。"""


@problems.command(name="list")
@on_option
@json_option
def standing(on: date | None, as_json: bool) -> None:
    """未销号的问题按县区、类型、状态的数量和超期数。"""
    day = on or today()
    rows = queries.standing_rows(day)
    lines = [
        f"{row['county']} {row['kind_name']} {row['state_name']}：{row['n']}，超期 {row['overdue']}" for row in rows
    ]
    emit({"on": day, "problems": rows}, as_json=as_json, text="\n".join(lines) or "没有未销号的问题。")


@problems.command()
@click.option("--scope", type=click.Choice(list(queries.SCOPES)[2:]), default="open", show_default=True, help="哪些")
@click.option("--unit", type=int, default=None, help="网格代码（12 位）")
@click.option("--kind", type=click.Choice([kind.value for kind in ProblemKind]), default=None, help="类型")
@on_option
@json_option
def rows(scope: str, unit: int | None, kind: str | None, on: date | None, as_json: bool) -> None:
    """逐件列出问题：状态、下一步由谁、期限、已历天数。"""
    day = on or today()
    asked = queries.Filters(scope, kind=kind or "", unit=unit)
    found = queries.facts_of(queries.board(operator(), asked, day), day)
    lines = [f"{row['id']} {row['enterprise']} {row['title']}：{row['state_name']}，{row['next']} {row['due'] or ''}"
             for row in found]  # fmt: skip
    emit({"on": day, "problems": found}, as_json=as_json, text="\n".join(lines) or "没有这样的问题。")


@problems.command()
@json_option
def climb(as_json: bool) -> None:
    """随企业和人员变动转交，超过时限的自动上报上一级，接受风险到期的自动重新打开；重复运行不重复办。"""
    by, now = operator(), clock()
    counts = {**actions.settle(by=by, now=now), **actions.climb(by=by, now=now)}
    text = (
        "随网格转办 {moved}，更换跟踪人 {followed}，转交 {passed}，"
        "自动上报 {climbed}，重新打开 {reopened}，最高一级超期 {overdue}。"
    )
    emit(counts, as_json=as_json, text=text.format(**counts))
