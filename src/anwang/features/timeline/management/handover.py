"""`anwang handover`: carry out what waits for its day; who is on leave; what nobody answers for."""

from __future__ import annotations

from datetime import date

import click

from anwang.features.duties import queries as duties
from anwang.features.timeline import actions
from anwang.web.console import clock, emit, json_option, on_option, operator, today


@click.group()
def handover() -> None:
    """交接：到期自动办理、无人负责的企业和职责。"""


@handover.command()
@json_option
def settle(as_json: bool) -> None:
    """办理已到交接日期的交接；可每天由 cron 执行，重复运行不重复办理。有办不成的以 1 退出。"""
    found = actions.carry_due(by=operator(), now=clock())
    words = f"办理 {len(found['done'])} 次，未能办理 {len(found['failed'])} 次。"
    emit(found, as_json=as_json, text=words)
    if found["failed"]:
        raise click.exceptions.Exit(1)


@handover.command()
@on_option
@json_option
def orphans(on: date | None, as_json: bool) -> None:
    """无人负责：没有主包保人的正常企业、责任人已无任职的未到期职责；有则以 1 退出。"""
    day = on or today()
    found = duties.orphans(operator().territory.ranges, on=day)
    data = {
        "on": day, "enterprises": found.enterprises, "duties": found.duties,
        "named": [{"id": key, "name": name} for key, name in found.named],
    }  # fmt: skip
    lines = [f"{found.enterprises} 家企业没有主包保人，{found.duties} 项职责的责任人已无任职。"]
    emit(data, as_json=as_json, text="\n".join([*lines, *(name for _key, name in found.named)]))
    if found:
        raise click.exceptions.Exit(1)
