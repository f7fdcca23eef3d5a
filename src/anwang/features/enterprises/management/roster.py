"""`anwang roster import`: a workbook read, matched and carried out, or only looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_path
from anwang.adapters.xlsx.writer import Stamp, columns_of, iter_values, write_table, write_template
from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.domain.roster.headers import parse_mapping
from anwang.features.grid import queries as grid
from anwang.web.console import clock, emit, json_option, on_option, operator, progress, today

from .. import actions, queries

_WORDS = {
    "created": "新增",
    "updated": "更新",
    "unchanged": "未变",
    "errors": "错误",
    "warnings": "提示",
}


@click.group()
def roster() -> None:
    """企业名册：导入、模板、导出、风险等级。"""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只核对，不写入")
@click.option("--errors", type=click.Path(path_type=Path), help="把错误标在原表上另存")
@click.option("--mapping", multiple=True, metavar="列=字段", help="指定列对应的字段，列写表头或列号，可重复")
@on_option
@click.option("--unit", type=int, help="没有地点的企业先放在哪个网格，12 位编码，默认本市")
@json_option
def import_(
    file: Path, dry_run: bool, errors: Path | None, mapping: tuple[str, ...], on: date | None, unit: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """导入企业名册（.xlsx、.xls、.csv）：有错的行不导入，其余照常。"""
    data = read_path(file)
    chosen = parse_mapping(";".join(mapping), ENTERPRISES)
    day = on or today()
    with progress() as report:
        done = actions.import_roster(
            by=operator(), now=clock(), data=data, filename=file.name, unit=_unit(unit, day), on=day, mapping=chosen,
            dry_run=dry_run, report=report,
        )  # fmt: skip
    if errors is not None:
        errors.write_bytes(mark_errors(data, done.plan.rows))
    _tell_errors(done.plan, as_json)
    figures = done.plan.report()
    emit(figures, as_json=as_json, text=_words(figures, dry_run))


def _unit(unit: int | None, day: date) -> int:
    """The unit named, or the city."""
    found = grid.unit(unit, on=day) if unit is not None else grid.root_unit(on=day)
    if found is None and unit is not None:
        raise Refusal("unit_unknown", gettext_noop("没有编码为 %(unit)s 的网格。"), unit=unit)
    if found is None:
        raise Refusal("grid_missing", gettext_noop("还没有网格，请先导入区划表（anwang grid load）。"))
    return int(found.code)


def _tell_errors(plan: Any, as_json: bool, most: int = 50) -> None:
    """The faulty rows on standard error, the first of them by line."""
    faulty = plan.of("error")
    for each in faulty[:most]:
        reasons = "；".join(str(fault.reason) for fault in each.incoming.row.faults if fault.fatal)
        click.echo(f"第 {each.incoming.row.line} 行：{reasons}", err=True)
    if len(faulty) > most and not as_json:
        click.echo(f"……共 {len(faulty)} 行有错，用 --errors 文件.xlsx 另存全部。", err=True)


def _words(figures: dict[str, Any], dry_run: bool) -> str:
    counts = "，".join(f"{word} {figures[key]}" for key, word in _WORDS.items())
    place = figures["place"]
    found = f"村居 {place['village']}，乡镇 {place['township']}，县区 {place['county']}，待核定 {place['none']}"
    head = "核对" if dry_run else "导入"
    return f"{head} {figures['rows']} 行：{counts}。\n所在网格：{found}。"


@roster.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("企业名册模板.xlsx"), show_default=True, help="写到这个文件"
)
@json_option
def template(out: Path, as_json: bool) -> None:
    """写一份空模板：说明、下拉框、风险点和管理级别各列。"""
    write_template(out, ENTERPRISES)
    emit({"out": str(out), "columns": len(ENTERPRISES.fields)}, as_json=as_json, text=f"模板已写到 {out}。")


@roster.command()
@click.option("--unit", type=int, help="只导出这个网格，12 位编码")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("企业名册.xlsx"), show_default=True, help="写到这个文件"
)
@click.option("--all", "closed", is_flag=True, help="包括已关闭的企业")
@json_option
def export(unit: int | None, out: Path, closed: bool, as_json: bool) -> None:
    """导出名册；原样再导入不会有任何变化。"""
    by, code = operator(), _unit(unit, today())
    filters = queries.Filters(unit=unit, status="all" if closed else "")
    name = grid.names([code]).get(code, "")
    rows = queries.export_rows(queries.listing(by, filters))
    count = write_table(
        out, title=f"{name}企业名册", columns=columns_of(ENTERPRISES),
        rows=iter_values(ENTERPRISES, rows, list(ENTERPRISES.by_name)), stamp=Stamp(name, by.name, today()),
        sheet_name="企业名册",
    )  # fmt: skip
    actions.note_export(by=by, now=clock(), rows=count, query=f"unit={code}")
    emit({"out": str(out), "rows": count}, as_json=as_json, text=f"已导出 {count} 家，写到 {out}。")


@roster.command()
@on_option
@json_option
def grade(on: date | None, as_json: bool) -> None:
    """按附件6重新定级：到期的人工调整恢复，规则变化的更新；重复运行没有变化。"""
    figures = actions.grade_all(by=operator(), now=clock(), on=on or today())
    words = (
        f"共 {figures['enterprises']} 家，等级变化 {figures['changed']} 家，其中人工调整到期 {figures['expired']} 家。"
    )
    emit(figures, as_json=as_json, text=words)


@roster.command()
@json_option
def clean(as_json: bool) -> None:
    """删除 24 小时前上传的名册文件。"""
    count = actions.purge(by=operator(), now=clock())
    emit({"files": count}, as_json=as_json, text=f"已清理 {count} 次上传的文件。")
