"""督导计划 of the people whom one may enter: adopted plans, some days announced, a wish, a merge to accept (四.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from anwang.domain.base import Refusal, Role
from anwang.domain.calendar import local_day
from anwang.features.assignments import queries as assignments
from anwang.features.grid import queries as grid
from anwang.features.visits import actions as visits
from anwang.features.visits import queries

from .chance import chance
from .roles import ENTERED
from .stage import Stage

#: People with plans: those of the sign-ins, and neighbours of theirs.
PLANNED = 40


def plan_visits(stage: Stage) -> dict[str, Any]:
    """Plans until the end of the year or the next quarter; every third visit of the next weeks is announced."""
    now = stage.until
    today = local_day(now)
    until = queries.usual_until(today)
    people = _people(stage)
    _summary, found = queries.summarise(people, today=today, until=until)
    adopted = visits.adopt_many(by=stage.by, now=now, proposals=found)
    announced, wished = _announce(stage, people), _wish(stage, people)
    return {
        "plans": len(adopted),
        "announced": announced,
        "wishes": wished,
        "merges": _meet(stage, people),
    }


def _people(stage: Stage) -> list[int]:
    """Those who may be entered first, then others who lead an enterprise."""
    today = local_day(stage.until)
    entered = [post.person_id for post in grid.demo_posts(on=today, kinds=tuple(ENTERED))]
    led = queries.plans_of(stage.unit, on=today)
    leading = set(led)
    return list(dict.fromkeys([*(key for key in entered if key in leading), *led]))[:PLANNED]


def _announce(stage: Stage, people: list[int]) -> int:
    """Announce every third planned visit of the next five weeks."""
    today, count = local_day(stage.until), 0
    for person in people:
        rows = queries.of_person(person, first=today, last=today + timedelta(days=35))
        for row in [each for each in rows if each.form not in queries.REMOTE][::3]:
            by = replace(stage.by, name=row.person.name)
            count += _tried(lambda key=row.id, by=by: visits.announce(by=by, now=stage.until, visit_ids=[key]))
    return count


def _tried(act: Any) -> int:
    """1 when the discipline lets it pass, else 0."""
    try:
        act()
    except Refusal:
        return 0
    return 1


def _wish(stage: Stage, people: list[int]) -> int:
    """An enterprise in five rules out two days of the next weeks."""
    today, dice, count = local_day(stage.until), chance(stage.seed, "wish"), 0
    for person in people[:10]:
        for row in assignments.of_person(person, on=today)[:5]:
            if dice.random() < 0.2:
                first = today + timedelta(days=dice.randint(5, 20))
                data = visits.WishData(row.enterprise_id, "impossible", first, first + timedelta(days=1), "设备检修")
                count += _tried(lambda data=data: visits.wish(by=stage.by, now=stage.until, data=data))
    return count


def _meet(stage: Stage, people: list[int]) -> int:
    """Two colleagues have planned a visit to an enterprise within days of its lead's."""
    today, count = local_day(stage.until), 0
    for person in people:
        rows = queries.of_person(person, first=today, last=today + timedelta(days=35))
        row = next((each for each in rows if each.form not in queries.REMOTE), None)
        if row is None or count == 2:
            continue
        other = next((key for key in people if key != person), None)
        for days in (1, 2, 3, 4, 5):
            data = visits.VisitData(
                row.enterprise_id, other or person, row.day + timedelta(days=days), "am", "联合督导受限空间"
            )
            by = replace(stage.by, roles=frozenset(Role))
            if _tried(lambda by=by, data=data: visits.arrange(by=by, now=stage.until, data=data)):
                count += 1
                break
    return count
