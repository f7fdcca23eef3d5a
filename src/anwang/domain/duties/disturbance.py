"""Not to disturb (四.4): what a visit should be told about how often the enterprise was visited, by all levels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from anwang.domain.base import Reason, gettext_noop


class SiteVisit(NamedTuple):
    """A day on which a person was at the enterprise."""

    day: date
    person: int


def visit_days(visits: Iterable[SiteVisit], day: date) -> int:
    """Visits to an enterprise in the calendar month of a day: days on which somebody came, whoever and how many."""
    return len({each.day for each in visits if (each.day.year, each.day.month) == (day.year, day.month)})


def disturbances(
    visits: Iterable[SiteVisit], day: date, *, per_day: int, per_month: int, quiet: bool
) -> tuple[Reason, ...]:
    """What to say about a visit on a day that is among `visits`: a notice, never a refusal of what happened.

    `per_day` people each for themselves a day and `per_month` days a month are the policy's caps; `quiet`: its day is
    one on which no visit is planned.
    """
    known = list(visits)
    found = []
    if (n := visit_days(known, day)) > per_month:
        text = gettext_noop("本月已有 %(n)s 次现场督导，超过 %(cap)s 次上限（各级合计），请与其他包保人员合并安排")
        found.append(Reason("visit.month", text, {"n": n, "cap": per_month}, "四.4"))
    if (people := len({each.person for each in known if each.day == day})) > per_day:
        text = gettext_noop("当天有 %(n)s 名包保人员分别登记到过现场；同行的可一并登记，不同行的下次请合并")
        found.append(Reason("visit.day", text, {"n": people}, "四.4"))
    if quiet:
        found.append(Reason("visit.quiet", gettext_noop("当天是约定不安排现场督导的日子"), {}, "四.4"))
    return tuple(found)
