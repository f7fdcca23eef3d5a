"""Long work of this feature: a board of very many problems as a table."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from anwang.adapters.xlsx.kept import kept_table
from anwang.domain.base import Report
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid

from .queries.boards import Filters
from .queries.taking import write_board


def export(report: Report, work: Any, *, asked: dict[str, Any], title: str, name: str) -> dict[str, Any]:
    """A board to fetch, narrowed as the page was, in the post worn then."""
    now = timezone.now()
    by = grid.starter(work, now=now)
    write = partial(write_board, by=by, asked=Filters(**asked), on=local_day(now), title=title, report=report)
    return kept_table(name, write)
