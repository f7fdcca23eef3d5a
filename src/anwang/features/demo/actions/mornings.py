"""Two mornings of reminders: yesterday's, which every other of those who may be entered has opened, and today's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from anwang.domain.calendar import local_day
from anwang.features.accounts import queries as accounts
from anwang.features.notices import actions as notices
from anwang.features.reminders import actions as reminders
from anwang.features.reminders import queries as reminder_queries

from .stage import Stage, moment


def mornings(stage: Stage) -> dict[str, Any]:
    """The digests of the last workday and of today, as far as their hours have come."""
    today = local_day(stage.until)
    before = reminder_queries.workdays().previous_workday(today)
    told = 0
    for day in (before, today):
        for send, at in ((reminders.send_alarms, moment(day, 0, 5)), (reminders.send_digest, moment(day, 8, 0))):
            if at <= stage.until:
                told += send(by=stage.by, now=at).people
        if day == before:
            _read(stage)
    return {"messages": told}


def _read(stage: Stage) -> None:
    for user in accounts.sign_ins()[::2]:
        notices.open_all(by=replace(stage.by, person_id=user.person_id), now=stage.until)
