"""Putting another division table in force: the grid first, then everything that stands in it, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor
from anwang.domain.grid.tree import Tree
from anwang.features.grid import actions as grid
from anwang.features.grid.actions import RegridResult

#: In this order: places first, then who is responsible there, then what is open.
HOLDERS = ("enterprises", "assignments", "duties")


def _movers() -> Iterator[tuple[str, Any]]:
    """The features that hold codes or posts, each with its action `move_units`."""
    for name in HOLDERS:
        module = f"anwang.features.{name}.actions"
        if find_spec(module) and hasattr(actions := import_module(module), "move_units"):
            yield name, actions.move_units


@transaction.atomic
def regrid(
    *, by: Actor, now: datetime, new: Tree, on: date, decisions: Mapping[int, int] | None = None,
    to_township: bool = False,
) -> tuple[RegridResult, dict[str, Any]]:  # fmt: skip
    """Move the grid and all that is in force in it (三.1). Returns the grid's result and, per feature, what it moved.

    Closed periods keep their codes; open things move once. Refuses what `grid.apply_regrid` refuses.
    """
    result = grid.apply_regrid(by=by, now=now, new=new, on=on, decisions=decisions, to_township=to_township)
    moved = {name: move(by=by, now=now, on=on, mapping=result.mapping, posts=result.posts) for name, move in _movers()}
    return result, moved
