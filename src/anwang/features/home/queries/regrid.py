"""A division table that somebody chose, and the preview of putting it in force."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.adapters import reference
from anwang.adapters.division import parse_division
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.grid.preview import PreviewLine
from anwang.domain.grid.tree import Tree
from anwang.features.grid import queries as grid
from anwang.features.grid.queries import Regrid

_FAULTY = gettext_noop("区划表有 %(n)s 处错误：第 %(line)s 行 %(first)s")


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A line of the preview. `is_open` asks for a decision; `heir` is the township it goes to otherwise."""

    line: PreviewLine
    is_open: bool
    heir: str = ""


def read_table(table: str, *, by: Actor) -> Tree:
    """The table of a shipped year ("2023") or of an uploaded file ("file-7").

    Refuses `table_unknown`, `grid_faults`, and what reading a file refuses.
    """
    if table.isdigit() and int(table) in reference.GRID_YEARS:
        return reference.grid_tree(int(table))
    key = table.removeprefix("file-")
    kept = grid.upload(int(key), by=by) if key.isdigit() else None
    if kept is None:
        raise Refusal("table_unknown", gettext_noop("请重新选择区划表。"))
    tree, faults = grid.read_tree(parse_division(kept[1]))
    if faults:
        first = faults[0]
        raise Refusal("grid_faults", _FAULTY, n=len(faults), line=first.line, first=str(first.reason))
    return tree


def preview_rows(plan: Regrid) -> list[PreviewRow]:
    """The lines worth reading, with those that need a decision marked."""
    rows = []
    for line in plan.preview.worth_reading():
        waits = line.old_code in plan.waiting
        heir = plan.plan.mapping.get((line.old_code or 0) // 1000 * 1000) if waits else None
        rows.append(PreviewRow(line, waits, plan.new.path_name(heir) if heir else ""))
    return rows
