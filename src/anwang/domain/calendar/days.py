"""Instants become days in Asia/Shanghai; everything else in the domain counts in days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_day(instant: datetime) -> date:
    """The day in Asia/Shanghai in which an aware instant falls; ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a day needs an aware instant")
    return instant.astimezone(SHANGHAI).date()


def day_begins(day: date) -> datetime:
    """The first instant of a day in Asia/Shanghai, in UTC."""
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)
