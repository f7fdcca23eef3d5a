"""`anwang paper`: record sheets and a month as a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from anwang.adapters.xlsx.writer import write_template
from anwang.domain.base import Refusal, gettext_noop
from anwang.features.duties.queries.sheet_spec import record_spec
from anwang.web.console import clock, emit, json_option, operator, progress, today

from . import actions, queries


@click.group()
def paper() -> None:
    """纸质与表格：打印记录表、本月记录表。"""


@paper.command()
@click.option("--person", type=int, default=None, help="人员编号")
@click.option("--unit", type=int, default=None, help="12 位网格编码：该网格所有包保人，每人一个文件")
@click.option("--format", "form", type=click.Choice(actions.FORMATS), default="pdf", show_default=True, help="文件格式")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="存放文件的文件夹")
@json_option
def sheets(person: int | None, unit: int | None, form: str, out: Path, as_json: bool) -> None:
    """为包保人打印督导记录表，每家企业一页，带二维码。"""
    people = _people(person, unit)
    out.mkdir(parents=True, exist_ok=True)
    with progress() as report:
        for number, key in enumerate(people):
            report(number, len(people), "打印")
            made = actions.print_sheets(by=operator(), now=clock(), day=today(), person=key, form=form)
            (out / f"record-sheets-{key}.{form}").write_bytes(made)
    emit({"people": len(people), "folder": str(out)}, as_json=as_json, text=f"已为 {len(people)} 人生成记录表：{out}")


@paper.command()
@click.option("--person", type=int, required=True, help="人员编号")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def month(person: int, file: Path, as_json: bool) -> None:
    """一个人的本月记录表：已登记的和待办的；填好后用 anwang duties record 传回。"""
    rows = list(queries.month_rows(person, by=operator(), day=today()))
    write_template(file, record_spec(today()), filled=rows)
    emit({"rows": len(rows), "file": str(file)}, as_json=as_json, text=f"{len(rows)} 行：{file}")


def _people(person: int | None, unit: int | None) -> list[int]:
    if (person is None) == (unit is None):
        raise Refusal("person_or_unit", gettext_noop("请用 --person 或 --unit 指定为谁打印，二者选一。"))
    return [person] if person is not None else queries.bound_in(unit or 0, on=today())


COMMANDS = [paper]
