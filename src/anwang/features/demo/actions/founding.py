"""The first days of a demonstration: grid, people, roster — by the actions that real data goes through."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from anwang.adapters import reference
from anwang.domain.base import Level
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import ancestors
from anwang.features.enterprises import actions as enterprises
from anwang.features.grid import actions as grid
from anwang.features.grid.actions import Line
from anwang.features.grid.queries.sheet import SheetPlan, plan_people
from anwang.features.policies import actions as policies

from .chance import Phones, chance
from .firms import Firm, firms
from .officials import officials
from .sheets import people_sheet, roster_sheet
from .sizes import CITY, Size
from .stage import Stage, moment

GRID_YEAR = 2023
#: Where in the row of numbers each kind begins, so that none is given twice.
FIRMS_FROM, UNITS_FROM = 50_000, 900_000
#: Shares of the roster that a later one adds and changes.
NEW, CHANGED = 0.01, 0.008
OPERATING = "正常经营"


def load_units(stage: Stage) -> dict[str, Any]:
    """The grid of 2023 and a supervision phone for the city, its counties and the townships that take part."""
    now, tree = moment(stage.start, 8), reference.grid_tree(GRID_YEAR)
    loaded = grid.load_grid(by=stage.by, now=now, tree=tree, on=stage.start)
    phones = Phones(stage.seed, UNITS_FROM)
    for unit in tree:
        if unit.level.rank <= Level.TOWNSHIP.rank and _takes_part(stage, unit.code):
            grid.set_supervision_phone(by=stage.by, now=now, unit=unit.code, phone=phones.take())
    return {"units": loaded}


def _takes_part(stage: Stage, code: int) -> bool:
    wanted = stage.size.units
    related = {code, *(above for unit in wanted for above in ancestors(unit))}
    return not wanted or code in related or any(above in wanted for above in (code, *ancestors(code)))


def load_people(stage: Stage) -> dict[str, Any]:
    """The officials, through a spreadsheet."""
    now = moment(stage.start, 8, 10)
    rows = list(officials(reference.grid_tree(GRID_YEAR), stage.size, stage.seed, Phones(stage.seed)))
    stage.report(0, 4, "人员表格")
    plan = plan_people(people_sheet(rows, stage.start), by=stage.by, on=stage.start)
    _insist_sound(plan, len(rows))
    counts = grid.import_people(by=stage.by, now=now, plan=plan, report=stage.report, is_demo=True)
    ranked = [
        Line(CITY, each.post_id or 0, stage.start, row.rank)
        for row, each in zip(rows, plan.rows, strict=True)
        if row.rank > 1
    ]
    grid.appoint_leaders(by=stage.by, now=now, rows=ranked)
    return counts


def _insist_sound(plan: SheetPlan, expected: int) -> None:
    """The demonstration's own sheet has no faults; anything else is a fault of the program."""
    bad = [row for row in plan.rows if not row.row.ok]
    if bad or len(plan.rows) != expected:
        why = str(bad[0].row.faults[0].reason) if bad else f"{len(plan.rows)} of {expected} rows"
        raise RuntimeError(f"the sheet of people: {why}")


def load_roster(stage: Stage) -> dict[str, Any]:
    """The enterprises, through a spreadsheet; they are graded on the way (附件6)."""
    now = moment(stage.start, 8, 30)
    policies.keep_version(by=stage.by, now=now)
    return _import(stage, now, _firms(stage, stage.size), "示例企业名册.xlsx")


def update_roster(stage: Stage, day: date) -> dict[str, Any]:
    """A later roster: some enterprises new, some suspended or closed, some at work again."""
    more = replace(stage.size, enterprises=round(stage.size.enterprises * (1 + NEW)))
    rows = list(_firms(stage, more))
    known, fresh = rows[: stage.size.enterprises], rows[stage.size.enterprises :]
    dice = chance(stage.seed, "update")
    changed = [_changed(row, dice, day) for row in known if dice.random() < CHANGED or row.status != OPERATING]
    opened = [replace(row, opened=day - timedelta(days=dice.randint(2, 40))) for row in fresh]
    return _import(stage, moment(day, 7), [*changed, *opened], "示例企业名册（变动）.xlsx")


def _changed(row: Firm, dice: random.Random, day: date) -> Firm:
    if row.status != OPERATING:
        return replace(row, status=OPERATING) if dice.random() < 0.5 else row
    if dice.random() < 0.4:
        return replace(row, status="关闭注销", closed=day - timedelta(days=1))
    return replace(row, status="停产停业")


def _firms(stage: Stage, size: Size) -> Iterator[Firm]:
    return firms(reference.grid_tree(GRID_YEAR), size, stage.seed, stage.start, Phones(stage.seed, FIRMS_FROM))


def _import(stage: Stage, now: datetime, rows: Iterable[Firm], filename: str) -> dict[str, Any]:
    stage.report(0, 1, "企业名册")
    done = enterprises.import_roster(
        by=stage.by, now=now, data=roster_sheet(rows), filename=filename, unit=stage.unit, on=local_day(now),
        report=stage.report, is_demo=True,
    )  # fmt: skip
    return done.plan.report()
