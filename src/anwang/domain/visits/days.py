"""The days of a horizon, counted from 0, with room for visits: once for the season, then for each enterprise."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from anwang.domain.visits.needs import Calendar, Season, Why

DAY = timedelta(days=1)


class Days:
    """A season in numbers: day 0 is its first, `size` its length. Made once, asked for every enterprise."""

    def __init__(self, season: Season) -> None:
        self.season = season
        self.origin = season.first.toordinal()
        self.size = (season.last - season.first).days + 1
        self.quiet = bytearray(date.fromordinal(self.origin + i) in season.quiet for i in range(self.size))
        self.opens = max(0, (season.site_from - season.first).days)
        self.months = self._months()
        #: Windows that were counted into blocks already: most enterprises have the same.
        self.shapes: dict[Any, Any] = {}
        self.usual = [
            season.per_day if i >= self.opens and not quiet else 0 for i, quiet in enumerate(self.quiet)
        ]  # fmt: skip
        self._free = list(accumulate((room > 0 for room in self.usual), initial=0))

    def _months(self) -> list[tuple[int, int]]:
        """(first, end) of the months of the season; the first and the last may be parts."""
        firsts = [i for i in range(self.size) if i == 0 or date.fromordinal(self.origin + i).day == 1]
        return list(zip(firsts, [*firsts[1:], self.size], strict=True))

    def any_free(self, first: int, end: int) -> bool:
        """Whether a day of [first, end) has room at an enterprise of which nothing special is known."""
        return self._free[end] > self._free[first]

    def number(self, day: date) -> int:
        """The number of a day; before the season it is negative."""
        return day.toordinal() - self.origin

    def day(self, number: int) -> date:
        """The day of a number."""
        return date.fromordinal(self.origin + number)


class Room:
    """How many visits each day and each month of one enterprise has room for, and how many are there already."""

    __slots__ = ("by_day", "by_month", "kept", "plain", "why")

    def __init__(self, days: Days, calendar: Calendar) -> None:
        self.why: dict[int, Why] = {}
        self.kept: dict[int, int] = {}
        self.plain = not (calendar.impossible or calendar.taken or calendar.kept)
        self.by_month = [days.season.per_month] * len(days.months)
        self.by_day = days.usual
        if self.plain:
            return
        self.by_day = list(days.usual)
        for day in calendar.impossible:
            self._close(days, days.number(day), Why.WISH)
        self._take(days, calendar)
        self._keep(days, calendar)

    def _close(self, days: Days, number: int, why: Why) -> None:
        if 0 <= number < days.size and self.by_day[number]:
            self.by_day[number], self.why[number] = 0, why

    def _take(self, days: Days, calendar: Calendar) -> None:
        """Visits of others fill the day and the month; those of the month before its first planned day count too."""
        by_month: dict[tuple[int, int], int] = defaultdict(int)
        for day, times in calendar.taken.items():
            by_month[day.year, day.month] += times
            number = days.number(day)
            if 0 <= number < days.size and self.by_day[number]:
                self.by_day[number] = max(0, self.by_day[number] - times)
                if not self.by_day[number]:
                    self.why[number] = Why.CAP_DAY
        for index, (first, _end) in enumerate(days.months):
            month = days.day(first)
            self.by_month[index] = max(0, self.by_month[index] - by_month[month.year, month.month])

    def _keep(self, days: Days, calendar: Calendar) -> None:
        """One's own announced visits stay, whatever the caps say."""
        for day, times in calendar.kept.items():
            number = days.number(day)
            if 0 <= number < days.size:
                self.kept[number] = times
                self.by_day[number] = max(self.by_day[number], times)
        for index, (first, end) in enumerate(days.months):
            here = sum(times for number, times in self.kept.items() if first <= number < end)
            self.by_month[index] = max(self.by_month[index], here)

    def reason(self, days: Days, number: int) -> Why | None:
        """Why nobody may come on a day, None when somebody may."""
        if self.by_day[number]:
            return None
        if number in self.why:
            return self.why[number]
        return Why.QUIET if days.quiet[number] else Why.NOTICE
