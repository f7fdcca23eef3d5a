"""The rule of reminders and the table of workdays."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.calendar import Workdays
from anwang.domain.reminders.rules import ReminderRule
from anwang.features.policies import queries as policies

from ..models import Clock


def rule_on(day: date) -> ReminderRule:
    """The rule in force."""
    return policies.current().reminders(day)


@cache
def workdays() -> Workdays:
    """Days worked and days off; in years that it does not know, Monday to Friday."""
    return packaged_workdays()


def last_at(name: str) -> datetime | None:
    """Until when something was done."""
    return Clock.objects.filter(name=name).values_list("last_at", flat=True).first()
