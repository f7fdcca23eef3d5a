"""`anwang table`, `anwang papers` and `anwang evaluations`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from anwang.domain.base import Refusal, gettext_noop
from anwang.features.grid import queries as grid
from anwang.web.console import clock, emit, json_option, on_option, operator, progress, today

from .. import actions
from ..queries import span_of, unit_table
from ..queries.papers import KINDS
from .evaluations import evaluations

unit_option = click.option("--unit", "unit", type=int, default=None, help="12 位网格代码，默认全市")


def _unit(unit: int | None, on: date) -> int:
    root = grid.root_unit(on=on)
    code = unit or (root.code if root else None)
    if code is None or grid.unit(code, on=on) is None:
        raise Refusal(
            "unknown_unit", gettext_noop("没有网格 %(unit)s；请先 anwang grid load，或核对 12 位代码。"), unit=code
        )
    return code


@click.command()
@unit_option
@click.option("--period", default="", help="2026-11、2026Q4、2026H2 或 2026，默认本季度")
@click.option("--rule", default="", help="只看一条规定，如 N7.2")
@json_option
def table(unit: int | None, period: str, rule: str, as_json: bool) -> None:
    """履职统计：下级网格（乡镇为个人）的应尽、完成、逾期。"""
    day = today()
    view = unit_table(_unit(unit, day), span=span_of(period, day), today=day, rule=rule)
    parts = ("expected", "done", "in_time", "late", "overdue", "ahead", "waived")
    lines = [
        {"key": line.key, "name": line.name, **{part: getattr(line, part) for part in parts}} for line in view.lines
    ]
    total = {part: getattr(view.total, part) for part in parts}
    data = {"unit": view.unit, "name": view.name, "period": view.span.period.key, "lines": lines, "total": total}
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in [*lines, total])
    emit(data, as_json=as_json, text=text)


@click.command()
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@unit_option
@click.option(
    "--format", "form", type=click.Choice(["pdf", "docx", "xlsx"]), default="pdf", show_default=True, help="格式"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="写到这个文件")
@on_option
@json_option
def papers(kind: str, unit: int | None, form: str, out: Path | None, on: date | None, as_json: bool) -> None:
    """生成名册、一张表、统计表和附件。"""
    day = on or today()
    code = _unit(unit, day)
    with progress() as report:
        made = actions.make_paper(by=operator(), now=clock(), kind=kind, unit=code, form=form, on=day, report=report)
    suffix = Path(made.row.path).suffix
    target = out.with_suffix(suffix) if out else Path(f"{kind}-{code}-{day:%Y%m%d}{suffix}")
    target.write_bytes(made.data)
    row, size = made.row, len(made.data)
    data = {"file": str(target), "title": row.title, "enterprises": row.rows, "bytes": size, "sha256": row.sha256}
    count = f"{row.rows} 家，" if row.rows else ""
    emit(data, as_json=as_json, text=f"{row.title}：{count}已写入 {target}")


COMMANDS = [table, papers, evaluations]
