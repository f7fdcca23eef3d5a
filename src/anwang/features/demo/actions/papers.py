"""Papers in the weeks after the plan: most letters signed on paper, most sheets hung, some still waiting (三.2)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from anwang.features.assignments import actions as assignments
from anwang.features.assignments import queries

from .chance import chance
from .stage import Stage, moment

WAITING = 0.06
DAYS = 25
PLACES = ("厂区大门公示栏", "办公楼一层公示栏", "车间入口公示栏", "门卫室旁")


def sign_and_post(stage: Stage) -> dict[str, Any]:
    """Spread over the first weeks; what waits is waiting for somebody to do it in the demonstration."""
    asked = queries.Asked(state="open")
    letters = _by_day(stage, "letters", queries.paper_ids("commitment", stage.by, asked))
    for day, ids in letters.items():
        assignments.record_paper(by=stage.by, now=moment(day, 17), commitment_ids=ids, signed_on=day)
    sheets = _by_day(stage, "sheets", queries.paper_ids("posting", stage.by, asked))
    for day, ids in sheets.items():
        for at, place in enumerate(PLACES):
            some = ids[at :: len(PLACES)]
            assignments.confirm_many(by=stage.by, now=moment(day, 18), posting_ids=some, posted_on=day, place=place)
    return {"signed": sum(map(len, letters.values())), "posted": sum(map(len, sheets.values()))}


def _by_day(stage: Stage, what: str, ids: list[int]) -> dict[date, list[int]]:
    dice, found = chance(stage.seed, what), defaultdict(list)
    for key in ids:
        if dice.random() >= WAITING:
            found[stage.start + timedelta(days=dice.randint(1, DAYS))].append(key)
    return dict(sorted(found.items()))
