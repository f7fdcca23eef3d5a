"""What every command of `anwang` shares: one JSON object, progress on a terminal, the operator as actor."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from getpass import getuser
from typing import Any

import click
from django.utils import timezone

from anwang.domain.base import SYSTEM, Actor, silent
from anwang.domain.calendar import local_day

json_option = click.option("--json", "as_json", is_flag=True, help="在标准输出打印一个 JSON 对象")


class Day(click.ParamType):
    """A day written 2026-11-24."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} 不是日期，请写成 2026-11-24。", param, ctx)


on_option = click.option("--on", "on", type=Day(), default=None, help="基准日期，默认今天")


def operator() -> Actor:
    """Whoever runs the command on the server; the trail names the account."""
    return replace(SYSTEM, name=f"命令行 {getuser()}"[:60])


def clock() -> datetime:
    """The one place where a command reads the clock."""
    return timezone.now()


def today() -> date:
    """Today in Asia/Shanghai."""
    return local_day(clock())


def emit(data: Mapping[str, Any], *, as_json: bool, text: str) -> None:
    """The result: one JSON object, or sentences for a person."""
    click.echo(json.dumps(data, ensure_ascii=False, default=str) if as_json else text)


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None]]:
    """A report function; on a terminal it draws a bar on standard error, elsewhere it is silent."""
    if not sys.stderr.isatty():
        yield silent
        return
    shown = 0

    def report(done: int, total: int, phase: str = "") -> None:
        nonlocal shown
        filled = 30 * done // total if total else 0
        line = f"\r{phase} [{'█' * filled}{'·' * (30 - filled)}] {done}/{total}"
        click.echo(line.ljust(shown), nl=False, err=True)
        shown = len(line)

    try:
        yield report
    finally:
        if shown:
            click.echo("", err=True)
