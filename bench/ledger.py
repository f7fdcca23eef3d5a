"""The ledger of a city: opening a half-month, rollups, overdue pages, one act, the Σ check — on a year of duties.

`python -m bench.ledger [--json] [--size N]` in a process of its own (make bench gives it a data folder). 30,000
enterprises × 39 duties on the real townships of Linyi, nine of ten done. The baseline of a rollup is the GROUP BY over
the rows themselves in the same database; the limit is one numpy pass over the same cells in memory.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

SIZE = 30_000
YEAR = 2025
CITY = 371300000000
SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGAN = date(2024, 12, 1)
Line = dict[str, Any]


def timed(work: Callable[[], Any], repeat: int = 1) -> tuple[float, Any]:
    """The median time of several runs in seconds, and the last answer."""
    times, answer = [], None
    for _ in range(repeat):
        began = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - began)
    return statistics.median(times), answer


def line(what: str, seconds: float, target: str = "", baseline: tuple[str, float] | None = None) -> Line:
    """One line of the table in ms, or s from one second on."""
    value, unit = (seconds, "s") if seconds >= 1 else (seconds * 1000, "ms")
    said = f"{baseline[0]} {baseline[1] * 1000:.3g} ms" if baseline else ""
    ratio = seconds / baseline[1] if baseline else None
    return {"line": what, "value": value, "unit": unit, "baseline": said, "ratio": ratio, "target": target}


def noon(day: date) -> datetime:
    """An instant of that day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def run(size: int = SIZE) -> list[Line]:
    """The lines of this benchmark, as `bench.__main__` describes them."""
    _start()
    fill(size)
    opened = openings()
    finish()
    return [*opened, *rollups(), *pages(), *acts(), *sums()]


def _start() -> None:
    """An empty database in the data folder of this process."""
    os.environ.setdefault("ANWANG_DATA", tempfile.mkdtemp(prefix="anwang-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwang.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from anwang.adapters.crypto import load_or_create_key

    load_or_create_key(settings.KEYS_DIR / "data.key")
    call_command("migrate", verbosity=0)


def _places() -> list[int]:
    """The villages of the city."""
    from anwang.adapters import reference
    from anwang.domain.base import Level

    return sorted(unit.code for unit in reference.grid_tree(2023).at(Level.VILLAGE))


def fill(size: int) -> None:
    """The grid; half as many officials as enterprises; each enterprise operates and has had a lead for a month."""
    from anwang.adapters import reference
    from anwang.domain.base import SYSTEM
    from anwang.features.grid import actions as grid

    grid.load_grid(by=SYSTEM, now=noon(BEGAN), tree=reference.grid_tree(2023), on=date(2024, 1, 1))
    villages = _places()
    spots = [villages[number * len(villages) // size] for number in range(size)]
    _enterprises(spots)
    _leads(spots)


def _enterprises(spots: list[int]) -> None:
    from anwang.features.enterprises.models import Enterprise, StatusFact
    from anwang.features.grid.queries import facts_of

    now = noon(BEGAN)
    Enterprise.objects.bulk_create(
        (
            Enterprise(name=f"示例企业{number}", place=place, county=facts_of(place)[0], township=facts_of(place)[1],
                       is_demo=True, created_at=now, updated_at=now)
            for number, place in enumerate(spots)
        ), batch_size=2000,
    )  # fmt: skip
    StatusFact.objects.bulk_create(
        (StatusFact(enterprise_id=number + 1, status="operating", valid_from=BEGAN, recorded_at=now)
         for number in range(len(spots))), batch_size=5000,
    )  # fmt: skip


def _leads(spots: list[int]) -> None:
    from anwang.features.accounts.models import Person
    from anwang.features.assignments.models import Assignment
    from anwang.features.grid.models import Post
    from anwang.features.grid.queries import facts_of

    now, half = noon(BEGAN), (len(spots) + 1) // 2
    Person.objects.bulk_create((Person(name=f"示例{n}", is_demo=True, created_at=now) for n in range(half)), 5000)
    common = {"level": "village", "valid_from": BEGAN, "recorded_at": now}
    facts = [facts_of(place) for place in spots]
    Post.objects.bulk_create(
        (Post(person_id=n + 1, kind="village_principal", unit=spots[2 * n], county=facts[2 * n][0],
              township=facts[2 * n][1], **common) for n in range(half)), batch_size=2000,
    )  # fmt: skip
    Assignment.objects.bulk_create(
        (Assignment(enterprise_id=n + 1, person_id=n // 2 + 1, post_id=n // 2 + 1, county=facts[n][0],
                    township=facts[n][1], **common) for n in range(len(spots))), batch_size=2000,
    )  # fmt: skip


def openings() -> list[Line]:
    """The first day opens every cadence; a later half-month opens one duty of each enterprise; then the whole year."""
    first, _ = timed(lambda: _open(date(YEAR, 1, 1)))
    half, found = timed(lambda: _open(date(YEAR, 1, 16)))
    again, _ = timed(lambda: _open(date(YEAR, 1, 16)))
    began = time.perf_counter()
    for month in range(2, 13):
        for day in (1, 16):
            _open(date(YEAR, month, day))
    rest = time.perf_counter() - began
    return [
        line(f"open a half-month ({found.opened:,} duties)", half, "≤ 3 s"),
        line("open it again (idempotent)", again),
        line("open the first day of a year (6 duties each)", first),
        line("open the rest of the year", rest),
    ]


def _open(day: date) -> Any:
    from anwang.domain.base import SYSTEM
    from anwang.features.duties.actions import open_duties

    return open_duties(by=SYSTEM, now=noon(day), on=day)


def finish() -> None:
    """Nine of ten duties of the year are done; the tally is counted anew from the rows."""
    from django.db.models import F
    from django.db.models.functions import Mod

    from anwang.domain.duties import ledger
    from anwang.features.duties.actions import tally
    from anwang.features.duties.models import Obligation, Tally

    rows = Obligation.objects.annotate(part=Mod("id", 10))
    rows.exclude(part=0).update(done_at=noon(date(YEAR, 12, 30)), done_on=F("start"))
    Tally.objects.all().delete()
    tally.apply(ledger.collect(map(tally.ledger_row, Obligation.objects.iterator(chunk_size=20000))))


def rollups() -> list[Line]:
    """The city by county and a county by township: from the tally, from the rows, from memory."""
    from django.db.models import Count, Q

    from anwang.features.duties.models import Obligation, Tally
    from anwang.features.statistics.queries import span_of, unit_table

    today = date(YEAR, 12, 31)
    span = span_of(str(YEAR), today)
    ours, table = timed(lambda: unit_table(CITY, span=span, today=today), 5)
    done = Count("id", filter=Q(done_at__isnull=False))
    slow, groups = timed(lambda: list(Obligation.objects.values("county").annotate(n=Count("id"), d=done)), 3)
    if table.total.expected != sum(row["n"] for row in groups) or table.total.done != sum(row["d"] for row in groups):
        raise AssertionError("the tally is not the sum of its rows")
    county = max(table.lines, key=lambda each: each.expected).key
    below, _ = timed(lambda: unit_table(county, span=span, today=today), 5)
    cells = np.array(list(Obligation.objects.values_list("county", flat=True)), dtype=np.int64)
    limit, _ = timed(lambda: np.bincount(cells - cells.min()), 5)
    return [
        line(f"rollup city by county, year ({Tally.objects.count():,} counters)", ours, "≤ 1/10", ("GROUP BY", slow)),
        line("rollup county by township, year", below, "≤ 1/10", ("GROUP BY of the city", slow)),
        line("limit: one numpy pass over the cells in memory", limit),
    ]


def pages() -> list[Line]:
    """What is overdue in the largest county (50 rows with their words), and of one person."""
    from anwang.domain.base import Actor, Level, Role, Territory
    from anwang.features.duties import queries

    today, county = date(YEAR, 12, 20), 371302
    actor = Actor("示例", frozenset({Role.LEADER}), Territory(((county * 10**6, (county + 1) * 10**6),)), Level.COUNTY)

    def page() -> Any:
        rows = queries.listing(by=actor, day=today, place=county, asked={})
        return queries.shown(rows.filter(queries.in_state("overdue", today))[:50], today)

    county_page, rows = timed(page, 7)
    person = rows[0].person_id
    one, _ = timed(lambda: queries.urgent_of(person, today, limit=8), 30)
    year, _ = timed(lambda: queries.strips([rows[0].enterprise_id], today), 30)
    return [
        line("overdue page of a county (50 rows)", county_page, "≤ 25 ms"),
        line("overdue and due soon of one person", one, "≤ 1 ms"),
        line("year strip of one enterprise", year),
    ]


def acts() -> list[Line]:
    """Record calls, each with its obligation, its tally and its audit row, against a bare INSERT of a contact."""
    from uuid import uuid4

    from anwang.domain.base import SYSTEM
    from anwang.domain.duties.rules import Form
    from anwang.features.duties.actions import ContactData, Entry, record_contact
    from anwang.features.duties.models import Contact, Obligation

    rows = list(Obligation.objects.filter(period=f"{YEAR}-12B", rule="N7.2", done_at=None)[:200])
    answers = {"with_whom": "principal", "reached": "yes", "problems_raised": "no"}
    day, samples, bare = date(YEAR, 12, 20), [], []
    for row in rows:
        data = ContactData(
            client_id=uuid4(), enterprise=row.enterprise_id, person=row.person_id, form=Form.CALL, occurred_on=day,
            entries=(Entry("N7.2", row.id, answers),),
        )  # fmt: skip
        samples.append(timed(partial(record_contact, by=SYSTEM, now=noon(day), data=data))[0])
        blank = Contact(
            client_id=uuid4(), enterprise_id=row.enterprise_id, county=row.county, township=row.township,
            person_id=row.person_id, form="call", occurred_on=day, captured_at=noon(day), received_at=noon(day),
        )  # fmt: skip
        bare.append(timed(blank.save)[0])
    insert = statistics.median(bare)
    return [line("record one call: duty, tally, audit", statistics.median(samples), "", ("bare INSERT", insert))]


def sums() -> list[Line]:
    """Σ tally against every row of the year."""
    from anwang.features.duties.queries import tally_faults

    seconds, faults = timed(tally_faults)
    return [line(f"Σ check of the year ({len(faults)} differences)", seconds, "0 differences")]


def main() -> None:
    """Print the lines, or with --json one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--size", type=int, default=SIZE, help="enterprises")
    asked = parser.parse_args()
    lines = run(asked.size)
    if asked.json:
        print(json.dumps({"lines": lines}, ensure_ascii=False))
        return
    for each in lines:
        print(f"{each['line']:<58}{each['value']:>10.3g} {each['unit']:<3} {each['baseline']:<28} {each['target']}")


if __name__ == "__main__":
    main()
