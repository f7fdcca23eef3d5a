"""What an enterprise says of a visit, and what of it may be shown to whom (四.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse

K = TypeVar("K")


class Opinion(StrEnum):
    """The three levels; there is no sum of them and no mean."""

    HELPED = "helped"
    NEUTRAL = "neutral"
    DISTURBED = "disturbed"

    @property
    def label(self) -> str:
        return OPINION_LABELS[self]


OPINION_LABELS = {
    Opinion.HELPED: gettext_noop("有帮助"),
    Opinion.NEUTRAL: gettext_noop("没有影响生产经营"),
    Opinion.DISTURBED: gettext_noop("影响了生产经营"),
}


def may_rate(
    occurred_on: date, rated_at: datetime | None, now: datetime, today: date, *, within_days: int, change_days: int
) -> Decision:
    """Whether a visit may be rated, or its rating changed: once, and for `change_days` days after that again.

    A visit more than `within_days` days ago is no longer rated: nobody remembers it.
    """
    if occurred_on < today - timedelta(days=within_days):
        text = gettext_noop("%(days)s 天以前的督导不再评价。")
        return refuse("rating_late", text, clause="四.4", days=within_days)
    if rated_at is not None and now >= rated_at + timedelta(days=change_days):
        text = gettext_noop("评价后 %(days)s 天内可以修改，现已超过。")
        return refuse("rating_settled", text, clause="四.4", days=change_days)
    return ALLOWED


@dataclass(frozen=True, slots=True)
class Group:
    """The ratings of a unit in a period: by level, and about how many different visitors."""

    counts: Mapping[Opinion, int]
    persons: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Fewest:
    """The fewest ratings, about the fewest visitors, that are shown together: no figure is one person's."""

    ratings: int
    persons: int


def large_enough(total: int, persons: int, fewest: Fewest) -> bool:
    """Whether a group may be shown: so few ratings, or about one visitor, would show a rating to whom it is about."""
    return total >= fewest.ratings and persons >= fewest.persons


def disclosed(groups: Mapping[K, Group], fewest: Fewest) -> frozenset[K]:
    """The groups of one sum that may be shown side by side.

    What is left over of the sum must be nothing or large enough itself, else a hidden group is found by subtraction:
    then the smallest shown group is hidden too.
    """
    shown = {key for key, each in groups.items() if large_enough(each.total, each.persons, fewest)}
    while shown:
        hidden = [each for key, each in groups.items() if key not in shown]
        left, persons = sum(each.total for each in hidden), max((each.persons for each in hidden), default=0)
        several = persons >= fewest.persons or sum(1 for each in hidden if each.total) >= fewest.persons
        if left == 0 or (left >= fewest.ratings and several):
            break
        shown.remove(min(shown, key=lambda key: (groups[key].total, str(key))))
    return frozenset(shown)
