"""What a new division table would change, before anything moves (三.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from anwang.domain.base import Level
from anwang.domain.grid.codes import DIGITS, truncate
from anwang.domain.grid.names import Succession as Followed
from anwang.domain.grid.preview import Preview, preview
from anwang.domain.grid.regrid import Change, RegridPlan, diff
from anwang.domain.grid.tree import Tree, Unit, UnitFault, UnitRow, build_tree

from ..models import GridUnit, Post, Succession


@dataclass(frozen=True, slots=True)
class Regrid:
    """A plan with its preview. `mapping` is old code → new code of everything that changes its code.

    `unsettled` are the codes of villages without a successor that go to their township; `waiting` those still open.
    """

    plan: RegridPlan
    preview: Preview
    new: Tree
    mapping: Mapping[int, int]
    unsettled: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    posts: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def tree_in_force() -> Tree:
    """The units in force as a tree."""
    rows = GridUnit.objects.filter(valid_to=None)
    return Tree({row.code: Unit(row.code, Level(row.level), row.name, _parent(row)) for row in rows})


def _parent(row: GridUnit) -> int | None:
    return None if row.level == Level.CITY else row.parent


def read_tree(rows: Sequence[UnitRow]) -> tuple[Tree, list[UnitFault]]:
    """The tree of a division table and every fault of its lines."""
    return build_tree(rows)


def plan_regrid(new: Tree, *, decisions: Mapping[int, int] | None = None, to_township: bool = False) -> Regrid:
    """Compare the grid in force with a new table. Reads only.

    `to_township` lets villages without a successor go to the township that follows theirs.
    """
    old = tree_in_force()
    plan = diff(old, new, decisions)
    heirs = {move.old.code: _heir(move.old.code, plan) for move in plan.undecided if move.old}
    settled = {code: heir for code, heir in heirs.items() if to_township and heir is not None}
    mapping = {a: b for a, b in plan.mapping.items() if a != b} | settled
    result = Regrid(
        plan=plan, preview=preview(plan, old, new), new=new, mapping=mapping, unsettled=tuple(settled),
        waiting=tuple(code for code in heirs if code not in settled),
    )  # fmt: skip
    return replace(result, posts=posts_in(mapping), counts=_counts(plan))


def _heir(code: int, plan: RegridPlan) -> int | None:
    """The township that follows a village's own."""
    return plan.mapping.get(truncate(code, Level.TOWNSHIP)) if code % 10 ** (12 - DIGITS[Level.TOWNSHIP]) else None


def _counts(plan: RegridPlan) -> dict[str, int]:
    """`{change}_{level}` → how many, and `cosmetic`: names that differ in wording only."""
    counts = {f"{c.value}_{level.value}": len(plan.of(c, level)) for c in Change for level in list(Level)[:4]}
    counts["cosmetic"] = sum(move.cosmetic for move in plan.of(Change.RENAMED))
    return {key: count for key, count in counts.items() if count}


def posts_in(mapping: Mapping[int, int]) -> int:
    """How many posts in force serve in a unit whose code changes."""
    held = Post.objects.filter(valid_to=None).values_list("unit", flat=True)
    return sum(unit in mapping for unit in held)


def followed() -> list[Followed]:
    """Every succession so far, for finding places by old names and codes."""
    return [Followed(s.old, s.old_name, s.new) for s in Succession.objects.order_by("on", "id")]


def history_of(code: int) -> dict[str, Any]:
    """What a code was called and what it came from and became: {"rows": units, "moves": successions}."""
    return {
        "rows": list(GridUnit.objects.filter(code=code).order_by("valid_from")),
        "moves": list(Succession.objects.filter(Q(old=code) | Q(new=code)).order_by("on")),
    }
