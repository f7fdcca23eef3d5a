"""`anwang people`: import, template, export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_path
from anwang.adapters.xlsx.writer import Column, Stamp, columns_of, iter_values, write_table, write_template
from anwang.domain.base import Refusal, gettext_noop
from anwang.features.accounts import actions as accounts_actions
from anwang.features.accounts import queries as accounts
from anwang.features.grid import actions
from anwang.features.grid.queries import names, without_sign_in
from anwang.features.grid.queries.roster import exported
from anwang.features.grid.queries.sheet import SheetPlan, plan_people
from anwang.features.grid.queries.sheet_spec import people_spec
from anwang.web.console import clock, emit, json_option, on_option, operator, progress, today

FILE = click.Path(path_type=Path)


@click.group()
def people() -> None:
    """人员：导入、模板、导出。"""


@people.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="只检查，不改动")
@click.option("--errors", type=FILE, default=None, help="把有错的行标红另存")
@click.option("--demo", is_flag=True, help="标记为示例人员")
@on_option
@json_option
def take_over(file: Path, dry_run: bool, errors: Path | None, demo: bool, on: date | None, as_json: bool) -> None:
    """导入人员表：新增、更新、跳过、错误逐行说明；同一张表再导入不重复。"""
    data = read_path(file)
    plan = plan_people(data, by=operator(), on=on or today())
    if errors and any(row.row.faults for row in plan.rows):
        errors.write_bytes(mark_errors(data, plan.sheet))
    counts = plan.counts
    if not dry_run:
        with progress() as report:
            counts = actions.import_people(by=operator(), now=clock(), plan=plan, report=report, is_demo=demo)
    emit({**counts, "dry_run": dry_run}, as_json=as_json, text=_words(plan, counts, dry_run))


def _words(plan: SheetPlan, counts: dict[str, int], dry_run: bool) -> str:
    lines = [
        f"第 {row.row.line} 行：{fault.reason}" for row in plan.rows for fault in row.row.faults if fault.fatal
    ][:30]  # fmt: skip
    head = "检查结果" if dry_run else "导入结果"
    total = "新增 {created}，更新 {updated}，未变 {unchanged}，错误 {errors}".format(**counts)
    return "\n".join([*lines, f"{head}：{total}"])


@people.command()
@click.argument("file", type=FILE)
def template(file: Path) -> None:
    """生成空白人员表（含下拉、示例和填报说明）。"""
    write_template(file, people_spec())
    click.echo(str(file))


@people.command()
@click.argument("file", type=FILE)
@on_option
@json_option
def export(file: Path, on: date | None, as_json: bool) -> None:
    """导出在任人员（含完整号码，记入审计），可原样再导入。"""
    spec, day = people_spec(), on or today()
    everybody = list(accounts.people().order_by("name", "id"))
    rows = exported(everybody, on=day)
    actions.note_export(by=operator(), now=clock(), people=len(rows), reason="命令行导出")
    names = list(spec.by_name)
    stamp = Stamp("安网", operator().name, today())
    write_table(
        file, title=spec.title, columns=columns_of(spec, names), rows=iter_values(spec, rows, names), stamp=stamp
    )
    emit({"rows": len(rows), "file": str(file)}, as_json=as_json, text=f"已导出 {len(rows)} 行：{file}")


@people.command("sign-ins")
@click.argument("file", type=FILE)
@click.option("--unit", type=int, default=None, help="只为这个网格（12 位代码）及其下级的人员")
@click.option("--kind", default="", help="只为这一类任职，例如 village_principal")
@json_option
def sign_ins(file: Path, unit: int | None, kind: str, as_json: bool) -> None:
    """为还没有登录名的在任人员批量开通，初始密码只写进这张表一次。"""
    if file.exists():
        raise Refusal("file_exists", gettext_noop("%(file)s 已存在，请换一个文件名：密码不能覆盖。"), file=file)
    rows = without_sign_in(on=today(), unit=unit, kind=kind)
    with progress() as report:
        pairs = [(row.person_id, row.person.name) for row in rows]
        opened = accounts_actions.open_sign_ins(by=operator(), now=clock(), people=pairs, report=report)
    called = names([row.unit for row in rows])
    columns = [Column(title) for title in ("姓名", "单位", "职务", "所属网格", "登录名", "初始密码")]
    table = (
        [row.person.name, row.organisation, row.label, called.get(row.unit, ""), each.username, each.password]
        for row, each in zip(rows, opened, strict=True)
    )
    notes = ("请当面或密封交给本人；首次登录须改密码。", "本表用后即销毁。")
    with file.open("xb") as target:
        file.chmod(0o600)
        write_table(target, title="登录名和初始密码", columns=columns, rows=table, notes=notes)
    emit({"opened": len(opened), "file": str(file)}, as_json=as_json, text=f"已开通 {len(opened)} 个，见 {file}")
