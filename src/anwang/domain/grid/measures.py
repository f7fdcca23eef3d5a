"""Health measures (四.4 疫情防控): days on which on-site duties in a unit are done remotely."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse
from anwang.domain.grid.codes import covers


class RemoteMeasure(NamedTuple):
    """A measure in a unit (12-digit code) from `first` to before `end`."""

    key: int
    unit: int
    first: date
    end: date
    reason: str

    def covers(self, place: int, day: date) -> bool:
        """True for a place in the unit on a day of the measure; the day on which it ends is no day of it."""
        return self.first <= day < self.end and covers(self.unit, place)


def measure_for(measures: Iterable[RemoteMeasure], place: int, day: date) -> RemoteMeasure | None:
    """The measure that holds at a place on a day: of several the first to begin, of those the first entered."""
    found = [each for each in measures if each.covers(place, day)]
    return min(found, key=lambda each: (each.first, each.key)) if found else None


def may_measure(first: date, end: date, today: date, *, longest: int, entry: int) -> Decision:
    """Whether a measure may run from `first` to before `end`: not empty, not over, not too long, not long past.

    A measure is for a time of at most `longest` days: a longer one is ordered anew, so that none is forgotten. It may
    be entered `entry` days after it began.
    """
    if end <= first:
        return refuse("measure_dates", gettext_noop("结束日期应晚于开始日期。"), clause="四.4")
    if first < today - timedelta(days=entry) or end <= today:
        text = gettext_noop("开始日期最早可补录 %(days)s 天，结束日期应在今天之后。")
        return refuse("measure_past", text, clause="四.4", days=entry)
    if end - first > timedelta(days=longest):
        text = gettext_noop("一次最长 %(days)s 天；到期后确需延续的，请另行设定。")
        return refuse("measure_long", text, clause="四.4", days=longest)
    return ALLOWED


def may_cut_short(first: date, end: date, on: date, today: date) -> Decision:
    """Whether a measure may end on a day already: from today on (what was recorded stays), before its own end."""
    if not max(first, today) <= on < end:
        text = gettext_noop("提前结束的日期应在 %(first)s 至 %(end)s 之间。")
        last = end - timedelta(days=1)
        return refuse("measure_end", text, clause="四.4", first=max(first, today), end=max(last, first))
    return ALLOWED
