"""`anwang letters`: commitment letters in bulk."""

from __future__ import annotations

from pathlib import Path

import click

from anwang.features.assignments import actions, queries
from anwang.web.console import clock, emit, json_option, operator, progress

from .assign import unit_option


@click.command()
@unit_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("letters"),
    show_default=True,
    help="写到这个文件夹",
)
@click.option("--format", "form", type=click.Choice(["pdf", "docx"]), default="pdf", show_default=True, help="格式")
@click.option("--kind", type=click.Choice(["commitment", "posting"]), default="commitment", help="承诺书或公示牌")
@click.option("--unsigned", is_flag=True, help="只要还没签署（公示）的")
@click.option("--workers", type=click.IntRange(1, 16), default=2, show_default=True, help="同时排版的进程数")
@json_option
def letters(unit: int | None, out: Path, form: str, kind: str, unsigned: bool, workers: int, as_json: bool) -> None:
    """批量生成承诺书（一式两份）或公示牌，每 250 份一个文件。"""
    by, asked = operator(), queries.Asked(state="open" if unsigned else "all", unit=unit)
    ids = queries.paper_ids(kind, by, asked)
    with progress() as report:
        files = actions.print_many(
            by=by, now=clock(), kind=kind, ids=ids, folder=out, form=form, workers=workers, report=report
        )
    facts = {"papers": len(ids), "files": [str(file) for file in files]}
    emit(facts, as_json=as_json, text=f"已生成 {len(ids)} 份，{len(files)} 个文件，在 {out}。")
