"""Minutes a week and person by level, from the rules in force and the number of enterprises each has on average."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count
from django.utils.translation import gettext

from anwang.adapters.policy_files import policy_from_texts
from anwang.domain.base import Level
from anwang.domain.burden.effort import Ask, Changed, Duty, Estimate, Kind, changed, estimate, minutes_a_week
from anwang.domain.calendar import local_day
from anwang.domain.duties.due import period_kind
from anwang.domain.duties.rules import DutyRule
from anwang.domain.policy import Policy, PolicyError
from anwang.features.assignments import queries as assignments
from anwang.features.policies import queries as policies


@dataclass(frozen=True, slots=True)
class LevelMinutes:
    """A level: how many people lead, how many enterprises each on average, minutes a week of each."""

    level: Level
    people: int
    enterprises: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Burden:
    """The estimate of one enterprise and task, and the minutes of each level."""

    one: Estimate
    titles: dict[str, str]
    levels: list[LevelMinutes]


def burden(day: date) -> Burden:
    """One query, whatever the size of the city; nobody's own time is read, for none is kept."""
    policy = policies.current()
    rules = policy.effort(day)
    one = estimate(duties_of(policy, day), rules)
    leads = assignments.leads_on(day).order_by().values_list("level")
    counted = leads.annotate(firms=Count("id"), people=Count("person", distinct=True))
    levels = [
        LevelMinutes(Level(level), people, firms / people, minutes_a_week(one, firms / people, rules.tasks))
        for level, firms, people in counted
    ]
    titles = {rule.code: gettext(rule.short) for rule in policy.duty_rules(day)}
    return Burden(one, titles, sorted(levels, key=lambda each: each.level.rank))


def duties_of(policy: Policy, day: date) -> list[Duty]:
    """The duties with what their records require; what has no cadence comes as often as the office reckons."""
    rules = policy.effort(day)
    return [
        Duty(rule.code, times, not rule.bundle or period_kind(rule) is None, tuple(_asks(rule)))
        for rule in policy.duty_rules(day)
        if (times := _times(rule, rules.on_demand.get(rule.code, 0)))
    ]


def _times(rule: DutyRule, on_demand: int) -> int:
    kind = period_kind(rule)
    return on_demand if kind is None else kind.per_year


def _asks(rule: DutyRule) -> Iterable[Ask]:
    for answer in rule.answers:
        if answer.required or answer.must_be is not None:
            yield Ask(answer.code, Kind(answer.kind.value))


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the version before: its day, the questions, minutes of one enterprise a year then and now."""

    version: str
    recorded_on: date
    changed: Changed
    minutes_before: float


def since_last_version(day: date) -> Since | None:
    """Against the version recorded before the one in force; None when there is none that this software can read."""
    current = policies.current()
    for row in policies.versions().exclude(version=current.version)[:5]:
        older = _read(row.version, tuple(sorted(row.files.items())))
        if older is not None:
            before = duties_of(older, day)
            minutes = estimate(before, older.effort(day)).seconds / 60
            return Since(row.version, local_day(row.recorded_at), changed(before, duties_of(current, day)), minutes)
    return None


@lru_cache(maxsize=4)
def _read(version: str, files: tuple[tuple[str, str], ...]) -> Policy | None:
    """A version from its kept files; None when it was written for another version of the software."""
    try:
        return policy_from_texts(dict(files))
    except PolicyError:
        return None
