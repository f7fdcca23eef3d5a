"""`anwang roster import`: a workbook read, matched and carried out, or only looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_path
from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.domain.roster.headers import parse_mapping
from anwang.features.grid import queries as grid
from anwang.web.console import clock, emit, json_option, on_option, operator, progress, today

from .. import actions

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
