"""Workdays: a deadline stays where the notice puts it, its reminder moves to the workday before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Workdays:
    """A table of the years for which the State Council's arrangement is known.

    `off`: days off that fall on Monday to Friday (weekend days may be listed too); `extra`: Saturdays and Sundays that
    are worked. In a year that is not in `years` Monday to Friday are workdays; screens say so by asking `known`.
    """

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()

    def known(self, year: int) -> bool:
        """False when the year's holidays are not in the table and Monday to Friday is assumed."""
        return year in self.years

    def with_year(self, year: int, off: Iterable[date], extra: Iterable[date]) -> Workdays:
        """The table with one year put in, or replaced, from an import; ValueError for days of other years."""
        new_off, new_extra = frozenset(off), frozenset(extra)
        if stray := [day for day in new_off | new_extra if day.year != year]:
            raise ValueError(f"days of another year than {year}: {sorted(stray)}")
        if both := new_off & new_extra:
            raise ValueError(f"days both off and worked: {sorted(both)}")
        return Workdays(
            self.years | {year},
            frozenset(day for day in self.off if day.year != year) | new_off,
            frozenset(day for day in self.extra if day.year != year) | new_extra,
        )

    def is_workday(self, day: date) -> bool:
        if day.year in self.years:
            if day in self.extra:
                return True
            if day in self.off:
                return False
        return day.weekday() < SATURDAY

    def previous_workday(self, day: date) -> date:
        """The last workday before `day`."""
        return self._seek(day - DAY, -DAY)

    def next_workday(self, day: date) -> date:
        """The first workday after `day`."""
        return self._seek(day + DAY, DAY)

    def reminder_day(self, deadline: date, days_before: int = 0) -> date:
        """The day to remind: so many days before the deadline, or the workday before when that day is off."""
        return self._seek(deadline - days_before * DAY, -DAY)

    def _seek(self, day: date, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day
