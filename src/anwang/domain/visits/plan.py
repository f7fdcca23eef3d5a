"""A person's plan: the fewest contacts with each enterprise, near ones on the same day, even over the weeks (B1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from anwang.domain.visits.days import Days
from anwang.domain.visits.fewest import Answer, fewest
from anwang.domain.visits.kinds import Kind
from anwang.domain.visits.needs import Calendar, Contact, Missed, Need
from anwang.domain.visits.route import Spot
from anwang.domain.visits.schedule import Line, schedule


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise with all that is owed to it in the horizon."""

    key: int
    spot: Spot
    needs: Sequence[Need]
    calendar: Calendar = field(default_factory=Calendar)


class Stop(NamedTuple):
    """A contact of the plan with its enterprise."""

    firm: int
    contact: Contact


class Plan(NamedTuple):
    """`lower_bound` is the proved least number of contacts; `stops` are as many. `records`: duties that they meet."""

    stops: tuple[Stop, ...]
    missed: tuple[tuple[int, Missed], ...]
    lower_bound: int
    records: int

    @property
    def contacts(self) -> int:
        return len(self.stops)


def plan(firms: Iterable[Firm], days: Days, *, stops_per_day: int, calls_per_day: int, near_km: float) -> Plan:
    """Plan the contacts of one person. The days are chosen among equally few contacts only.

    `stops_per_day` and `calls_per_day` are what a day of this person holds; they never add a contact, they make more
    days. Enterprises further apart than `near_km` are not visited on the same day.
    """
    lines: list[Line] = []
    missed: list[tuple[int, Missed]] = []
    bound = 0
    for firm in sorted(firms, key=lambda firm: (firm.spot.place, firm.key)):
        answer, room = fewest(firm.needs, days, firm.calendar)
        bound += answer.fewest
        missed += [(firm.key, each) for each in answer.missed]
        lines += _lines(firm, answer, days, room.by_day, room.kept)
    schedule(lines, days, stops_per_day=stops_per_day, calls_per_day=calls_per_day, near_km=near_km)
    stops = [Stop(line.firm, contact) for line in lines for contact in contacts(line, days)]
    stops.sort(key=lambda stop: (stop.contact.day, stop.contact.form, stop.firm))
    return Plan(tuple(stops), tuple(missed), bound, sum(len(stop.contact.meets) for stop in stops))


def _lines(firm: Firm, answer: Answer, days: Days, by_day: list[int], kept: dict[int, int]) -> list[Line]:
    """One line a kind of contact; announced visits are taken up by the line of the usual kind of visit."""
    used = Counter(kept)
    wished = frozenset(number for day in firm.calendar.wished if 0 <= (number := days.number(day)) < days.size)
    usual = Kind(days.season.visit, False)
    return [
        Line(firm.key, firm.spot, group, by_day, used, dict(kept) if group.kind == usual else {}, wished)
        for group in answer.groups
    ]


def contacts(line: Line, days: Days) -> list[Contact]:
    """Give each contact the needs that it meets: of each rule the one that is due first, late ones last."""
    left = sorted(line.group.needs, key=lambda each: (each.need.late, each.end, each.first))
    found = []
    for number, kept in sorted(line.chosen):
        met: dict[str, Need] = {}
        for each in left:
            if each.first <= number < each.end and each.need.rule not in met:
                met[each.need.rule] = each.need
                if line.group.kind.alone:
                    break
        taken = set(map(id, met.values()))
        left = [each for each in left if id(each.need) not in taken]
        meets = tuple(sorted(met.values(), key=lambda need: need.rule))
        found.append(Contact(line.group.kind.form, days.day(number), meets, kept))
    return found
