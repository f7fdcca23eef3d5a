"""`anwang problems`: how they stand, and what silence does."""

from __future__ import annotations

from datetime import date

import click

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
