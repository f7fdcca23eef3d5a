"""The roster as a workbook to take away; an import reads it back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anwang.adapters.xlsx.writer import Stamp, Target, columns_of, iter_values, told, write_table
from anwang.domain.base import Report
from anwang.domain.roster.enterprises import ENTERPRISES

from .exporting import export_rows


def write_roster(
    target: Target, rows: QuerySet[Any], *, title: str, stamp: Stamp, report: Report = lambda *_: None
) -> int:
    """Write enterprises as they are read; returns how many."""
    values = iter_values(ENTERPRISES, told(export_rows(rows), rows.count(), report), list(ENTERPRISES.by_name))
    return write_table(
        target, title=title, columns=columns_of(ENTERPRISES), rows=values, stamp=stamp, sheet_name=_("企业名册")
    )
