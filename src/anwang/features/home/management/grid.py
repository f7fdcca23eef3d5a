"""`anwang grid load`: the first division table, and later ones as a re-gridding with a preview."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from anwang.adapters.division import read_division
from anwang.domain.base import Refusal, gettext_noop
from anwang.domain.grid.preview import PreviewLine
from anwang.domain.grid.tree import Tree
from anwang.features.grid import actions as grid_actions
from anwang.features.grid import queries as grid_queries
from anwang.features.grid.queries import Regrid
from anwang.features.home.actions import regrid
from anwang.web.console import clock, emit, json_option, on_option, operator, today

_FAULTY = gettext_noop("区划表有 %(n)s 处错误，未导入：%(first)s")


@click.group()
def grid() -> None:
    """网格：区划、任职、网格长。"""


@grid.command()
@click.argument("file", type=click.Path(path_type=Path))
@on_option
@click.option("--dry-run", is_flag=True, help="只预览，不改动")
@click.option("--yes", is_flag=True, help="不再询问，直接调整")
@click.option("--to-township", is_flag=True, help="没有去向的旧村居归入所在乡镇")
@click.option("--decide", multiple=True, metavar="旧码=新码", help="指定一个旧网格的去向，可重复")
@json_option
def load(
    file: Path, on: date | None, dry_run: bool, yes: bool, to_township: bool, decide: tuple[str, ...], as_json: bool
) -> None:
    """导入区划表；已有区划时按网格调整处理：先预览，再确认。"""
    tree = _read(file)
    day = on or today()
    if not len(grid_queries.tree_in_force()):
        _first(tree, day, dry_run, as_json)
        return
    plan = grid_queries.plan_regrid(tree, decisions=_decisions(decide), to_township=to_township)
    if plan.plan.is_empty:
        emit(
            {"result": "unchanged", "units": len(tree)}, as_json=as_json, text=f"区划没有变化，共 {len(tree)} 个单位。"
        )
        return
    if dry_run or not as_json:
        emit({"result": "preview", **_facts(plan)}, as_json=as_json, text=_words(plan))
    if dry_run:
        return
    _confirm(yes)
    _apply(tree, day, _decisions(decide), to_township, as_json)


def _read(file: Path) -> Tree:
    """The table; faults are named by line on standard error, then refused together."""
    tree, faults = grid_queries.read_tree(read_division(file))
    if faults:
        for fault in faults[:50]:
            click.echo(f"第 {fault.line} 行：{fault.reason}", err=True)
        raise Refusal("grid_faults", _FAULTY, n=len(faults), first=str(faults[0].reason))
    return tree


def _decisions(words: tuple[str, ...]) -> dict[int, int]:
    try:
        return {int(old): int(new) for old, new in (word.split("=") for word in words)}
    except ValueError:
        raise click.UsageError("--decide 应写成 旧码=新码，例如 371302004213=371302004264") from None


def _first(tree: Tree, day: date, dry_run: bool, as_json: bool) -> None:
    levels = {unit.level.value: len(tree.at(unit.level)) for unit in tree}
    if not dry_run:
        grid_actions.load_grid(by=operator(), now=clock(), tree=tree, on=day)
    result = "preview" if dry_run else "loaded"
    words = f"{'可导入' if dry_run else '已导入'} {len(tree)} 个单位，自 {day} 起。"
    emit({"result": result, "units": len(tree), "levels": levels, "on": day}, as_json=as_json, text=words)


def _confirm(yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refusal("regrid_confirm", gettext_noop("调整网格需要确认：请先看预览（--dry-run），再加 --yes。"))
    click.confirm("确认按以上预览调整网格？", abort=True, err=True)


def _apply(tree: Tree, day: date, decisions: dict[int, int], to_township: bool, as_json: bool) -> None:
    result, moved = regrid(
        by=operator(), now=clock(), new=tree, on=day, decisions=decisions, to_township=to_township
    )  # fmt: skip
    facts = {
        "result": "regridded", "on": day, "mapped": len(result.mapping), "closed": result.closed,
        "opened": result.opened, "posts": len(result.posts), "posts_waiting": list(result.stranded),
        "counts": result.counts, "moved": moved,
    }  # fmt: skip
    words = f"网格已调整：{result.closed} 个单位停用，{result.opened} 个启用，{len(result.posts)} 项任职随之换码。"
    if result.stranded:
        words += f"\n{len(result.stranded)} 项任职所在村居没有去向，请办公室另行安排。"
    emit(facts, as_json=as_json, text=words)


def _facts(plan: Regrid) -> dict[str, Any]:
    lines = [
        {
            "change": line.change, "level": line.level, "old": line.old_code, "old_name": line.old_name,
            "new": line.new_code, "new_name": line.new_name, "why": str(line.evidence),
            "candidates": [code for code, _ in line.candidates],
        }
        for line in plan.preview.worth_reading()
    ]  # fmt: skip
    return {
        "counts": plan.counts, "mapped": len(plan.mapping), "posts": plan.posts, "unsettled": list(plan.unsettled),
        "undecided": list(plan.waiting), "lines": lines,
    }  # fmt: skip


def _words(plan: Regrid) -> str:
    """The counts, then every county and township by name, then the villages that need a decision."""
    heads = [_line(plan, line) for line in plan.preview.worth_reading() if _told(plan, line)]
    totals = "，".join(f"{key} {count}" for key, count in plan.counts.items())
    tail = f"共 {len(plan.mapping)} 个编码改变，涉及 {plan.posts} 项任职；待定 {len(plan.waiting)} 个。"
    return "\n".join([*heads, totals, tail])


def _told(plan: Regrid, line: PreviewLine) -> bool:
    return line.level.rank < 3 or line.old_code in plan.waiting or line.old_code in plan.unsettled


def _line(plan: Regrid, line: PreviewLine) -> str:
    old = f"{line.old_name or '—'}（{line.old_code or '—'}）"
    if line.old_code in plan.unsettled:
        heir = plan.mapping[line.old_code]
        return f"归入乡镇 {old}→ {plan.new.path_name(heir)}（{heir}）"
    return f"{line.change.label} {old}→ {line.new_name or '—'}（{line.new_code or '—'}）：{line.evidence}"
