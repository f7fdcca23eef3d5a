"""What goes into a morning digest: each duty at most once a stage, whatever days the scheduler ran or slept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from anwang.domain.base import gettext_noop
from anwang.domain.calendar import SHANGHAI, PeriodKind, Workdays, day_begins, local_day
from anwang.domain.reminders.rules import ReminderRule

DAY = timedelta(days=1)


class Stage(StrEnum):
    """What a reminder says of a duty."""

    OVERDUE = "overdue"
    SOON = "soon"

    @property
    def label(self) -> str:
        return STAGE_LABELS[self]


STAGE_LABELS = {Stage.OVERDUE: gettext_noop("已逾期"), Stage.SOON: gettext_noop("即将到期")}


@dataclass(frozen=True, slots=True)
class Window:
    """The time between two digests, (since, until]; `since` None before the first one. Aware instants."""

    since: datetime | None
    until: datetime

    def __contains__(self, instant: datetime) -> bool:
        return (self.since is None or self.since < instant) and instant <= self.until


def is_digest_time(rule: ReminderRule, now: datetime, last: datetime | None, workdays: Workdays) -> bool:
    """Whether a digest is owed: a workday, its hour has come, and none went out on this day."""
    day = local_day(now)
    if last is not None and local_day(last) >= day:
        return False
    return workdays.is_workday(day) and now.astimezone(SHANGHAI).time() >= rule.digest_at


def next_digest(rule: ReminderRule, now: datetime, last: datetime | None, workdays: Workdays) -> datetime:
    """When the next digest goes out if the scheduler runs: now when one is owed, this morning or the next workday's."""
    day = local_day(now)
    sent = last is not None and local_day(last) >= day
    if not workdays.is_workday(day) or sent:
        day = workdays.next_workday(day)
    return max(now, datetime.combine(day, rule.digest_at, SHANGHAI))


def soon_day(rule: ReminderRule, kind: PeriodKind, start: date, due: date, workdays: Workdays) -> date | None:
    """The day from which a deadline counts as near: the lead before it, or the workday before that.

    None when the time for the duty is no longer than the lead: it was near when it began, and nobody needs telling
    twice. Never before `start`. The deadline itself stays where the notice puts it.
    """
    return near_day(rule.lead_days.get(kind, 0), start, due, workdays)


def near_day(lead: int, start: date, due: date, workdays: Workdays) -> date | None:
    """`soon_day` for a lead in days: of a task (附件4.8), say."""
    if lead <= 0 or (due - start).days < lead:
        return None
    return max(start, workdays.reminder_day(due, lead))


def stage_to_mention(due: date, near_from: date | None, known_at: datetime, window: Window) -> Stage | None:
    """What a digest says of a duty that is still open, or None when it was said before or is not yet to be said.

    `near_from` comes from `soon_day`; `known_at` is when the duty came to this person (opened or handed over): a stage
    that lay before it is told once it is theirs.
    """
    overdue_at = max(day_begins(due + DAY), known_at)
    if overdue_at <= window.until:
        return Stage.OVERDUE if overdue_at in window else None
    if near_from is None:
        return None
    return Stage.SOON if max(day_begins(near_from), known_at) in window else None
