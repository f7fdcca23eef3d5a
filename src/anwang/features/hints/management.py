"""`anwang hints`: look at the records that arrived since the last look."""

from __future__ import annotations

import click

from anwang.domain.hints.rules import HintKind
from anwang.features.hints import actions
from anwang.web.console import clock, emit, json_option, operator, progress


@click.group()
def hints() -> None:
    """真实性提示：先给本人说明，再给网格长看，不自动处罚。"""


@hints.command()
@json_option
def find(as_json: bool) -> None:
    """核对上次以来收到的记录；重复运行不重复提示。"""
    with progress() as report:
        found = actions.find_hints(by=operator(), now=clock(), report=report)
    words = "，".join(f"{HintKind(kind).label} {count}" for kind, count in found.kinds.items()) or "没有新的提示"
    data = {"looked": found.looked, "found": found.kinds}
    emit(data, as_json=as_json, text=f"核对 {found.looked} 条记录：{words}。")


COMMANDS = [hints]
