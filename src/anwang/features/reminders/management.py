"""`anwang tick`: the periodic work; `anwang notices` and `anwang reminders`: parts of it by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click
from django.utils import timezone

from anwang.domain.calendar import SHANGHAI
from anwang.features.notices import actions as outbox
from anwang.features.notices import queries as sent
from anwang.features.reminders import actions, queries
from anwang.web.console import clock, emit, json_option, on_option, operator, progress, today


@click.command()
@click.option("--force", is_flag=True, help="不论间隔，每一步都做")
@click.option("--wait", type=click.FloatRange(0, 3600), default=30.0, show_default=True, help="等另一个定时任务的秒数")
@json_option
def tick(force: bool, wait: float, as_json: bool) -> None:
    """定时任务：生成职责、移交变动、每日提醒、发送消息、清理；可随时重复运行，每件事只做一次。"""
    with progress() as report:
        found = actions.tick(by=operator(), now=clock(), force=force, wait=wait, report=report)
    failed = [each for each in found if not each.ok]
    for each in failed:
        click.echo(f"{each.code}: {each.step}: {each.text}", err=True)
    data = {"ok": not failed, "steps": [each.as_data() for each in found]}
    emit(data, as_json=as_json, text="\n".join(_line(each) for each in found))
    if failed:
        raise click.exceptions.Exit(1)


def _line(each: Any) -> str:
    if each.skipped:
        return f"{each.step}：未到时间"
    if not each.ok:
        return f"{each.step}：未完成（{each.code}）"
    words = "，".join(
        f"{key} {value}" for key, value in (each.result or {}).items() if value and not isinstance(value, bool)
    )
    return f"{each.step}：{words or '没有要做的'}"


@click.group()
def notices() -> None:
    """消息：发送、查看通道、重新发送。"""


@notices.command()
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=5000, show_default=True, help="最多几条")
@json_option
def deliver(limit: int, as_json: bool) -> None:
    """发送到时间的消息；可同时运行多个，每条只发一次。"""
    done = outbox.deliver_due(
        by=operator(), now=clock(), rule=queries.rule_on(today()), workdays=queries.workdays(),
        clock=timezone.now, limit=limit,
    )  # fmt: skip
    for code, why in done.down.items():
        click.echo(f"{why}: 通道 {code} 连接不上，消息保留，稍后重试。", err=True)
    words = "，".join(f"{name} {count}" for name, count in done.counts.items()) or "没有要发的消息"
    emit({**done.counts, "down": done.down}, as_json=as_json, text=words)
    if done.down:
        raise click.exceptions.Exit(1)


@notices.command("list")
@json_option
def list_(as_json: bool) -> None:
    """各通道等待、待重试、未能发出的条数和原因；不列收件人和内容。"""
    found = sent.standing()
    data = [
        {"channel": each.code, "ready": each.ready, "waiting": each.waiting, "failed": each.failed,
         "given_up": each.given_up, "errors": dict(each.errors)}
        for each in found
    ]  # fmt: skip
    lines = [
        f"{each.label}：{'可用' if each.ready else '未设置'}，等待 {each.waiting}，稍后重试 {each.failed}，"
        f"未能发出 {each.given_up}" + "".join(f"\n  {code} {count}" for code, count in each.errors)
        for each in found
    ]
    emit({"channels": data}, as_json=as_json, text="\n".join(lines))


@notices.command()
@json_option
def retry(as_json: bool) -> None:
    """把未能发出的消息重新排队。"""
    count = outbox.retry(by=operator(), now=clock())
    emit({"retried": count}, as_json=as_json, text=f"重新排队 {count} 条。")


@click.group()
def reminders() -> None:
    """提醒：每日提醒。"""


@reminders.command()
@on_option
@click.option("--dry-run", is_flag=True, help="只计算，不发送")
@json_option
def digest(on: date | None, dry_run: bool, as_json: bool) -> None:
    """发送今天的每日提醒（工作日、到点、未发过才发）；--dry-run 显示某日会发给多少人、多少项。"""
    if not dry_run:
        if on is not None:
            raise click.UsageError("--on 只能与 --dry-run 一起使用。")
        told = actions.send_digest(by=operator(), now=clock())
        sent_now = {"dry_run": False, "due": told.due, "people": told.people, "holidays_assumed": told.assumed}
        words = f"已发给 {told.people} 人。" if told.due else "现在没有要发的每日提醒。"
        emit(sent_now, as_json=as_json, text=words + (_assumed(today()) if told.assumed else ""))
        return
    day = on or today()
    rule = queries.rule_on(day)
    count = queries.forecast(now=max(clock(), datetime.combine(day, rule.digest_at, SHANGHAI)))
    workday, known = queries.workdays().is_workday(day), queries.workdays().known(day.year)
    data: dict[str, Any] = {"dry_run": True, "on": day, "workday": workday, "holidays_assumed": not known, **count}
    words = f"{day}{'' if workday else '（休息日，不发）'}：{count['people']} 人，"
    words += f"逾期 {count['overdue']} 项，即将到期 {count['soon']} 项。"
    emit(data, as_json=as_json, text=words + ("" if known else _assumed(day)))


def _assumed(day: date) -> str:
    return f"{day.year} 年的放假安排尚未收录，按周一至周五为工作日计算。"


COMMANDS = [tick, notices, reminders]
