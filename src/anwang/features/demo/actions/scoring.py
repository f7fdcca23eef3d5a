"""Some enterprises of a demonstration were evaluated this year: most well, some not (全要素评价)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from anwang.domain.calendar import local_day
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.features.statistics import actions
from anwang.features.statistics.actions import EvaluationData

from .chance import chance
from .stage import Stage, moment

SCORED = 40
#: Of a hundred: below this share so many points at most, and what the evaluator calls it.
RESULTS = ((70, 78, 96, "A"), (92, 62, 74, "B"), (100, 48, 59, "C"))


def evaluate_some(stage: Stage) -> dict[str, Any]:
    """The first enterprises of the place. Returns how many."""
    day = local_day(stage.until)
    root = grid.root_unit(on=day)
    office = replace(stage.by, unit=root.code if root else stage.unit, name="市局办公室（示例）")
    firms = list(enterprises.operating().order_by("id")[:SCORED])
    for firm in firms:
        draw = chance(stage.seed, "evaluation", firm.id)
        share = draw.randrange(100)
        low, high, called = next((low, high, called) for most, low, high, called in RESULTS if share < most)
        on = day - timedelta(days=draw.randrange(40, 300))
        data = EvaluationData(on, draw.randrange(low * 10, high * 10) / 10, called, "示例评价机构")
        actions.record_evaluation(by=office, now=moment(on, 16), enterprise_id=firm.id, data=data)
    return {"evaluations": len(firms)}
