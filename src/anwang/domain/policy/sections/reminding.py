"""reminders.yaml: the morning digest, quiet hours, limits of sending."""

from __future__ import annotations

from datetime import time

from anwang.domain.base import Grade, gettext_noop
from anwang.domain.calendar import PeriodKind
from anwang.domain.policy.fields import RULE, Fields
from anwang.domain.reminders.rules import QuietRule, ReminderRule, SendingRule

NO_QUIET = QuietRule(time(0), time(0), False)
NO_SENDING = SendingRule(1, 1, 1, 1, 1, 1)
KIND = r"[a-z][a-z_]{1,38}"


def read_reminders(fields: Fields) -> ReminderRule:
    """One version of the reminder rules."""
    interval = fields.interval()
    fields.reading.declare_version(RULE, "reminders", interval, fields.mark, fields.where)
    return ReminderRule(
        clause=fields.clause(),
        digest_at=_time(fields, "digest_at"),
        lead_days=fields.numbers_by("lead_days", PeriodKind, 0, 90),
        task_days=fields.integer("task_days", 0, 90),
        most_lines=fields.integer("most_lines", 1, 100),
        immediate=fields.some_of("immediate", Grade) if fields.has("immediate") else (),
        quiet=fields.one("quiet", _read_quiet, NO_QUIET),
        sending=fields.one("sending", _read_sending, NO_SENDING),
        valid_from=interval.start,
        valid_to=interval.end,
    )


def _read_quiet(fields: Fields) -> QuietRule:
    return QuietRule(
        begins=_time(fields, "begins"),
        ends=_time(fields, "ends"),
        rest_days=fields.flag("rest_days"),
        exempt_at_night=fields.texts("exempt_at_night", pattern=KIND, shape="overdue_major"),
        exempt_on_rest_days=fields.texts("exempt_on_rest_days", pattern=KIND, shape="overdue_major"),
    )


def _read_sending(fields: Fields) -> SendingRule:
    rule = SendingRule(
        per_person_day=fields.integer("per_person_day", 1, 1000),
        per_minute=fields.integer("per_minute", 1, 100_000),
        tries=fields.integer("tries", 1, 20),
        first_wait=fields.integer("first_wait", 1, 1440),
        longest_wait=fields.integer("longest_wait", 1, 10_080),
        keep_days=fields.integer("keep_days", 30, 3660),
    )
    if rule.longest_wait < rule.first_wait:
        fields.wrong("longest_wait", "order", gettext_noop("应不小于 first_wait"))
    return rule


def _time(fields: Fields, key: str) -> time:
    """A time of the day, as "08:00"."""
    text = fields.text(key, pattern=r"([01]\d|2[0-3]):[0-5]\d", shape="08:00")
    try:
        return time.fromisoformat(text)
    except ValueError:
        return time(0)
