"""Times and distances between records: only where a person has said where and when, never from what was not said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6371.0


class Point(NamedTuple):
    """Where a record says that its person was, and when: a tapped place, or an enterprise visited at a stated time.

    Degrees; `at` aware; `slack_km`: how far off the place may be.
    """

    record: int
    at: datetime
    latitude: float
    longitude: float
    slack_km: float = 0.5


class Leap(NamedTuple):
    """Two records between which nobody travels: kilometres and minutes."""

    record: int
    other: int
    km: float
    minutes: int


def kilometres(one: Point, other: Point) -> float:
    """Along the great circle."""
    first, second = radians(one.latitude), radians(other.latitude)
    half = sin((second - first) / 2) ** 2
    half += cos(first) * cos(second) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def leaps(points: Iterable[Point], *, kmh: int, at_least_km: int) -> list[Leap]:
    """Neighbours in time of one person that lie further apart than the time between them allows."""
    found = []
    for before, after in pairwise(sorted(points, key=lambda point: (point.at, point.record))):
        if before.record == after.record:
            continue
        far = kilometres(before, after) - before.slack_km - after.slack_km
        hours = (after.at - before.at).total_seconds() / 3600
        if far >= at_least_km and far > kmh * hours:
            found.append(Leap(after.record, before.record, round(far, 1), round(hours * 60)))
    return found


class Made(NamedTuple):
    """A record that was written on site as it says: where and when it was written."""

    record: int
    enterprise: int
    at: datetime


def batches(made: Iterable[Made], *, least: int, seconds: int) -> list[tuple[int, ...]]:
    """Groups of records of one person that were written within `seconds` at `least` or more different enterprises."""
    found: list[tuple[int, ...]] = []
    rows = sorted(made, key=lambda each: (each.at, each.record))
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end].at - rows[start].at <= timedelta(seconds=seconds):
            end += 1
        if len({row.enterprise for row in rows[start:end]}) >= least:
            found.append(tuple(row.record for row in rows[start:end]))
            start = end
        else:
            start += 1
    return found


def apart(captured_at: datetime, received_at: datetime, *, days: int, reason: str = "") -> int | None:
    """Days between writing and arrival when there are more than `days` of them and no reason was written."""
    between = received_at - captured_at
    return between.days if between > timedelta(days=days) and not reason.strip() else None
