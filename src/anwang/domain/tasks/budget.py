"""The deadline budget (B4): of the time a level was given it keeps only its share, the rest belongs to those below.

Days are whole days in Asia/Shanghai. A level uses its share in front (before it hands down) and behind (between the
deadline it gives and its own, for gathering what comes back). What it has not used in front it may use behind.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse
from anwang.domain.calendar import Workdays

DAY = timedelta(days=1)


class Hop(NamedTuple):
    """A task at one level: the day it came, the last day it was given, and how many days the level may keep."""

    arrived: date
    due: date
    keep: int

    @property
    def days(self) -> int:
        """The time it was given; 0 when it came on its last day or later."""
        return max(0, (self.due - self.arrived).days)

    @property
    def keep_until(self) -> date:
        """The last day on which handing down is inside the share; never after the deadline."""
        return min(self.arrived + self.keep * DAY, max(self.arrived, self.due))

    def used(self, handed: date) -> int:
        """Days between the arrival and the handing down."""
        return max(0, (handed - self.arrived).days)

    def left(self, handed: date) -> int:
        """What is left of the share for gathering the answers."""
        return max(0, self.keep - self.used(handed))


def earliest_due(hop: Hop, handed: date) -> date:
    """The earliest deadline that may be given to those below when it is handed down on a day."""
    return max(hop.due - hop.left(handed) * DAY, min(handed, hop.due))


def offered_due(hop: Hop, handed: date, workdays: Workdays) -> date:
    """The deadline that is offered: the earliest one, on a workday where one lies before the own deadline's end."""
    day = earliest_due(hop, handed)
    later = day if workdays.is_workday(day) else workdays.next_workday(day)
    return later if later <= hop.due else day


def may_give(hop: Hop, handed: date, due: date) -> Decision:
    """Whether those below may be given this deadline: inside the own one, and not so early that more is kept."""
    clause = "附件4.8"
    if handed > hop.due:
        text = gettext_noop("已过您的完成期限 %(due)s，请先申请延期，再转办下级。")
        return refuse("handing_overdue", text, clause=clause, due=hop.due)
    if due > hop.due:
        text = gettext_noop("下级的完成期限 %(given)s 不能晚于您自己的 %(due)s。")
        return refuse("due_beyond", text, clause=clause, given=due, due=hop.due)
    if due < (first := earliest_due(hop, handed)):
        text = gettext_noop("给下级的时间太少：按各级留用时限，下级的完成期限不能早于 %(first)s。")
        return refuse("due_keeps_too_much", text, clause=clause, first=first)
    return ALLOWED


def kept_over(hop: Hop, handed: date) -> int:
    """留用超时: by how many days the level kept the task longer than its share before it handed it down."""
    return max(0, hop.used(handed) - hop.keep)
