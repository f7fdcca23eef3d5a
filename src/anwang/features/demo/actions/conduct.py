"""How people of a demonstration keep their duties: most well, some late, some hardly. The seed alone decides."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from anwang.domain.calendar import Period, PeriodKind

from .chance import chance

#: Rules of附件4 that a visit to the enterprise serves, by the cadence of each.
QUARTERLY = ("N7.3", "N7.4", "N7.5")
HALF_YEARLY, YEARLY = "N7.6", "N7.7"
BUNDLED = 0.7
LONGEST_DELAY = 12


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to an enterprise: the day, and the rules that it serves."""

    on: date
    rules: tuple[str, ...]


@cache
def diligence(seed: int, person: int, place: int, gap: bool) -> float:
    """The share of duties that a person keeps. One in ten is slack, one in fifty hardly works; some places lag."""
    share = chance(seed, "person", person).random()
    own = 0.35 if share < 0.02 else 0.75 if share < 0.10 else 0.985
    lag = 0.8 if chance(seed, "place", place).random() < 0.04 else 1.0
    return own * lag * (0.72 if gap else 1.0)


def visits(seed: int, enterprise: int, quarter: Period, begun: date) -> list[Visit]:
    """The visits to an enterprise that belong to a quarter, some after its end; `begun` is the first day of all."""
    dice = chance(seed, "visits", enterprise, quarter.key)
    rules = [*QUARTERLY, *_longer(seed, enterprise, quarter, begun)]
    first = max(quarter.first, begun)
    if dice.random() < BUNDLED:
        return [Visit(_day(dice, first, quarter.last), tuple(rules))]
    days = sorted(_day(dice, first, quarter.last) for _ in range(2))
    return [Visit(days[0], tuple(rules[:2])), Visit(days[1], tuple(rules[2:]))]


def _longer(seed: int, enterprise: int, quarter: Period, begun: date) -> list[str]:
    """The half-yearly and yearly duties that fall to this quarter."""
    half, number = divmod(quarter.number - 1, 2)
    since = Period.containing(PeriodKind.QUARTER, begun)
    earliest = since.number if begun.year == quarter.year else 1
    chosen = half * 2 + (1 if chance(seed, "half", enterprise, quarter.year, half).random() < 0.3 else 2)
    drill = chance(seed, "year", enterprise, quarter.year).choice((2, 2, 3, 4))
    return [HALF_YEARLY] * (max(chosen, min(earliest, half * 2 + 2)) == half * 2 + number + 1) + [YEARLY] * (
        max(drill, earliest) == quarter.number
    )


def _day(dice: random.Random, first: date, last: date) -> date:
    """A working day, rather late in the period; one in thirty after its end."""
    if dice.random() < 0.033:
        return last + timedelta(days=dice.randint(1, LONGEST_DELAY))
    return workday(first + timedelta(days=round((last - first).days * dice.triangular(0, 1, 0.75))), first)


def workday(day: date, first: date) -> date:
    """The day itself, or the Friday before a weekend unless the period had not begun then."""
    friday = day - timedelta(days=max(0, day.weekday() - 4))
    return friday if friday >= first else day


def call_day(dice: random.Random, period: Period) -> date:
    """When the enterprise is called in a half-month; one in twenty-five after its end."""
    if dice.random() < 0.04:
        return period.last + timedelta(days=dice.randint(1, 9))
    return workday(period.first + timedelta(days=round(14 * dice.triangular(0, 1, 0.6))), period.first)
