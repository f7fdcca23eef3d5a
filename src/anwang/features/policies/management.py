"""`anwang policy`: check the files, keep the version."""

from __future__ import annotations

from pathlib import Path

import click

from anwang.adapters.policy_files import load_policy
from anwang.domain.policy import PolicyError, run_cases
from anwang.web.console import clock, emit, json_option, operator

from . import actions, queries


@click.group()
def policy() -> None:
    """政策方案：校验、登记版本。"""


@policy.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def check(folder: Path | None, as_json: bool) -> None:
    """校验方案文件夹并运行其中的例题；每个错误给出文件、行号和应有的内容。"""
    folder = folder or Path(queries.folder())
    try:
        found = load_policy(folder)
    except PolicyError as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        raise click.exceptions.Exit(1) from None
    results = run_cases(found)
    wrong = [result for result in results if not result.passed]
    for result in wrong:
        click.echo(f"case_failed: {result}", err=True)
    data = {"policy": found.meta.code, "version": found.version, "cases": len(results), "failed": len(wrong)}
    emit(
        data,
        as_json=as_json,
        text=f"{found.meta.title}：例题 {len(results)} 道，未通过 {len(wrong)} 道，版本 {found.version}",
    )
    if wrong:
        raise click.exceptions.Exit(1)


@policy.command()
@json_option
def load(as_json: bool) -> None:
    """登记当前方案版本，供冻结的记录日后查阅。"""
    row, created = actions.keep_version(by=operator(), now=clock())
    emit(
        {"version": row.version, "new": created},
        as_json=as_json,
        text=f"{row.title}：版本 {row.version}{'（新）' if created else '（已登记）'}",
    )


COMMANDS = [policy]
