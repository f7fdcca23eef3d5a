"""`anwang policy`: check the files, keep the version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from anwang.adapters.policy_files import load_policy, policy_changes, read_policy_texts
from anwang.domain.policy import PolicyError, run_cases
from anwang.domain.policy.values import TITLES, Section, Value, sections
from anwang.web.console import clock, emit, json_option, on_option, operator, today

from . import actions, queries


def _refuse(error: PolicyError) -> NoReturn:
    """Every fault: its code, file, line and key, what was expected and what was found."""
    for fault in error.faults:
        click.echo(f"{fault.expected.code}: {fault}", err=True)
    raise click.exceptions.Exit(1) from None


@click.group()
def policy() -> None:
    """政策方案：校验、查看数值、比较、登记版本。"""


@policy.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def check(folder: Path | None, as_json: bool) -> None:
    """校验方案文件夹并运行其中的例题；每个错误给出文件、行号和应有的内容。"""
    folder = folder or Path(queries.folder())
    try:
        found = load_policy(folder)
    except PolicyError as error:
        _refuse(error)
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
@click.argument("section", required=False, type=click.Choice(list(TITLES)))
@on_option
@json_option
def show(section: str | None, on: date | None, as_json: bool) -> None:
    """列出某日生效的数值、依据条款，以及哪些由市局办公室设定。"""
    found = [each for each in sections(queries.current(), on or today()) if section in (None, each.name)]
    data = {value.key: _said(value) for each in found for value in each.values}
    office = [value.key for each in found for value in each.values if value.office]
    version = queries.current().version
    emit({"version": version, "values": data, "office_sets": office}, as_json=as_json, text="\n".join(_told(found)))


def _said(value: Value) -> str:
    return "、".join(" ".join(words) for words in value.items)


def _told(found: Iterable[Section]) -> Iterator[str]:
    for each in found:
        yield f"{each.title}（{each.clause}）"
        for value in each.values:
            yield f"  {value.label}：{_said(value)}{'' if value.office else '（通知规定）'}  {value.key}"


@policy.command()
@click.argument("old")
@click.argument("new", required=False)
@json_option
def diff(old: str, new: str | None, as_json: bool) -> None:
    """比较两个方案的数值：OLD、NEW 为文件夹或已登记的版本号；不写 NEW 就与当前方案比较。"""
    try:
        found = policy_changes(_texts(old), _texts(new or queries.folder()))
    except PolicyError as error:
        _refuse(error)
    lines = [f"{each.where}：{_or_none(each.old)} → {_or_none(each.new)}" for each in found]
    data = {"changes": [each._asdict() for each in found]}
    emit(data, as_json=as_json, text="\n".join(lines) or "两个方案的数值相同。")


def _or_none(text: str | None) -> str:
    return "（没有）" if text is None else text or "（空）"


def _texts(name: str) -> dict[str, str]:
    """The files of a folder, or of a version that is kept."""
    if Path(name).is_dir():
        return read_policy_texts(Path(name))
    kept = queries.kept(name)
    if kept is None:
        raise click.BadParameter(f"{name} 不是文件夹，也不是已登记的版本号；已登记的版本见 anwang policy load。")
    return dict(kept.files)


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
