"""The receipts of a notice as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from anwang.adapters.xlsx.layout import Column
from anwang.adapters.xlsx.writer import Stamp, Target, told, write_table
from anwang.domain.base import Actor, Report, gettext_noop
from anwang.domain.roster.spec import Kind
from anwang.features.grid import queries as grid

from ..models import PolicyNotice
from .relays import export_rows, rows_of

COLUMNS = [
    Column(gettext_noop("序号"), Kind.COUNT),
    Column(gettext_noop("乡镇（街道）"), Kind.TEXT),
    Column(gettext_noop("企业名称"), Kind.TEXT),
    Column(gettext_noop("现主包保人"), Kind.TEXT),
    Column(gettext_noop("状态"), Kind.TEXT),
    Column(gettext_noop("传达人"), Kind.TEXT),
    Column(gettext_noop("传达方式"), Kind.TEXT),
    Column(gettext_noop("传达时间"), Kind.TEXT),
    Column(gettext_noop("企业确认人"), Kind.TEXT),
    Column(gettext_noop("企业确认时间"), Kind.TEXT),
]


def write_receipts(
    target: Target, row: PolicyNotice, *, by: Actor, on: date, unit: int | None = None, person: int | None = None,
    state: str = "", report: Report = lambda *_: None,
) -> int:  # fmt: skip
    """Write the receipts that the actor may see, narrowed as a page is; returns how many."""
    rows = rows_of(row, by=by, on=on, unit=unit, person=person, state=state)
    issuer = grid.names({row.unit}).get(row.unit, "")
    notes = [f"通知：{row.title}{f'（{row.number}）' if row.number else ''}，传达期限 {row.due}。"]
    if row.recalled_at:
        notes.append(f"本通知已于 {localtime(row.recalled_at):%Y-%m-%d} 收回：{row.recall_reason}")
    return write_table(
        target, title="政策通知传达回执表", columns=COLUMNS, rows=told(_lines(rows), rows.count(), report),
        notes=notes, stamp=Stamp(issuer, by.name, on),
    )  # fmt: skip


def _lines(rows: Any) -> Iterator[list[Any]]:
    for number, each in enumerate(export_rows(rows), 1):
        row = each.row
        yield [
            number, each.place, row.enterprise.name, each.lead, each.label,
            row.relayed_by.name if row.relayed_by else "", row.get_relayed_how_display(), _at(row.relayed_at),
            row.confirmed_by, _at(row.confirmed_at),
        ]  # fmt: skip


def _at(value: Any) -> str:
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""
