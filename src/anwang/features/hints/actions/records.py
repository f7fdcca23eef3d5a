"""What the words, times and places of records show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from anwang.domain.calendar import Period
from anwang.domain.hints.rules import HintKind, HintRules
from anwang.domain.hints.travel import Made, Point, apart, batches, leaps
from anwang.domain.hints.wording import alike
from anwang.features.duties.queries.seeing import Seen, photos_of_records, records_between

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: What is entered together by its nature: a sheet, a pile of paper, a package of a telephone.
TOGETHER = frozenset({"sheet", "paper", "device", "api"})
#: What the times of a record rest on when its device's clock was believed.
BELIEVED = frozenset({"", "duty.capture.corrected"})
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A hint that is to be kept unless it is known: its key, the record it is about, the other one, the figures."""

    key: str
    kind: HintKind
    record: int
    other: int | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


def record_hints(fresh: Mapping[int, list[Seen]], rules: HintRules, quarter: Period) -> Iterator[Proposal]:
    """Hints on the fresh records of each person, beside what the person has recorded around them."""
    new = {row.id for mine in fresh.values() for row in mine}
    days = [row.on for mine in fresh.values() for row in mine]
    if not days:
        return
    known: dict[int, dict[int, Seen]] = defaultdict(dict)
    for row in records_between(fresh, min(quarter.first, *days), max(quarter.last, *days)):
        known[row.person][row.id] = row
    tapped = _tapped(known, new)
    for person, rows in known.items():
        yield from _wording(rows, new, rules)
        yield from _batches(rows.values(), new, rules)
        yield from _leaps(rows, new, tapped[person], rules)
        yield from _apart((rows[key] for key in rows.keys() & new), rules)


def _wording(rows: Mapping[int, Seen], new: set[int], rules: HintRules) -> Iterator[Proposal]:
    """Within a quarter; two records of one visit may say the same."""
    by_quarter: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    for row in rows.values():
        by_quarter[row.on.year, (row.on.month - 1) // 3][row.id] = row.note
    for notes in by_quarter.values():
        for found in alike(notes, new, at_least=rules.text_at_least, percent=rules.text_percent):
            row, other = rows[found.record], rows[found.other]
            if (row.enterprise, row.on) != (other.enterprise, other.on):
                evidence = {"on": other.on.isoformat(), "percent": found.percent}
                yield Proposal(f"text:{row.id}", HintKind.TEXT_ALIKE, row.id, other.id, evidence)


def _batches(rows: Iterable[Seen], new: set[int], rules: HintRules) -> Iterator[Proposal]:
    made = [Made(r.id, r.enterprise, r.captured_at) for r in rows if r.on_site and r.channel not in TOGETHER]
    for group in batches(made, least=rules.batch_records, seconds=rules.batch_seconds):
        if not new.isdisjoint(group):
            last = max(key for key in group if key in new)
            other = next(key for key in group if key != last)
            evidence = {"n": len(group), "records": list(group)}
            yield Proposal(f"batch:{min(group)}", HintKind.BATCH, last, other, evidence)


def _leaps(rows: Mapping[int, Seen], new: set[int], points: list[Point], rules: HintRules) -> Iterator[Proposal]:
    points = points + [point for row in rows.values() if (point := _visited(row, rules.premises_km))]
    for leap in leaps(points, kmh=rules.travel_kmh, at_least_km=rules.travel_km):
        record, other = (leap.record, leap.other) if leap.record in new else (leap.other, leap.record)
        if record in new and rows[record].enterprise != rows[other].enterprise:
            first, second = sorted((record, other))
            evidence = {"km": leap.km, "minutes": leap.minutes}
            yield Proposal(f"travel:{first}:{second}", HintKind.TRAVEL, record, other, evidence)


def _tapped(known: Mapping[int, Mapping[int, Seen]], new: set[int]) -> dict[int, list[Point]]:
    """Tapped places by record, a day around what is new, in one reading for all people.

    A place is tapped while the record is written, so the hour is that of the record, not that of the photo.
    """
    around = {key: row for rows in known.values() for key, row in _around(rows, new)}
    found: dict[int, list[Point]] = defaultdict(list)
    for photo in photos_of_records(around):
        if photo.latitude is not None and photo.longitude is not None:
            at = around[photo.contact].captured_at
            found[photo.person].append(Point(photo.contact, at, photo.latitude, photo.longitude))
    return found


def _around(rows: Mapping[int, Seen], new: set[int]) -> Iterator[tuple[int, Seen]]:
    days = [row.captured_at for key, row in rows.items() if key in new]
    for key, row in rows.items():
        if days and row.clock_note in BELIEVED and min(days) - DAY <= row.captured_at <= max(days) + DAY:
            yield key, row


def _visited(row: Seen, premises_km: int) -> Point | None:
    """Only a visit whose hour was stated, at an enterprise whose place is known; it is larger than a point."""
    if not (row.on_site and isinstance(row.at, time) and row.latitude is not None and row.longitude is not None):
        return None
    return Point(row.id, datetime.combine(row.on, row.at, SHANGHAI), row.latitude, row.longitude, premises_km)


def _apart(rows: Iterable[Seen], rules: HintRules) -> Iterator[Proposal]:
    """A clock that was not believed says nothing about when a record was written."""
    for row in rows:
        if row.channel in ("web", "device") and row.clock_note in BELIEVED:
            days = apart(row.captured_at, row.received_at, days=rules.apart_days, reason=row.late_reason)
            if days is not None:
                yield Proposal(f"apart:{row.id}", HintKind.APART, row.id, None, {"days": days})
