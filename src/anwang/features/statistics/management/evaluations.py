"""`anwang evaluations`: take over a sheet of 全要素评价, the empty sheet."""

from __future__ import annotations

from pathlib import Path

import click

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_path
from anwang.adapters.xlsx.writer import write_template
from anwang.web.console import clock, emit, json_option, operator, today

from .. import actions
from ..queries.evaluations import SPEC, EvaluationSheet, plan_evaluations

FILE = click.Path(path_type=Path)


@click.group()
def evaluations() -> None:
    """全要素评价：导入结果、模板。"""


@evaluations.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="只检查，不登记")
@click.option("--errors", type=FILE, default=None, help="把有错的行标红另存")
@json_option
def import_(file: Path, dry_run: bool, errors: Path | None, as_json: bool) -> None:
    """导入评价结果（.xlsx、.xls、.csv）；有错的行不导入，同样的行不重复登记。"""
    data = read_path(file)
    plan = plan_evaluations(data, by=operator(), on=today())
    if not dry_run:
        actions.import_evaluations(by=operator(), now=clock(), plan=plan)
    if errors and any(row.row.faults for row in plan.rows):
        errors.write_bytes(mark_errors(data, plan.sheet))
    emit({**plan.counts, "dry_run": dry_run}, as_json=as_json, text=_words(plan, dry_run))


def _words(plan: EvaluationSheet, dry_run: bool) -> str:
    lines = [f"第 {row.row.line} 行：{fault.reason}" for row in plan.rows for fault in row.row.faults if fault.fatal]
    head = "检查结果" if dry_run else "登记结果"
    total = "登记 {recorded}，已登记过 {unchanged}，错误 {errors}".format(**plan.counts)
    return "\n".join([*lines[:30], f"{head}：{total}"])


@evaluations.command()
@click.argument("file", type=FILE)
def template(file: Path) -> None:
    """生成空白评价结果表。"""
    write_template(file, SPEC)
    click.echo(str(file))
