"""`anwang redlines` and `anwang burden`: what is kept, asked and logged, and how many minutes it takes."""

from __future__ import annotations

from datetime import date

import click

from anwang.web.console import emit, json_option, on_option, today

from . import queries


@click.command()
@on_option
@json_option
def redlines(on: date | None, as_json: bool) -> None:
    """红线自查：数据列、填报项、日志都有条款、用途和复核日期，不计量任何人的使用；有错则逐条指出并以 1 退出。"""
    found = queries.check(on or today())
    for fault in found.faults:
        click.echo(f"{fault.code}: {fault}", err=True)
    data = {
        "on": on or today(), "ok": not found.faults, "columns": found.columns, "questions": found.questions,
        "logs": found.logs,
        "faults": [{"code": each.code, "place": each.place, "text": str(each)} for each in found.faults],
    }  # fmt: skip
    text = f"数据列 {found.columns} 个、填报项 {found.questions} 处、日志 {found.logs} 类，"
    emit(data, as_json=as_json, text=text + (f"{len(found.faults)} 处不符。" if found.faults else "全部符合。"))
    if found.faults:
        raise click.exceptions.Exit(1)


@click.command()
@on_option
@json_option
def burden(on: date | None, as_json: bool) -> None:
    """减负自查：按表单估算每人每周的填报分钟数，不对任何人计时。"""
    day = on or today()
    found = queries.burden(day)
    data = {
        "on": day, "records_a_year": found.one.records, "minutes_a_year": round(found.one.seconds / 60, 1),
        "by_duty": {code: round(seconds / 60, 1) for code, seconds in found.one.by_duty.items()},
        "levels": [
            {"level": each.level.value, "people": each.people, "enterprises": round(each.enterprises, 2),
             "minutes_a_week": round(each.minutes, 2)}
            for each in found.levels
        ],
    }  # fmt: skip
    lines = [f"一家企业一年 {found.one.records:.0f} 次登记，约 {found.one.seconds / 60:.0f} 分钟。"]
    lines += [
        f"{each.level.label}：{each.people} 人，人均 {each.enterprises:.1f} 家，每周约 {each.minutes:.1f} 分钟"
        for each in found.levels
    ]
    emit(data, as_json=as_json, text="\n".join(lines))


COMMANDS = [redlines, burden]
