"""The rules of the policy for this feature, with the workdays by which they count."""

from __future__ import annotations

from datetime import date
from functools import cache

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.advice.question import due_on
from anwang.domain.advice.rules import AdviceRules
from anwang.domain.calendar import Workdays
from anwang.features.policies import queries as policies


@cache
def workdays() -> Workdays:
    """The table that the program brings along."""
    return packaged_workdays()


def rules(day: date) -> AdviceRules:
    """The rules in force on a day."""
    return policies.current().advice(day)


def answer_due(day: date) -> date:
    """The last day for the answer to a question of a day."""
    return due_on(day, rules(day).answer_days, workdays().next_workday)


def relay_due(day: date) -> date:
    """The last day for relaying a notice issued on a day."""
    return due_on(day, rules(day).relay_days, workdays().next_workday)


def review_day(day: date) -> date:
    """The day on which an answer of today is looked at again."""
    months = day.month - 1 + rules(day).review_months
    return date(day.year + months // 12, months % 12 + 1, min(day.day, 28))
