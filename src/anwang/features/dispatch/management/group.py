"""`anwang tasks`: issue a sheet, see how tasks stand, close what is done at all enterprises, the empty sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_path
from anwang.adapters.xlsx.writer import write_template
from anwang.features.dispatch import actions, queries
from anwang.features.dispatch.queries.sheet import TaskSheet, plan_tasks, task_spec
from anwang.web.console import clock, emit, json_option, on_option, operator, progress, today

SETTLED = "移交 {followed} 家企业，恢复办理 {opened} 份，办结 {done} 份回执。"
FILE = click.Path(path_type=Path)


@click.group()
def tasks() -> None:
    """临时任务：按表下达、查看进度、结清、模板。"""


@tasks.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="只检查，不下达")
@click.option("--errors", type=FILE, default=None, help="把有错的行标红另存")
@json_option
def issue(file: Path, dry_run: bool, errors: Path | None, as_json: bool) -> None:
    """下达临时任务表（.xlsx、.xls、.csv）；同一项任务再传不重复。"""
    data = read_path(file)
    plan = plan_tasks(data, by=operator(), on=today())
    counts = plan.counts
    if not dry_run:
        with progress() as report:
            counts = actions.issue_sheet(by=operator(), now=clock(), plan=plan, report=report)
    if errors and any(row.row.faults for row in plan.rows):
        errors.write_bytes(mark_errors(data, plan.sheet))
    emit({**counts, "dry_run": dry_run}, as_json=as_json, text=_words(plan, counts, dry_run))


def _words(plan: TaskSheet, counts: dict[str, int], dry_run: bool) -> str:
    lines = [f"第 {row.row.line} 行：{fault.reason}" for row in plan.rows for fault in row.row.faults if fault.fatal]
    lines += [f"第 {row.row.line} 行：{reason}" for row in plan.rows for reason in row.reach.missed]
    head = "检查结果" if dry_run else "下达结果"
    total = "任务 {issued}，回执 {receipts}，已下达过 {unchanged}，错误 {errors}".format(**counts)
    return "\n".join([*lines[:30], f"{head}：{total}"])


@tasks.command()
@click.option("--all", "everything", is_flag=True, help="包括已办结和已撤回的")
@on_option
@json_option
def status(everything: bool, on: date | None, as_json: bool) -> None:
    """各项任务的进度：办结、逾期、待签收、退回、待批延期、留用超时。"""
    rows = queries.standing(on or today(), everything=everything)
    lines = [
        f"{row['id']} {row['title']}（{row['unit']}，期限 {row['due']}）：办结 {row['done']}/{row['total']}，"
        f"逾期 {row['overdue']}，待签收 {row['issued']}，退回 {row['returned']}，待批延期 {row['asked']}，"
        f"留用超时 {row['over']}"
        for row in rows
    ]
    emit({"on": on or today(), "tasks": rows}, as_json=as_json, text="\n".join(lines) or "没有在办的任务。")


@tasks.command()
@json_option
def settle(as_json: bool) -> None:
    """与履职台账对齐：包保关系变动的任务随之移交，督导记录撤回的恢复办理，所涉企业都已登记完成的办结；可重复运行。"""
    counts = actions.settle(by=operator(), now=clock())
    emit(counts, as_json=as_json, text=SETTLED.format(**counts))


@tasks.command()
@click.argument("file", type=FILE)
def template(file: Path) -> None:
    """生成空白临时任务表（含下拉、示例和填报说明）。"""
    write_template(file, task_spec())
    click.echo(str(file))
