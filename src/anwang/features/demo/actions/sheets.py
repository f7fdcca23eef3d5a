"""The spreadsheets of a demonstration, written by the writer of the exports and read by the importers of real data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from anwang.adapters.xlsx.writer import columns_of, write_table
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.features.grid.queries.sheet_spec import people_spec

from . import firms
from .officials import Official

PEOPLE = (
    *("name", "phone", "unit_code", "department", "post_kind", "title", "leads", "sponsors"),
    *("is_office", "is_supervisor", "expertise", "valid_from"),
)


def people_sheet(rows: Iterable[Official], start: date) -> bytes:
    """The officials, one row a post."""
    spec = people_spec()
    kinds = {value: word for word, value in reversed(spec["post_kind"].words)}
    return _book("示例包保督导人员名册", columns_of(spec, PEOPLE), ([*_person(row, kinds), start] for row in rows))


def _person(row: Official, kinds: dict[str, str]) -> list[object]:
    return [
        row.name, row.phone, f"{row.unit:012d}", row.organisation, kinds[row.kind], row.title, row.leads,
        "、".join(f"{code:012d}" for code in row.sponsors), row.is_office, row.is_supervisor, row.expertise,
    ]  # fmt: skip


def roster_sheet(rows: Iterable[firms.Firm]) -> bytes:
    """The enterprises, as a county's register states them."""
    return _book("示例企业名册", columns_of(ENTERPRISES, firms.COLUMNS), map(firms.row, rows))


def _book(title: str, columns: list, rows: Iterable[list[object]]) -> bytes:
    target = BytesIO()
    write_table(target, title=title, columns=columns, rows=rows)
    return target.getvalue()
