"""Loading a division table: the first, and a later one that moves what stands (三.1).

A closed period keeps its codes: rows are closed and followed by others, never rewritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from anwang.domain.base import Actor, Level, Refusal, Role, gettext_noop
from anwang.domain.grid.regrid import Change
from anwang.domain.grid.tree import Tree, Unit
from anwang.features.accounts import actions as accounts
from anwang.features.audit import actions as audit

from ..models import GridUnit, Succession
from ..queries import facts_of
from ..queries.regrid import Regrid, plan_regrid, tree_in_force
from .successors import follow_posts


@dataclass(frozen=True, slots=True)
class RegridResult:
    """What was done. `mapping` is old code → new code, `posts` old post → new post: other features move by them.

    `stranded` are posts in villages without a successor; they keep their old unit until the office decides.
    """

    mapping: dict[int, int]
    posts: dict[int, int]
    stranded: tuple[int, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    closed: int = 0
    opened: int = 0


@transaction.atomic
def load_grid(*, by: Actor, now: datetime, tree: Tree, on: date) -> int:
    """The first division table, in force from `on`. Returns the number of units; 0 when the same one is there.

    Refuses `grid_empty`, and `grid_exists` when another table is in force (that is a re-gridding).
    """
    if not len(tree):
        raise Refusal("grid_empty", gettext_noop("区划表里没有一行可用。"))
    old = tree_in_force()
    if len(old):
        if old.units == tree.units:
            return 0
        raise Refusal("grid_exists", gettext_noop("已有区划在用。换用新表是网格调整，请先预览再确认。"))
    _open(tree, on, now, {})
    audit.record(by=by, now=now, action="grid.load", units=len(tree), on=on)
    return len(tree)


def _open(units: Iterable[Unit], on: date, now: datetime, phones: Mapping[int, str]) -> int:
    rows = []
    for unit in units:
        county, township = facts_of(unit.code)
        rows.append(
            GridUnit(
                code=unit.code, level=unit.level, name=unit.name, parent=unit.parent, county=county, township=township,
                phone=phones.get(unit.code, ""), valid_from=on, recorded_at=now,
            )
        )  # fmt: skip
    return len(GridUnit.objects.bulk_create(rows, batch_size=1000))


@transaction.atomic
def apply_regrid(
    *, by: Actor, now: datetime, new: Tree, on: date, decisions: Mapping[int, int] | None = None,
    to_township: bool = False,
) -> RegridResult:  # fmt: skip
    """Put another division table in force from `on`: units, successions, posts, leaders, sponsors.

    Refuses `regrid_same`, `regrid_undecided`, `regrid_before`, `regrid_decision`. The caller moves what other
    features hold, by the mappings of the result, in the same transaction.
    """
    plan = plan_regrid(new, decisions=decisions, to_township=to_township)
    _may(by)
    _insist(plan, on)
    phones = dict(GridUnit.objects.filter(valid_to=None).exclude(phone="").values_list("code", "phone"))
    closed, opened = _exchange(plan, on, now, phones)
    _remember(plan, on, now)
    posts, stranded = follow_posts(plan, on=on, now=now)
    accounts.follow_posts(by=by, now=now, posts=posts)
    facts: dict[str, Any] = {"on": on, "moved": len(plan.mapping), "posts": len(posts), **plan.counts}
    audit.record(by=by, now=now, action="grid.regrid", **facts)
    return RegridResult(dict(plan.mapping), posts, stranded, plan.counts, closed, opened)


def _may(by: Actor) -> None:
    """The table is the whole city's: only its office, and the system itself, put another in force."""
    if not by.has(Role.OFFICE) or by.level is not Level.CITY:
        raise Refusal("not_your_unit", gettext_noop("只有市级办公室可以调整网格。"))


def _insist(plan: Regrid, on: date) -> None:
    if plan.plan.is_empty:
        raise Refusal("regrid_same", gettext_noop("这张区划表与在用的完全相同，不需要调整。"))
    if plan.waiting:
        text = gettext_noop("有 %(n)s 个旧网格没有找到去向，请逐个指定，或选择“归入所在乡镇”。")
        raise Refusal("regrid_undecided", text, n=len(plan.waiting))
    newest = GridUnit.objects.filter(valid_to=None).aggregate(day=Max("valid_from"))["day"]
    if newest and on <= newest:
        raise Refusal("regrid_before", gettext_noop("在用区划自 %(day)s 起，新表的起用日期应晚于它。"), day=newest)


def _exchange(plan: Regrid, on: date, now: datetime, phones: Mapping[int, str]) -> tuple[int, int]:
    """Close what is gone or called otherwise, open what is new; phones follow their unit."""
    old = tree_in_force()
    gone = [unit.code for unit in old if plan.new.get(unit.code) != unit]
    fresh = [unit for unit in plan.new if old.get(unit.code) != unit]
    for start in range(0, len(gone), 500):
        GridUnit.objects.filter(valid_to=None, code__in=gone[start : start + 500]).update(valid_to=on)
    ended = {m.old.code for m in plan.plan.of(Change.DISSOLVED) if m.old} | set(plan.unsettled)
    carried = {plan.plan.mapping.get(code, code): phone for code, phone in phones.items() if code not in ended}
    return len(gone), _open(fresh, on, now, carried)


def _remember(plan: Regrid, on: date, now: datetime) -> None:
    """A succession for every old unit but the kept ones and mere wording."""
    rows = [
        Succession(
            old=move.old.code, new=move.new.code, old_name=move.old.name, new_name=move.new.name, on=on,
            kind=move.change.value, recorded_at=now,
        )
        for move in plan.plan.moves
        if move.old and move.new and move.change is not Change.KEPT
    ]  # fmt: skip
    old = tree_in_force()
    for code in plan.unsettled:
        heir, gone = plan.mapping[code], next(m.old for m in plan.plan.undecided if m.old and m.old.code == code)
        target = old.get(heir)
        rows.append(
            Succession(
                old=code, new=heir, old_name=gone.name, new_name=target.name if target else "", on=on,
                kind="dissolved", recorded_at=now,
            )
        )  # fmt: skip
    Succession.objects.bulk_create(rows, batch_size=1000)
