"""Boards of problems at a city's size: 200,000 problems, one in ten open, as a county's leader and a cadre see them.

`python -m bench.problems [--size N]`; the baseline of a page is the same page with a hundred problems in the database,
that of a statement the same one reading the rows, as it was before indexes answered alone. On SQLite the processor's
time is taken, on PostgreSQL, whose work is another process's, the clock's.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

Line = dict[str, Any]
SIZE, FEW, TIMES = 200_000, 100, 40
FIRMS, COUNTIES = 4_000, (371302, 371311, 371312, 371321, 371322, 371323, 371324, 371325)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwang.config.settings")


def _start() -> None:
    from anwang.config.cli import cli

    cli.main(["migrate"], standalone_mode=False)


def _grid() -> dict[str, Any]:
    """A city with counties, ten townships each with ten villages; a leader of a county, a township and a village."""
    from anwang.features.grid.models import GridUnit
    from anwang.features.grid.queries import facts_of

    units: list[tuple[int, str, int]] = [(371300000000, "city", 370000000000)]
    for county in COUNTIES:
        units.append((county * 10**6, "county", 371300000000))
        for n in range(1, 11):
            town = county * 10**6 + n * 1000
            units.append((town, "township", county * 10**6))
            units += [(town + 200 + m, "village", town) for m in range(1, 11)]
    GridUnit.objects.bulk_create(
        GridUnit(code=code, level=level, name=str(code), parent=parent, county=facts_of(code)[0],
                 township=facts_of(code)[1], valid_from=date(2020, 1, 1), recorded_at=NOW)
        for code, level, parent in units
    )  # fmt: skip
    wanted = {
        "city": "bureau",
        "county": "county_bureau",
        "township": "township_leader",
        "village": "village_principal",
    }
    return {level: _leader(level, kind, next(code for code, at, _p in units if at == level))
            for level, kind in wanted.items()}  # fmt: skip


def _leader(level: str, kind: str, unit: int) -> Any:
    from anwang.features.accounts.models import Person, User
    from anwang.features.grid.models import Leadership, Post
    from anwang.features.grid.queries import facts_of

    county, township = facts_of(unit)
    dated = {"level": level, "unit": unit, "valid_from": date(2020, 1, 1), "recorded_at": NOW}
    person = Person.objects.create(name=level, created_at=NOW)
    post = Post.objects.create(person=person, kind=kind, county=county, township=township, **dated)
    Leadership.objects.create(post=post, **dated)
    return User.objects.create(username=level, person=person)


def _firms() -> list[Any]:
    from anwang.features.enterprises.models import Enterprise
    from anwang.features.grid.models import GridUnit

    villages = list(GridUnit.objects.filter(level="village").values_list("code", "county", "township"))
    Enterprise.objects.bulk_create(
        Enterprise(name=f"企业 {n}", place=place, county=county, township=township, created_at=NOW, updated_at=NOW)
        for n in range(FIRMS)
        for place, county, township in [villages[n % len(villages)]]
    )
    return list(Enterprise.objects.order_by("id"))


def fill(firms: list[Any], people: dict[str, Any], count: int) -> float:
    """So many problems, one in ten open; seconds of inserting."""
    from anwang.domain.ladder.rules import ProblemKind
    from anwang.features.problems.actions.reporting import kept_ladder
    from anwang.features.problems.models import Problem

    dice, kinds = random.Random(count), list(ProblemKind)
    ladder, _rule = kept_ladder(ProblemKind.OTHER, TODAY, NOW)
    cadre = people["village"].person_id

    def rows() -> Any:
        for n in range(count):
            firm, is_open, ago = firms[n % len(firms)], n % 10 == 0, dice.randint(0, 400)
            units = (firm.place, firm.township * 1000, firm.county * 10**6)
            level = dice.randrange(3)
            state = dice.choice(("reported", "accepted", "escalated", "rectifying")) if is_open else "closed"
            at = NOW - timedelta(days=ago if not is_open else ago % 120)
            due = TODAY + timedelta(days=dice.randint(-20, 20)) if is_open else None
            yield Problem(
                enterprise=firm, county=firm.county, township=firm.township, kind=kinds[n % len(kinds)],
                title=f"问题 {n}", found_on=at.date(), source="contact", reported_by="x", reported_at=at,
                tracker_id=cadre if firm.place == firms[0].place else None, ladder=ladder, policy_version="x",
                state=state, unit=units[level], level=("village", "township", "county")[level], arrived_on=at.date(),
                part="unit" if is_open else None, actor_unit=units[level] if is_open else None, due=due, act_on=due,
                first_due=at.date(), closed_at=None if is_open else at,
            )  # fmt: skip

    started = time.perf_counter()
    source = rows()
    while portion := list(islice(source, 5000)):
        Problem.objects.bulk_create(portion, batch_size=1000)
    return time.perf_counter() - started


PAGES = {
    "city leader's board": ("city", "/problems/"),
    "county leader's board": ("county", "/problems/"),
    "county leader's board, narrowed": ("county", "/problems/?kind=violation&age=8"),
    "county leader's late ones": ("county", "/problems/?scope=overdue"),
    "county leader's closed ones": ("county", "/problems/?scope=closed"),
    "county leader's hundredth page of closed ones": ("county", "/problems/?scope=closed&page=100"),
    "township's decisions": ("township", "/problems/?scope=waiting"),
    "cadre's tracked ones": ("village", "/problems/?scope=tracking"),
    "ageing of the city": ("city", "/problems/ageing/"),
}


def measured(people: dict[str, Any]) -> dict[str, tuple[float, float, int]]:
    """(median, 95th of a hundred in ms of a processor, queries) of each page, warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found = {}
    for name, (who, address) in PAGES.items():
        browser = Client(SERVER_NAME="127.0.0.1")
        browser.force_login(people[who], backend="django.contrib.auth.backends.ModelBackend")
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        taken = sorted(_timed(lambda browser=browser, address=address: browser.get(address)) for _ in range(TIMES))
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        found[name] = (statistics.median(taken), taken[int(TIMES * 0.95) - 1], len(queries))
    return found


def _timed(act: Callable[[], Any]) -> float:
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    started = clock()
    act()
    return (clock() - started) * 1000


def statements(people: dict[str, Any]) -> list[Line]:
    """The two statements behind a board, out of an index alone and out of the rows."""
    from django.db.models import Count, Max

    from anwang.features.grid.queries import actor_for
    from anwang.features.problems.queries import Filters, ages, board, keys_of

    lines = []
    for who, scope in (("city", "open"), ("county", "open"), ("city", "closed"), ("county", "closed")):
        actor = actor_for(people[who], now=NOW)
        if actor is None:
            raise RuntimeError(who)
        rows = board(actor, Filters(scope), TODAY)
        old = ages(TODAY)[-1].reported(TODAY)
        counted = rows.order_by().values("state", "kind").annotate(n=Count("*"), old=Count("id", filter=old))
        acts = {
            f"counts of the {who}'s {scope} ones": (counted, counted.annotate(last=Max("first_due"))),
            f"first page of the {who}'s {scope} ones": (
                keys_of(rows)[:20],
                rows.select_related("enterprise", "actor_person", "tracker")[:20],
            ),
        }
        for name, (fast, slow) in acts.items():
            if scope == "closed" and name.startswith("counts"):
                continue
            quick, long = (statistics.median(_timed(lambda q=q: list(q.all())) for _ in range(9)) for q in (fast, slow))
            lines.append(
                {"line": f"{name}, one index", "value": round(quick, 2), "unit": "ms",
                 "baseline": f"the rows {long:.1f} ms", "ratio": round(quick / long, 2), "target": "< 1"}
            )  # fmt: skip
    return lines


def run(size: int = SIZE) -> list[Line]:
    """The lines of this benchmark, as `bench.__main__` describes them."""
    _start()
    people = _grid()
    firms = _firms()
    fill(firms, people, FEW)
    few = measured(people)
    seconds = fill(firms, people, size)
    lines = [{"line": f"inserting {size:,} problems", "value": round(size / seconds), "unit": "/s", "target": ""}]
    for name, (median, most, queries) in measured(people).items():
        base = few[name][0]
        lines.append(
            {"line": f"{name}: {queries} queries, p95 {most:.0f} ms, {size:,} problems", "value": round(median, 1),
             "unit": "ms CPU", "baseline": f"{FEW} problems {base:.1f} ms", "ratio": round(median / base, 2),
             "target": "≤ 12 queries, ≤ 3 × few"}
        )  # fmt: skip
    return lines + statements(people)


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    for each in run(parser.parse_args().size):
        print(json.dumps(each, ensure_ascii=False))


if __name__ == "__main__":
    main()
