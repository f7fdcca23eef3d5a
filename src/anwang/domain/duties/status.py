"""The one answer to how an obligation stands; every screen and every total asks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse
from anwang.domain.calendar import local_day


class Status(StrEnum):
    """How an obligation stands (三.3)."""

    UPCOMING = "upcoming"
    OPEN = "open"
    DONE = "done"
    DONE_LATE = "done_late"
    MISSED = "missed"
    WAIVED = "waived"
    TRANSFERRED = "transferred"

    @property
    def label(self) -> str:
        return STATUS_LABELS[self]


STATUS_LABELS = {
    Status.UPCOMING: gettext_noop("未开始"),
    Status.OPEN: gettext_noop("待完成"),
    Status.DONE: gettext_noop("已完成"),
    Status.DONE_LATE: gettext_noop("逾期完成"),
    Status.MISSED: gettext_noop("未完成"),
    Status.WAIVED: gettext_noop("已免除"),
    Status.TRANSFERRED: gettext_noop("已移交"),
}
DUE_SOON_LABEL = gettext_noop("即将到期")
OVERDUE_LABEL = gettext_noop("已逾期")

# From → to. A withdrawn record or waiver gives the obligation back to the calendar: upcoming, open or missed.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.UPCOMING: frozenset({Status.OPEN, Status.WAIVED, Status.TRANSFERRED}),
    Status.OPEN: frozenset({Status.DONE, Status.DONE_LATE, Status.MISSED, Status.WAIVED, Status.TRANSFERRED}),
    Status.DONE: frozenset({Status.OPEN, Status.MISSED}),
    Status.DONE_LATE: frozenset({Status.OPEN, Status.MISSED}),
    Status.MISSED: frozenset({Status.DONE, Status.DONE_LATE, Status.WAIVED}),
    Status.WAIVED: frozenset({Status.UPCOMING, Status.OPEN, Status.MISSED}),
    Status.TRANSFERRED: frozenset(),
}


class Light(StrEnum):
    """The colour of the progress dot, always with text. Green means done and nothing else."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class ObligationView:
    """What `status` needs of an obligation's row: the frozen days (see `due.Deadlines`) and what happened to it.

    `late` is decided once, when it is fulfilled (`timing.timeliness`). `transferred`: the row is looked at as one of a
    person who has handed it over; the row itself goes on under the successor.
    """

    start: date
    due: date
    miss: date
    fulfilled: bool = False
    late: bool = False
    waived: bool = False
    transferred: bool = False


def status(view: ObligationView, now: datetime) -> Status:
    """How an obligation stands at an aware instant, counted in Asia/Shanghai days."""
    return status_on(local_day(now), view.start, view.miss, view.fulfilled, view.late, view.waived, view.transferred)


def status_on(
    day: date, start: date, miss: date, fulfilled: bool, late: bool, waived: bool, transferred: bool = False
) -> Status:
    """`status` for many rows: the day is worked out once by `local_day`, the rest are plain columns.

    The order is the definition, for queries too: transferred, fulfilled (late or not), waived, day < start, day < miss.
    """
    if transferred:
        return Status.TRANSFERRED
    if fulfilled:
        return Status.DONE_LATE if late else Status.DONE
    if waived:
        return Status.WAIVED
    if day < start:
        return Status.UPCOMING
    return Status.OPEN if day < miss else Status.MISSED


def overdue(state: Status, due: date, day: date) -> bool:
    """Past its last day and not done: missed, or still inside the window for records of work done in time."""
    return state is Status.MISSED or (state is Status.OPEN and day > due)


def due_soon(state: Status, due: date, day: date, soon_days: int) -> bool:
    """Open, not overdue, and at most `soon_days` days are left, today included."""
    return state is Status.OPEN and day <= due < day + timedelta(days=soon_days)


def light(state: Status, due: date, day: date, soon_days: int) -> Light:
    """Green done; yellow due soon or done late; red overdue or missed; grey nothing to do now."""
    if state is Status.DONE:
        return Light.GREEN
    if overdue(state, due, day):
        return Light.RED
    if state is Status.DONE_LATE or due_soon(state, due, day, soon_days):
        return Light.YELLOW
    return Light.GREY


def label(state: Status, due: date, day: date, soon_days: int) -> str:
    """The words beside the dot: 已逾期 and 即将到期 are shades of 待完成."""
    if state is Status.OPEN and overdue(state, due, day):
        return OVERDUE_LABEL
    return DUE_SOON_LABEL if due_soon(state, due, day, soon_days) else state.label


def may_become(state: Status, to: Status) -> Decision:
    """Whether an obligation in a state may go over into another (`TRANSITIONS`)."""
    if to in TRANSITIONS[state]:
        return ALLOWED
    text = gettext_noop("这项职责现在是“%(state)s”，不能改为“%(to)s”")
    return refuse("duty.transition", text, state=state.label, to=to.label)
