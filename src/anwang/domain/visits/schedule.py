"""Choosing the days of a person's contacts: near enterprises on the same day, few days, even over the weeks.

Which days a contact may take without a contact more is asked of its `Track`; the choice among them is a rule of thumb:
the contact that must come first opens a day, and those that are near and may come on the same day join it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from heapq import heapify, heappop, heappush

from anwang.domain.visits.days import Days
from anwang.domain.visits.kinds import Group
from anwang.domain.visits.route import Spot, distance
from anwang.domain.visits.track import Track

ANYWHERE = float("inf")
#: As many days of a window are looked at when a day is opened.
LOOKED_AT = 12


class Line:
    """The contacts of one kind with one enterprise while days are chosen: `chosen` holds (day, announced before).

    `room` and `used` are the enterprise's, shared by its kinds of visit; announced visits are in `used` from the start.
    """

    __slots__ = ("chosen", "days", "firm", "group", "kept", "late", "room", "spot", "track", "used", "wished")

    def __init__(
        self, firm: int, spot: Spot, group: Group, room: list[int], used: Counter[int], kept: dict[int, int],
        wished: frozenset[int],
    ) -> None:  # fmt: skip
        self.firm, self.spot, self.group, self.kept, self.wished = firm, spot, group, kept, wished
        self.track = Track(group.frame)
        self.late = any(each.need.late for each in group.needs)
        self.room, self.used = room, used
        self.chosen: list[tuple[int, bool]] = []
        self.days: list[int] = []

    def look(self, days: Days) -> bool:
        """Find the days of the next contact; False when there is none."""
        self.days = [day for block in self.track.blocks() for day in self._open(block, days)]
        return bool(self.days)

    def _open(self, block: int, days: Days) -> list[int]:
        first, end = self.group.cuts[block], self.group.cuts[block + 1]
        if self.kept and (announced := [day for day, left in self.kept.items() if left and first <= day < end]):
            return announced[:1]
        if self.group.site:
            return [day for day in range(first, end) if self.room[day] > self.used[day]]
        taken = {day for day, _ in self.chosen}
        free = [day for day in range(first, end) if day not in taken]
        return [day for day in free if not days.quiet[day]] or free

    def choose(self, day: int) -> None:
        """Take a day of `days` for the next contact."""
        announced = bool(self.kept.get(day))
        if announced:
            self.kept[day] -= 1
        elif self.group.site:
            self.used[day] += 1
        self.chosen.append((day, announced))
        self.track.place(bisect_right(self.group.cuts, day) - 1)


class Diary:
    """The days of one person that hold contacts of one sort, and how full the weeks are."""

    def __init__(self, days: Days, per_day: int, *, near: float, avoid: frozenset[int] = frozenset()) -> None:
        self.per_day, self.near, self.avoid = per_day, near, avoid
        self.stops: dict[int, list[Spot]] = {}
        self.weeks: Counter[int] = Counter()
        self.monday = days.origin % 7

    def week(self, day: int) -> int:
        """Ordinal days begin with a Monday."""
        return (day + self.monday - 1) // 7

    def joined(self, line: Line) -> int | None:
        """The open day that is nearest to the enterprise."""
        best: tuple[float, int] | None = None
        for day in line.days:
            stops = self.stops.get(day)
            if stops and len(stops) < self.per_day:
                if self.near == ANYWHERE:
                    return day
                km = max(distance(line.spot, stop) for stop in stops)
                if km <= self.near and (best is None or (km, day) < best):
                    best = km, day
        return best[1] if best else None

    def opened(self, line: Line, others: list[Line]) -> int:
        """A new day: where most others can join, in an empty week, near the middle of what is allowed."""
        middle = line.days[len(line.days) // 2]
        if self.near == ANYWHERE:
            return min(line.days, key=lambda day: (self._full(day), day in self.avoid, abs(day - middle)))
        step = max(1, len(line.days) // LOOKED_AT)
        looked_at = {*line.days[::step], middle, line.days[-1]}
        near = [other for other in others if other.days and distance(line.spot, other.spot) <= self.near]

        def merit(day: int) -> tuple[bool, bool, int, int, int, int]:
            joining = sum(other.days[0] <= day <= other.days[-1] for other in near)
            return (self._full(day), day in self.avoid or day in self.stops, -min(joining, self.per_day - 1),
                    self.weeks[self.week(day)], abs(day - middle), day)  # fmt: skip

        return min(looked_at, key=merit)

    def _full(self, day: int) -> bool:
        return len(self.stops.get(day, ())) >= self.per_day

    def note(self, line: Line, day: int) -> None:
        """A contact was put on the day."""
        self.weeks[self.week(day)] += day not in self.stops
        self.stops.setdefault(day, []).append(line.spot)


def schedule(lines: list[Line], days: Days, *, stops_per_day: int, calls_per_day: int, near_km: float) -> None:
    """Choose a day for every contact of every line: visits first, then calls on other days where that can be."""
    visits = Diary(days, stops_per_day, near=near_km)
    _fill(visits, [line for line in lines if line.group.site], days)
    calls = Diary(days, calls_per_day, near=ANYWHERE, avoid=frozenset(visits.stops))
    _fill(calls, [line for line in lines if not line.group.site], days)


def _fill(diary: Diary, lines: list[Line], days: Days) -> None:
    """The contact whose last day comes first is placed first; its enterprise's next one joins the queue."""
    queue = [(line.days[-1], line.days[0], index) for index, line in enumerate(lines) if line.look(days)]
    heapify(queue)
    while queue:
        _last, _first, index = heappop(queue)
        line = lines[index]
        day = _day(diary, line, lines)
        line.choose(day)
        diary.note(line, day)
        if line.look(days):
            heappush(queue, (line.days[-1], line.days[0], index))


def _day(diary: Diary, line: Line, lines: list[Line]) -> int:
    """An announced day stays; what is late comes first; then the wishes of the enterprise; then the route."""
    announced = next((day for day in line.days if line.kept.get(day)), None)
    if announced is not None:
        return announced
    if line.late and not line.chosen:
        return next((day for day in line.days if len(diary.stops.get(day, ())) < diary.per_day), line.days[0])
    if wished := [day for day in line.days if day in line.wished]:
        line.days = wished
    joined = diary.joined(line)
    return diary.opened(line, lines) if joined is None else joined
