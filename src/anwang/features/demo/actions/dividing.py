"""Who supervises whom (二.2): proposed, proven and adopted, then changed once in the middle of the year."""

from __future__ import annotations

from datetime import date
from typing import Any

from anwang.features.assignments import actions as assignments
from anwang.features.grid import actions as grid
from anwang.features.grid import queries as grid_queries

from .chance import chance
from .stage import Stage, moment

LEAVING = {"county_bureau": 2, "township_safety": 3, "village_principal": 4}
WHY = ("调离", "退休", "岗位调整")


def divide(stage: Stage) -> dict[str, Any]:
    """The first plan, adopted on the first day."""
    return adopt(stage, stage.start, keep=False)


def adopt(stage: Stage, day: date, *, keep: bool) -> dict[str, Any]:
    """Propose a plan for everything and adopt it at once. Returns the figures of the proposal."""
    now = moment(day, 9)
    plan = assignments.propose(by=stage.by, now=now, on=day, keep=keep, seed=stage.seed, report=stage.report)
    done = assignments.adopt(by=stage.by, now=now, plan_id=plan.id, report=stage.report)
    names = ("enterprises", "officials", "joint", "without_lead", "officials_without", "gap")
    return {name: plan.summary[name] for name in names} | {"begun": done.begun, "ended": done.ended}


def change_hands(stage: Stage, day: date) -> dict[str, Any]:
    """Some people leave; a plan that moves nobody else gives their enterprises to others, open duties with them."""
    dice, now = chance(stage.seed, "leaving"), moment(day, 8)
    left = 0
    for kind, count in LEAVING.items():
        held = list(grid_queries.posts(on=day).filter(kind=kind, is_office=False, person__user=None).order_by("id"))
        for post in dice.sample(held, min(count, len(held) // 4)):
            grid.end_post(by=stage.by, now=now, post_id=post.id, on=day, reason=dice.choice(WHY))
            left += 1
    return {"left": left, **(adopt(stage, day, keep=True) if left else {})}
