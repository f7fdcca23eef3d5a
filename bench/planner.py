"""The bundle planner (B1): a year of the eight rules for a city, exact and along routes, on one core.

`python -m bench.planner [--size N]`. Enterprises lie in the villages of Linyi, two to nine of them with one person;
one in ten began during the first quarter, one in five rules days out, one in eight is visited by others too. The
baseline meets each duty on its last possible day, taking along what fits, enterprise by enterprise: the least that a
person without a planner would do. Agreement: small cases of all sorts against trying every set of contacts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SIZE = 30_000
YEAR = 2026
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
DAY = timedelta(days=1)
SAMPLE, STOPS = 400, 4
Line = dict[str, Any]


def run(size: int = SIZE) -> list[Line]:
    """The lines of this benchmark, as `bench.__main__` describes them."""
    season, groups = _season(), list(_groups(size))
    greedy_seconds, greedy = _timed(lambda: [_by_hand(group, season) for group in groups])
    seconds, found = _timed(lambda: _planned(groups, season))
    records = sum(plan.records for plan in found)
    contacts = sum(plan.contacts for plan in found)
    missed, hand_missed = sum(len(plan.missed) for plan in found), sum(each[1] for each in greedy)
    days = sum(len({s.contact.day for s in plan.stops if s.contact.form == season.visit}) for plan in found)
    hand_days = sum(each[2] for each in greedy)
    bound = sum(plan.lower_bound for plan in found)
    return [
        _line(f"plan a year for {size:,} enterprises", seconds, "s", f"by hand {greedy_seconds:.3g} s",
              seconds / greedy_seconds, "≤ 60 s"),
        _line("contacts for the duties of the year", contacts, "", f"{records:,} duties, a record each",
              contacts / records, f"proved bound {bound:,}"),
        _line("days on which somebody goes out", days, "", f"by hand {hand_days:,}", days / hand_days),
        _line("duties without a possible day", missed, "", f"by hand {hand_missed:,}", None),
        _agreement(),
    ]  # fmt: skip


def _line(what: str, value: float, unit: str, baseline: str, ratio: float | None, target: str = "") -> Line:
    return {"line": what, "value": value, "unit": unit, "baseline": baseline, "ratio": ratio, "target": target}


def _timed(work: Any) -> tuple[float, Any]:
    """Seconds of one core, whatever else the machine is doing, and the answer."""
    began = time.process_time()
    answer = work()
    return time.process_time() - began, answer


def _season() -> Any:
    from anwang.adapters.holidays import packaged_workdays
    from anwang.domain.visits.needs import Season

    terms, off = _policy().visits(FIRST), packaged_workdays().off
    days = [FIRST + i * DAY for i in range((LAST - FIRST).days + 1)]
    quiet = frozenset(day for day in days if terms.is_quiet(day) or day in off)
    return Season(FIRST, LAST, FIRST + DAY, quiet, frozenset({"call", "video"}), "on_site", terms.per_day,
                  terms.per_month)  # fmt: skip


@cache
def _policy() -> Any:
    from anwang.adapters.policy_files import load_policy

    return load_policy(Path(__file__).parent.parent / "policies" / "linyi-2020-9")


def _groups(size: int) -> Iterator[list[Any]]:
    """The enterprises of each person."""
    from anwang.adapters import reference
    from anwang.domain.base import Level
    from anwang.domain.visits.plan import Firm
    from anwang.domain.visits.route import Spot

    dice, villages = Random(7), sorted(unit.code for unit in reference.grid_tree(2023).at(Level.VILLAGE))
    usual, made = _needs(FIRST), 0
    while made < size:
        village, centre = dice.randrange(len(villages)), (118 + dice.random(), 34.5 + dice.random())
        group = []
        for _ in range(min(dice.randint(2, 9), size - made)):
            made += 1
            place = villages[min(village + dice.choice((0, 0, 0, 1, 2, 12)), len(villages) - 1)]
            near = (centre[0] + dice.random() / 20, centre[1] + dice.random() / 20)
            point = near if dice.random() < 0.5 else None
            needs = usual if dice.random() > 0.1 else _needs(FIRST + dice.randrange(90) * DAY)
            group.append(Firm(made, Spot(place, point), needs, _calendar(dice)))
        yield group


def _needs(since: date) -> tuple[Any, ...]:
    """A year of the rules for an enterprise that has been led since a day."""
    from anwang.domain.calendar import periods_between
    from anwang.domain.duties.counting import form_fits
    from anwang.domain.duties.due import deadlines, period_kind
    from anwang.domain.visits.needs import Need

    found = []
    for rule in _policy().duty_rules(FIRST):
        if kind := period_kind(rule):
            forms = tuple(form.value for form in rule.forms if form_fits(rule, form, True))
            for period in periods_between(kind, since, LAST + DAY):
                when = deadlines(rule, period, since)
                if when.due <= LAST:
                    found.append(Need((rule.code, period.key), rule.code, when.start, when.due, forms, not rule.bundle))
    return tuple(found)


def _calendar(dice: Random) -> Any:
    from anwang.domain.visits.needs import Calendar

    days: set[date] = set()
    if dice.random() < 0.2:
        first = FIRST + dice.randrange(350) * DAY
        days.update(first + i * DAY for i in range(dice.randint(1, 15)))
    taken = {FIRST + dice.randrange(360) * DAY: 1 for _ in range(dice.randint(1, 6))} if dice.random() < 0.125 else {}
    return Calendar(frozenset(days), taken)


def _planned(groups: list[list[Any]], season: Any) -> list[Any]:
    from anwang.domain.visits.days import Days
    from anwang.domain.visits.plan import plan

    days = Days(season)
    return [plan(group, days, stops_per_day=STOPS, calls_per_day=12, near_km=30) for group in groups]


def _by_hand(group: list[Any], season: Any) -> tuple[int, int, int]:
    """(contacts, duties without a day, days out) when each duty waits for its last day."""
    contacts = missed = 0
    out: Counter[date] = Counter()
    for firm in group:
        visits: dict[date, set[str]] = {}
        for need in sorted(firm.needs, key=lambda need: need.due):
            if need.forms[0] in season.remote:
                contacts += 1
                continue
            joined = next((day for day, met in visits.items()
                           if need.start <= day <= need.due and need.rule not in met), None)  # fmt: skip
            day = joined or _last_day(need, firm.calendar, visits, season, out)
            if day is None:
                missed += 1
                continue
            visits.setdefault(day, set()).add(need.rule)
        contacts += len(visits)
        out.update(list(visits))
    return contacts, missed, len(out)


def _last_day(
    need: Any, calendar: Any, visits: dict[date, set[str]], season: Any, out: Counter[date]
) -> date | None:  # fmt: skip
    """The last free day; four stops fill one."""
    busy = [*calendar.taken, *visits]
    for back in range((need.due - need.start).days + 1):
        day = need.due - back * DAY
        month = sum((each.year, each.month) == (day.year, day.month) for each in busy)
        free = day not in season.quiet and day not in calendar.impossible and day not in busy
        if free and month < season.per_month and out[day] < STOPS:
            return day
    return None


def _agreement() -> Line:
    """The share of small cases in which the planner and trying everything agree."""
    from anwang.domain.visits.days import Days
    from anwang.domain.visits.fewest import fewest
    from tests.domain.visits.brute import agrees, chance_case

    agreed = 0
    for seed in range(10_000, 10_000 + SAMPLE):
        needs, season, calendar = chance_case(seed)
        answer, _room = fewest(needs, Days(season), calendar)
        agreed += agrees(needs, season, calendar, answer)
    return _line(f"agreement with brute force, {SAMPLE} small cases", 100 * agreed / SAMPLE, "%", "", None, "100 %")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.planner")
    parser.add_argument("--size", type=int, default=SIZE)
    print(json.dumps(run(parser.parse_args().size), ensure_ascii=False, indent=1))
