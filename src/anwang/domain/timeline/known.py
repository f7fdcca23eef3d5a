"""What held on a day, as it was known then or as it is known now: every fact has two times (B2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from anwang.domain.calendar import day_begins, local_day


def end_of(day: date) -> datetime:
    """The instant at which a day of Asia/Shanghai is over: what was recorded before it was known on the day."""
    return day_begins(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Span:
    """A fact that held on the days [start, end), `end` None is open; when its begin and its end were recorded.

    `end_known` None with an end: it was recorded on the day of the end itself.
    """

    start: date
    end: date | None
    known: datetime
    end_known: datetime | None = None

    def holds(self, day: date, *, then: bool) -> bool:
        """Whether it held on the day. `then`: as far as was recorded by the end of that day."""
        if day < self.start:
            return False
        if not then:
            return self.end is None or day < self.end
        if self.known >= end_of(day):
            return False
        return self.end is None or day < self.end or not self._ended_by(day)

    def late(self, day: date) -> bool:
        """Holds on the day and was recorded only afterwards."""
        return self.holds(day, then=False) and self.known >= end_of(day)

    def _ended_by(self, day: date) -> bool:
        """Whether the end was on record when the day was over."""
        known = self.end_known or (day_begins(self.end) if self.end else None)
        return known is not None and known < end_of(day)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day and was recorded at an instant; a correction never erases it.

    `kind` groups events for the filter, `tone` is green, red, grey or empty; `taken_back` with `why`: recorded as an
    error later. `url` opens the row behind it.
    """

    day: date
    known: datetime
    kind: str
    title: str
    note: str = ""
    who: str = ""
    tone: str = ""
    url: str = ""
    taken_back: datetime | None = None
    why: str = ""

    def seen(self, day: date, *, then: bool) -> bool:
        """Whether it belongs to the view of a day."""
        return self.day <= day and (not then or self.known < end_of(day))

    def late(self, day: date) -> bool:
        """Recorded after the day that is looked at."""
        return self.known >= end_of(day)

    def void(self, day: date, *, then: bool) -> bool:
        """Taken back, as far as that was known."""
        return self.taken_back is not None and (not then or self.taken_back < end_of(day))

    @property
    def behind(self) -> int:
        """Days between the event and its record."""
        return (local_day(self.known) - self.day).days


def seen_on(events: Iterable[Event], day: date, *, then: bool) -> list[Event]:
    """The events of a view, the latest first."""
    found = [event for event in events if event.seen(day, then=then)]
    return sorted(found, key=lambda event: (event.day, event.known), reverse=True)


@dataclass(frozen=True, slots=True)
class Met:
    """A record that counts for a duty: the day of the work, when it arrived, when it was taken back, late or not."""

    day: date
    known: datetime
    taken_back: datetime | None
    late: bool
    contact: int

    def stands(self, day: date, *, then: bool) -> bool:
        """Whether the duty was met by it on the day."""
        limit = end_of(day)
        if self.day > day or (then and self.known >= limit):
            return False
        return self.taken_back is None or (then and self.taken_back >= limit)


@dataclass(frozen=True, slots=True)
class Freed:
    """A duty was waived from an instant on, until an instant or for good."""

    start: datetime
    end: datetime | None = None
    by: str = ""
    reason: str = ""

    def stands(self, day: date) -> bool:
        """Whether the duty was waived when the day was over."""
        limit = end_of(day)
        return self.start < limit and (self.end is None or self.end >= limit)


def holder(now_held: Any, moves: Iterable[tuple[datetime, Any, Any]], day: date) -> Any:
    """Who answered for a duty when a day was over: (instant, from, to) moves in order, `now_held` after the last."""
    for at, before, _ in sorted(moves, key=lambda move: move[0]):
        if at >= end_of(day):
            return before
    return now_held
