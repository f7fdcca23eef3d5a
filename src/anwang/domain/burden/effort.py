"""Minutes that recording takes, estimated from the forms alone: nobody is watched, nothing is timed (B5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from anwang.domain.base import Interval

WEEKS = 365 / 7


class Kind(StrEnum):
    """Kinds of fields whose seconds the policy gives; `opening` is for finding and sending one record."""

    OPENING = "opening"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    COUNT = "count"
    TEXT = "text"
    LONG_TEXT = "long_text"


class Ask(NamedTuple):
    """One answer that must be given: its code (shared by rules that ask the same) and its kind."""

    code: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as its record asks it. `times`: how often a year for one enterprise; `alone`: on a record of its own."""

    code: str
    times: float
    alone: bool
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class EffortRules:
    """What the office reckons with. `seconds`: by kind of field. `on_demand`: records a year and enterprise, by rule.

    `tasks`: ad-hoc tasks a year and person; `task_asks`: fields of a receipt, by kind.
    """

    clause: str
    seconds: Mapping[Kind, int]
    on_demand: Mapping[str, int]
    tasks: int
    task_asks: Mapping[Kind, int]
    interval: Interval

    @property
    def valid_from(self) -> date:
        return self.interval.start

    @property
    def valid_to(self) -> date | None:
        return self.interval.end


@dataclass(frozen=True, slots=True)
class Estimate:
    """Records and seconds a year for one enterprise, with the seconds by duty, and of an ad-hoc task."""

    records: float
    seconds: float
    by_duty: Mapping[str, float]
    task_seconds: float


def estimate(duties: Sequence[Duty], rules: EffortRules) -> Estimate:
    """What one enterprise asks of its supervisor in a year.

    Duties that may share a record share one as often as the most frequent of them falls due: what several ask is
    answered once, and the opening of the record is divided among them.
    """
    by_duty: dict[str, float] = {duty.code: 0.0 for duty in duties}
    records = 0.0
    shared = [duty for duty in duties if not duty.alone]
    for duty in duties:
        if duty.alone:
            records += duty.times
            by_duty[duty.code] += duty.times * _record([duty], rules.seconds)[duty.code]
    most = max((duty.times for duty in shared), default=0.0)
    for number in range(round(most)):
        due = [duty for duty in shared if _falls(duty.times, most, number)]
        for code, seconds in _record(due, rules.seconds).items():
            by_duty[code] += seconds
    records += round(most)
    task = rules.seconds[Kind.OPENING] + sum(rules.seconds[kind] * n for kind, n in rules.task_asks.items())
    return Estimate(records, sum(by_duty.values()), by_duty, float(task))


def _falls(times: float, most: float, number: int) -> bool:
    """Whether a duty of `times` a year falls on the record `number` of `most`: spread evenly, the last one always."""
    return int((number + 1) * times / most) > int(number * times / most)


def _record(duties: Sequence[Duty], seconds: Mapping[Kind, int]) -> dict[str, float]:
    """Seconds of one record by duty; a question asked by several counts for the first."""
    seen: set[str] = set()
    found = {duty.code: seconds[Kind.OPENING] / len(duties) for duty in duties}
    for duty in duties:
        for ask in duty.asks:
            if ask.code not in seen:
                seen.add(ask.code)
                found[duty.code] += seconds[ask.kind]
    return found


def minutes_a_week(one: Estimate, enterprises: float, tasks: int) -> float:
    """Minutes a week of a person with so many enterprises and so many ad-hoc tasks a year."""
    return (one.seconds * enterprises + one.task_seconds * tasks) / 60 / WEEKS


@dataclass(frozen=True, slots=True)
class Changed:
    """What a version asks that the one before did not, and the other way round: (duty, question) pairs."""

    added: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...]


def changed(before: Iterable[Duty], now: Iterable[Duty]) -> Changed:
    """The required questions that came and went between two versions of the rules."""
    old, new = _questions(before), _questions(now)
    return Changed(tuple(sorted(new - old)), tuple(sorted(old - new)))


def _questions(duties: Iterable[Duty]) -> set[tuple[str, str]]:
    return {(duty.code, ask.code) for duty in duties for ask in duty.asks}
