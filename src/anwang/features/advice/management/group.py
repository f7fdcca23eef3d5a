"""`anwang advice`: overdue questions, a sheet of answers in, the receipts of a notice out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_path
from anwang.adapters.xlsx.writer import write_template
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.advice import actions, queries
from anwang.features.advice.queries.export import write_receipts
from anwang.features.advice.queries.sheet import ENTRIES, EntrySheet, plan_entries
from anwang.features.grid import queries as grid
from anwang.web.console import clock, emit, json_option, on_option, operator, progress, today

FILE = click.Path(path_type=Path)


@click.group()
def advice() -> None:
    """首问答复、常用解答、政策通知。"""


@advice.command()
@on_option
@json_option
def overdue(on: date | None, as_json: bool) -> None:
    """列出逾期未答复的企业提问，最早到期的在前。"""
    day = on or today()
    rows = queries.overdue_facts(operator(), day)
    lines = [
        f"{r['id']}  {r['enterprise']}  首问 {r['first']}  现由 {r['holder']}  {r['due']} 到期，已逾期 {r['days']} 天"
        for r in rows
    ]
    emit({"on": day, "count": len(rows), "questions": rows}, as_json=as_json,
         text="\n".join([*lines, f"逾期未答复 {len(rows)} 个。"]))  # fmt: skip


@advice.command()
@json_option
def tidy(as_json: bool) -> None:
    """删除办结满一年的提问中留下的回电号码。"""
    gone = actions.forget_numbers(by=operator(), now=clock())
    emit({"numbers": gone}, as_json=as_json, text=f"已删除 {gone} 个回电号码。")


@advice.command("import")
@click.argument("file", type=FILE)
@click.option("--unit", type=int, default=None, help="归哪个单位的办公室，12 位代码，默认全市")
@click.option("--dry-run", is_flag=True, help="只检查，不导入")
@click.option("--errors", type=FILE, default=None, help="把有错的行标红另存")
@json_option
def import_(file: Path, unit: int | None, dry_run: bool, errors: Path | None, as_json: bool) -> None:
    """导入常用解答（.xlsx、.xls、.csv）；同名标题更新，再导入不重复。"""
    by = _office(unit)
    data = read_path(file)
    plan = plan_entries(data, by=by, unit=by.unit or 0, on=today())
    counts = plan.counts
    if not dry_run:
        with progress() as report:
            counts = actions.import_entries(by=by, now=clock(), plan=plan, report=report)
    if errors and any(row.row.faults for row in plan.rows):
        errors.write_bytes(mark_errors(data, plan.sheet))
    emit({**counts, "dry_run": dry_run}, as_json=as_json, text=_words(plan, dry_run))


def _words(plan: EntrySheet, dry_run: bool) -> str:
    lines = [f"第 {row.row.line} 行：{fault.reason}" for row in plan.rows for fault in row.row.faults if fault.fatal]
    total = "新增 {added}，更新 {changed}，未变 {unchanged}，错误 {errors}".format(**plan.counts)
    return "\n".join([*lines[:30], f"{'检查结果' if dry_run else '导入结果'}：{total}"])


def _office(unit: int | None) -> Actor:
    root = grid.root_unit(on=today())
    code = unit or (root.code if root else 0)
    if not grid.unit(code, on=today()):
        raise Refusal("unit_unknown", gettext_noop("没有这个网格，请核对 12 位代码。"))
    return replace(operator(), unit=code)


@advice.command()
@click.argument("file", type=FILE)
def template(file: Path) -> None:
    """生成空白的常用解答表（含示例和填报说明）。"""
    write_template(file, ENTRIES)
    click.echo(str(file))


@advice.command()
@json_option
def notices(as_json: bool) -> None:
    """列出政策通知和各自的传达进度。"""
    rows = queries.notice_facts(operator())
    lines = [f"{r['id']}  {r['title']}  {r['state']}  {r['done']}/{r['total']}  期限 {r['due'] or '–'}" for r in rows]
    emit({"count": len(rows), "notices": rows}, as_json=as_json, text="\n".join(lines) or "还没有政策通知。")


@advice.command()
@click.argument("notice", type=int)
@click.argument("file", type=FILE)
@json_option
def receipts(notice: int, file: Path, as_json: bool) -> None:
    """导出一份通知的回执表（每家企业一行：谁、何时、怎样传达）。"""
    row = queries.notice(notice, by=operator())
    if row is None:
        raise Refusal("not_found", gettext_noop("没有找到这份通知。"))
    count = write_receipts(file, row, by=operator(), on=today())
    actions.note_export(by=operator(), now=clock(), notice_id=notice, rows=count)
    emit({"notice": notice, "rows": count, "file": str(file)}, as_json=as_json, text=f"{file}：{count} 家企业。")
