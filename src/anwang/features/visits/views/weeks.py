"""Stops in weeks and days, as the pages of plans show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its visits in the order of the route, then its calls."""

    day: date
    visits: tuple[Any, ...]
    calls: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday, with the days on which there is something to do."""

    first: date
    last: date
    days: tuple[Day, ...]


def weeks(stops: Sequence[Any]) -> list[Week]:
    """Group stops (anything with `day` and `on_site`) in the order they come in."""
    found = []
    for monday, group in groupby(stops, key=lambda stop: stop.day - timedelta(days=stop.day.weekday())):
        days = tuple(_day(day, list(some)) for day, some in groupby(group, key=lambda stop: stop.day))
        found.append(Week(monday, monday + timedelta(days=6), days))
    return found


def _day(day: date, stops: list[Any]) -> Day:
    return Day(day, tuple(s for s in stops if s.on_site), tuple(s for s in stops if not s.on_site))


def months(days: Iterable[date], chosen: str, **keep: Any) -> tuple[str, list[dict[str, Any]]]:
    """The month shown (`2026-12`, the first when none of the plan was asked for) and the tabs of all of them."""
    counted: dict[str, int] = {}
    for day in days:
        counted[day.isoformat()[:7]] = counted.get(day.isoformat()[:7], 0) + 1
    shown = chosen if chosen in counted else next(iter(sorted(counted)), "")
    kept = {key: value for key, value in keep.items() if value}
    tabs = [
        {"label": month, "url": "?" + urlencode({**kept, "month": month}), "count": count, "active": month == shown}
        for month, count in sorted(counted.items())
    ]
    return shown, tabs


def record_path(stop: Any, enterprise: int) -> str:
    """The record page of a stop, with its duties ticked."""
    asked = {"enterprise": enterprise, "form": stop.form, "rule": ",".join(dict.fromkeys(d.rule for d in stop.duties))}
    return f"{reverse('contact_new')}?{urlencode({key: value for key, value in asked.items() if value})}"
