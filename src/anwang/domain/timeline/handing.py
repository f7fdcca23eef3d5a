"""When a person may be handed over, from when and for how long (二.2, B2)."""

from __future__ import annotations

from datetime import date, timedelta

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse

LEAVE = "leave"
#: Reasons with which a post ends.
ENDING = frozenset({"retire", "transfer", "dismiss"})
#: A hand-over is put down at most so many days ahead; a leave lasts at most a year.
AHEAD, LONGEST_LEAVE = timedelta(days=90), timedelta(days=366)
UNDO = timedelta(hours=24)


def may_begin(kind: str, on: date, until: date | None, since: date, today: date) -> Decision:
    """Whether the days of a hand-over make sense. `since` is the first day of the post."""
    if on < since:
        return refuse("handover_before", gettext_noop("交接日期早于任职开始日期 %(since)s。"), since=since)
    if on > today + AHEAD:
        return refuse("handover_ahead", gettext_noop("交接最多提前 90 天安排。"))
    if kind != LEAVE:
        return ALLOWED
    if until is None or until <= max(on, today):
        return refuse("leave_end", gettext_noop("请填写返岗日期，且晚于离岗日期和今天。"))
    if until > on + LONGEST_LEAVE:
        return refuse("leave_long", gettext_noop("离岗超过一年，请按调离办理交接。"))
    return ALLOWED


def planned(kind: str, on: date, today: date) -> bool:
    """Carried out on its day, not now. Deputies of a leave are dated and need no waiting."""
    return kind != LEAVE and on > today
