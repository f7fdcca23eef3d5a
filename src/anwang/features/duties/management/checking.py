"""`anwang verify`: sums, chains, records, orphans, files."""

from __future__ import annotations

from datetime import date

import click

from anwang.features.duties.queries.checks import CHECKS
from anwang.features.duties.queries.checks import verify as check
from anwang.web.console import clock, emit, json_option, on_option, today


@click.command()
@on_option
@json_option
def verify(on: date | None, as_json: bool) -> None:
    """核对：统计等于明细之和、审计链完整、完成有据、人人有责、文件齐全；有错则逐条指出并以 1 退出。"""
    day = on or today()
    found = check(on=day, now=clock())
    faults = [
        {"check": name, "code": each.code, "text": each.text} for name, each_list in found.items() for each in each_list
    ]
    for fault in faults:
        click.echo(f"{fault['code']}: {fault['text']}", err=True)
    counts = {name: len(each) for name, each in found.items()}
    lines = [f"{CHECKS[name]}：{'通过' if not count else f'{count} 处错误'}" for name, count in counts.items()]
    data = {"on": day, "ok": not faults, "checks": counts, "faults": faults}
    emit(data, as_json=as_json, text="\n".join(lines))
    if faults:
        raise click.exceptions.Exit(1)
