"""What the planner is told: duties as needs, and the days on which an enterprise may be met (四.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from anwang.domain.base import gettext_noop


class Why(StrEnum):
    """Why no visit can be on a day, and why a duty finds no day."""

    PAST = "past"
    NOTICE = "notice"
    QUIET = "quiet"
    WISH = "wish"
    CAP_DAY = "cap_day"
    CAP_MONTH = "cap_month"
    ROOM = "room"

    @property
    def label(self) -> str:
        return WHY_LABELS[self]


WHY_LABELS = {
    Why.PAST: gettext_noop("截止日已过"),
    Why.NOTICE: gettext_noop("来不及提前告知企业，请直接与企业商定"),
    Why.QUIET: gettext_noop("期限内都是不安排督导的日子"),
    Why.WISH: gettext_noop("企业在期限内都不方便"),
    Why.CAP_DAY: gettext_noop("期限内每天都已有其他督导"),
    Why.CAP_MONTH: gettext_noop("期限内各月的督导次数已满"),
    Why.ROOM: gettext_noop("期限内可安排的次数不够"),
}


class Need(NamedTuple):
    """A duty to meet on one of the days start … due; `key` is whatever the caller knows it by.

    `forms` can carry it, the usual one first; `alone`: on a record of its own; `late`: its time is over, the sooner the
    better.
    """

    key: tuple[Any, ...]
    rule: str
    start: date
    due: date
    forms: tuple[str, ...]
    alone: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Season:
    """What holds for every enterprise in the days first … last.

    A form that is in `remote` disturbs nobody: no caps and no quiet days; `visit` is the form of a visit. `site_from`
    is the first day for which a visit can still be announced. `quiet` are the days without visits.
    """

    first: date
    last: date
    site_from: date
    quiet: frozenset[date]
    remote: frozenset[str]
    visit: str
    per_day: int
    per_month: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """What holds for one enterprise: days on which it cannot receive anybody, visits of others by day (also past ones
    of the first month), one's own that are announced already and stay, and days that its principal wished for."""

    impossible: frozenset[date] = frozenset()
    taken: Mapping[date, int] = field(default_factory=dict)
    kept: Mapping[date, int] = field(default_factory=dict)
    wished: frozenset[date] = frozenset()


class Contact(NamedTuple):
    """One contact of a plan: its form and day, what it meets, and whether it was announced already."""

    form: str
    day: date
    meets: tuple[Need, ...]
    kept: bool = False


class Missed(NamedTuple):
    """A need that no plan can meet, and why."""

    need: Need
    why: Why
