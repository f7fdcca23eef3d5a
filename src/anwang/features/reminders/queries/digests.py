"""Who is told what in a digest: read person after person, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from heapq import merge
from itertools import groupby, islice
from operator import attrgetter

from anwang.domain.base import Grade
from anwang.domain.calendar import Period, PeriodKind, Workdays, local_day
from anwang.domain.duties.span import is_task
from anwang.domain.reminders.digest import Stage, Window, near_day, next_digest, soon_day, stage_to_mention
from anwang.domain.reminders.rules import ReminderRule
from anwang.features.accounts import queries as accounts
from anwang.features.dispatch.queries.reminding import tasks_due
from anwang.features.duties.queries.reminding import remindable

from .rules import last_at, rule_on, workdays
from .words import Said, Words, digest_words, short

#: A lead falls at most so many days earlier when its day is off.
LONGEST_REST = timedelta(days=14)
TOGETHER = 500
Near = Callable[[str, date, date], date | None]


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told."""

    person: int
    items: tuple[Said, ...]
    words: Words


def digests(*, window: Window, people: Sequence[int] | None = None) -> Iterator[Digest]:
    """The morning digests of a window, in the order of people; those with nothing new are left out.

    An overdue duty of a grade that is told at once is left to `alarms`.
    """
    rule = rule_on(local_day(window.until))
    said = merge(_duties(window, rule, people), _tasks(window, rule, people), key=attrgetter("person"))
    chosen = (each for each in said if not (each.stage is Stage.OVERDUE and each.grade in rule.immediate))
    yield from _by_person(chosen, rule.most_lines)


def alarms(*, window: Window) -> Iterator[Digest]:
    """What is told at once: duties that became overdue at enterprises of the grades named by the rule (一 重点督导)."""
    rule = rule_on(local_day(window.until))
    said = _duties(window, rule, None)
    chosen = (each for each in said if each.stage is Stage.OVERDUE and each.grade in rule.immediate)
    yield from _by_person(chosen, rule.most_lines)


def _duties(window: Window, rule: ReminderRule, people: Sequence[int] | None) -> Iterator[Said]:
    """Every duty of which something is to be said, in the order of people."""
    day = local_day(window.until)
    until = day + timedelta(days=max(rule.lead_days.values(), default=0)) + LONGEST_REST
    near = _near(rule, workdays())
    for row in remindable(day=day, due_until=until, since=window.since, people=people):
        if is_task(row.period):
            continue  # said once, as the task that it belongs to
        stage = stage_to_mention(row.due, near(row.period, row.start, row.due), row.known_at, window)
        if stage is not None:
            what = short(row.rule, row.start)
            yield Said(row.person, stage, row.due, what, firm=row.name, grade=Grade(row.grade) if row.grade else None)


def _tasks(window: Window, rule: ReminderRule, people: Sequence[int] | None) -> Iterator[Said]:
    """The same of tasks (附件4.8)."""
    until = local_day(window.until) + timedelta(days=rule.task_days) + LONGEST_REST
    for row in tasks_due(due_until=until, since=window.since, people=people):
        near = near_day(rule.task_days, local_day(row.arrived_at), row.due, workdays())
        stage = stage_to_mention(row.due, near, row.arrived_at, window)
        if stage is not None:
            yield Said(row.person, stage, row.due, row.title)


def _near(rule: ReminderRule, days: Workdays) -> Near:
    """`soon_day` for the few periods and days that there are, each worked out once."""

    @cache
    def kind(period: str) -> PeriodKind:
        return Period.parse(period).kind

    @cache
    def near(period: str, start: date, due: date) -> date | None:
        return soon_day(rule, kind(period), start, due, days)

    return near


def _by_person(items: Iterable[Said], most: int) -> Iterator[Digest]:
    """Digests in each person's language."""
    groups = ((person, tuple(group)) for person, group in groupby(items, key=attrgetter("person")))
    while some := list(islice(groups, TOGETHER)):
        languages = accounts.languages_of(person for person, _ in some)
        for person, group in some:
            yield Digest(person, group, digest_words(group, languages.get(person, ""), most))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person will be told next: when, and the digest as it stands now, or None. `assumed`: the year's holidays
    are not in the table and Monday to Friday is taken for worked."""

    at: datetime
    assumed: bool
    digest: Digest | None


def preview(*, person: int, now: datetime) -> Preview:
    """明早会收到什么. A few queries."""
    rule, last = rule_on(local_day(now)), last_at("digest")
    at = next_digest(rule, now, last, workdays())
    found = next(digests(window=Window(last, at), people=[person]), None)
    return Preview(at, not workdays().known(at.year), found)


def forecast(*, now: datetime) -> dict[str, int]:
    """How many people a digest at an instant would reach, and how many duties of each stage it would name."""
    counts = {"people": 0, **{stage.value: 0 for stage in Stage}}
    for each in digests(window=Window(last_at("digest"), now)):
        counts["people"] += 1
        for said in each.items:
            counts[said.stage.value] += 1
    return counts
