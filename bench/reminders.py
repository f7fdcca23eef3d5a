"""The morning of a city: a digest for 20,000 people, mail handed over, a tick with nothing to do.

`python -m bench.reminders [--size N]` in a process of its own (make bench gives it a data folder). 40,000 enterprises,
two to a person; the whole first half-month of the year is overdue, the worst first morning there can be.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from bench.ledger import Line, _open, _start, fill, line, noon, timed

SIZE = 40_000
OPENED = (date(2025, 1, 1), date(2025, 1, 16))


class Nowhere:
    """A channel that takes every message at once: what is measured is the outbox."""

    code, label = "nowhere", "—"

    def ready(self) -> bool:
        return True

    def address(self, text: str) -> str:
        return text

    @contextmanager
    def open(self) -> Iterator[Any]:
        yield lambda outgoing: None


def run(size: int = SIZE) -> list[Line]:
    """The lines of this benchmark, as `bench.__main__` describes them."""
    _start()
    fill(size)
    for day in OPENED:
        _open(day)
    _addresses()
    return [*mornings(), *sending(), *ticking()]


def _addresses() -> None:
    """Everybody is reached by the channel that goes nowhere, and by no other."""
    from anwang.adapters import channels
    from anwang.features.accounts.models import Person
    from anwang.features.notices.models import Address

    channels._channels.clear()
    channels.register(Nowhere())
    now = noon(OPENED[0])
    keys = Person.objects.values_list("id", flat=True)
    Address.objects.bulk_create(
        (Address(person_id=key, channel="nowhere", value=str(key), verified_at=now, created_at=now) for key in keys),
        batch_size=2000,
    )


def mornings() -> list[Line]:
    """The first digest ever, one on which little is new, and the alarms."""
    first, told = timed(lambda: _digest(date(2025, 1, 20)))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    quiet, none = timed(lambda: _digest(date(2025, 1, 21)))
    near, some = timed(lambda: _digest(date(2025, 1, 27)))
    if none.people or not told.people or not some.people:
        raise AssertionError("a digest says what is new and nothing else")
    return [
        line(f"morning digest, everything new ({told.people:,} people)", first, "≤ 60 s"),
        line("the next morning, nothing new", quiet),
        line(f"a morning with one deadline near for each ({some.people:,} people)", near, "≤ 60 s"),
        {"line": "largest memory of the process", "value": grown, "unit": "MB", "baseline": "", "ratio": None,
         "target": "≤ 1,000 MB"},
    ]  # fmt: skip


def _digest(day: date) -> Any:
    from anwang.domain.base import SYSTEM
    from anwang.features.reminders.actions import send_digest

    return send_digest(by=SYSTEM, now=noon(day))


def sending() -> list[Line]:
    """All that waits is handed to a channel that takes no time."""
    from anwang.domain.base import SYSTEM
    from anwang.features.notices.actions import deliver_due
    from anwang.features.reminders.queries import rule_on, workdays

    now, rule = noon(date(2025, 1, 27)), rule_on(date(2025, 1, 27))
    object.__setattr__(rule, "sending", type(rule.sending)(1000, 100_000, 8, 2, 240, 180))
    took, done = timed(
        lambda: deliver_due(by=SYSTEM, now=now, rule=rule, workdays=workdays(), clock=lambda: now, limit=10_000)
    )
    rate = done.counts["sent"] / took
    return [{"line": f"messages handed over ({done.counts['sent']:,})", "value": rate, "unit": "/s", "baseline": "",
             "ratio": None, "target": "≥ 50 /s"}]  # fmt: skip


def ticking() -> list[Line]:
    """The periodic command when everything is done."""
    from anwang.domain.base import SYSTEM
    from anwang.features.reminders.actions import tick

    now = datetime.fromisoformat("2025-01-27T20:30:00+08:00")
    tick(by=SYSTEM, now=now)
    took, _ = timed(lambda: tick(by=SYSTEM, now=now), 3)
    return [line("a tick with nothing to do", took, "≤ 1 s")]


def main() -> None:
    """On its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    json.dump(run(asked.size), sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
