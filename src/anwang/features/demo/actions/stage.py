"""What every stage of making a demonstration is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from anwang.domain.base import Actor, Report

from .sizes import Size

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Stage:
    """Who makes which demonstration, from which day until when; `report` is (done, total, phase)."""

    by: Actor
    size: Size
    seed: int
    start: date
    until: datetime
    report: Report

    @property
    def unit(self) -> int:
        """Where rows of the roster without a place go."""
        return self.size.units[0] if self.size.units else 371300000000


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day in Asia/Shanghai."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)
