"""`anwang duties`: open what is owed, record a sheet of contacts, the empty sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_path
from anwang.adapters.xlsx.writer import write_template
from anwang.features.duties import actions
from anwang.features.duties.forms.unsent import outcomes, read_records
from anwang.features.duties.queries.sheet import RecordSheet, plan_records
from anwang.features.duties.queries.sheet_spec import record_spec
from anwang.web.console import clock, emit, json_option, on_option, operator, progress, today

FILE = click.Path(path_type=Path)


@click.group()
def duties() -> None:
    """履职：生成应尽职责、登记表格、模板。"""


@duties.command("open")
@on_option
@json_option
def open_(on: date | None, as_json: bool) -> None:
    """生成该日所在各期的应尽职责；重复运行不重复生成。"""
    with progress() as report:
        found = actions.open_duties(by=operator(), now=clock(), on=on, report=report)
    data = {
        "on": found.on, "opened": found.opened, "by_period": found.by_period,
        "without_lead": len(found.without_lead), "settled": found.settled,
    }  # fmt: skip
    words = "，".join(f"{key} {count} 项" for key, count in found.by_period.items() if count) or "没有新的职责"
    tail = f"\n{len(found.without_lead)} 家企业没有主包保人，未生成职责。" if found.without_lead else ""
    emit(data, as_json=as_json, text=f"{found.on}：{words}。{tail}")


@duties.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="只检查，不登记")
@click.option("--errors", type=FILE, default=None, help="把有错的行标红另存")
@json_option
def record(file: Path, dry_run: bool, errors: Path | None, as_json: bool) -> None:
    """登记督导记录表（.xlsx、.xls、.csv 或 JSON）；同一行再传不重复。"""
    data = read_path(file)
    plan = plan_records(data, by=operator(), now=clock())
    counts = plan.counts
    if not dry_run:
        with progress() as report:
            counts = actions.record_sheet(by=operator(), now=clock(), plan=plan, report=report)
    if errors and any(row.row.faults for row in plan.rows):
        errors.write_bytes(mark_errors(data, plan.sheet))
    emit({**counts, "dry_run": dry_run}, as_json=as_json, text=_words(plan, counts, dry_run))


@duties.command("import-zip")
@click.argument("file", type=FILE)
@json_option
def import_zip(file: Path, as_json: bool) -> None:
    """导入手机导出的离线包（.zip）：逐条登记，重复导入不重复登记；有没登记的以 1 退出。"""
    now, by = clock(), operator()
    records = read_records(read_path(file), by=by, now=now)
    with progress() as report:
        found = outcomes(actions.record_unsent(by=by, now=now, records=records, report=report))
    lines = [f"{each['title'] or each['client_id']}：{each['message']}" for each in found["records"] if each["message"]]
    total = "新登记 {created}，早已登记 {same}，与已登记的不同 {differs}，没有登记 {refused}".format(**found["counts"])
    emit(found, as_json=as_json, text="\n".join([*lines[:30], total]))
    if found["counts"]["differs"] or found["counts"]["refused"]:
        raise click.exceptions.Exit(1)


def _words(plan: RecordSheet, counts: dict[str, int], dry_run: bool) -> str:
    lines = [f"第 {row.row.line} 行：{fault.reason}" for row in plan.rows for fault in row.row.faults if fault.fatal]
    head = "检查结果" if dry_run else "登记结果"
    total = "登记 {recorded}，完成职责 {fulfilled}，已登记过 {unchanged}，错误 {errors}".format(**counts)
    return "\n".join([*lines[:30], f"{head}：{total}"])


@duties.command()
@click.argument("file", type=FILE)
def template(file: Path) -> None:
    """生成空白督导记录表（含下拉、示例和填报说明）。"""
    write_template(file, record_spec(today()))
    click.echo(str(file))
