"""`anwang reports`: how reports stand, without anything of who reported."""

from __future__ import annotations

import click

from anwang.features.reports import actions, queries
from anwang.web.console import clock, emit, json_option, operator, today


@click.group()
def reports() -> None:
    """举报：列出（不含身份和内容）、定时处理。"""


@reports.command("list")
@json_option
def list_(as_json: bool) -> None:
    """各级待办、逾期、到期回访的件数；不列内容、企业和举报人。"""
    found = queries.standing(day=today())
    lines = [f"{row['unit']}：待办 {row['waiting']}，逾期 {row['overdue']}，待改写 {row['untold']}" for row in found]
    emit({"desks": found}, as_json=as_json, text="\n".join(lines) or "没有举报。")


@reports.command()
@json_option
def settle(as_json: bool) -> None:
    """到期回访、提醒、到期删除；定时任务每天做一次，可重复运行。"""
    done = actions.settle(by=operator(), now=clock())
    emit(
        done, as_json=as_json, text=f"到期回访 {done['follow_ups']}，提醒 {done['told']}，到期删除 {done['deleted']}。"
    )


COMMANDS = [reports]
