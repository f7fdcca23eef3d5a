"""Whether a visit may be on a day, and which visits to one enterprise had better be one (四.4 不搞层层陪同)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from anwang.domain.base import Decision, Reason, gettext_noop


@dataclass(frozen=True, slots=True)
class Terms:
    """The policy's discipline in force, and what is known of the day asked for.

    `on_day` and `in_month` count the other visits to the enterprise, of all supervisors, that day and that month.
    """

    clause: str
    per_day: int
    per_month: int
    notice_days: int
    party_size: int
    quiet: bool
    impossible: bool
    on_day: int
    in_month: int


def may_visit(day: date, today: date, terms: Terms, *, party: int, noticed: bool = False) -> Decision:
    """Whether so many people may visit on a day; every reason against it at once.

    `noticed`: the enterprise knows the day already, so that no notice has to be given again.
    """
    checks = (
        (day < today, "visits.past", PAST, {"day": day}),
        (not noticed and today <= day < today + timedelta(days=terms.notice_days), "visits.notice", NOTICE,
         {"n": terms.notice_days}),
        (terms.quiet, "visits.quiet", QUIET, {"day": day}),
        (terms.impossible, "visits.wish", WISH, {"day": day}),
        (terms.on_day >= terms.per_day, "visits.cap_day", CAP_DAY, {"n": terms.per_day}),
        (terms.in_month >= terms.per_month, "visits.cap_month", CAP_MONTH, {"n": terms.per_month}),
        (party > terms.party_size, "visits.party", PARTY, {"n": terms.party_size}),
    )  # fmt: skip
    reasons = tuple(Reason(code, text, params, terms.clause) for wrong, code, text, params in checks if wrong)
    return Decision(not reasons, reasons)


PAST = gettext_noop("%(day)s 已经过去，请另选日期。")
NOTICE = gettext_noop("到企业督导应提前 %(n)s 天告知企业，请改到更晚的日子。")
QUIET = gettext_noop("%(day)s 不安排入企督导（休息日或静默期），请另选日期。")
WISH = gettext_noop("企业已说明 %(day)s 不方便，请另选日期。")
CAP_DAY = gettext_noop("这家企业当天已有督导，每天最多 %(n)s 次，请另选日期或合并。")
CAP_MONTH = gettext_noop("这家企业本月的督导次数已满（各级合计 %(n)s 次），请合并到已有的督导，或改到下月。")
PARTY = gettext_noop("一次督导最多 %(n)s 人，不搞层层陪同。")


class Open(NamedTuple):
    """A visit that is still to come; `weight` puts first whose day stays: announced ones, then the lead's."""

    visit: int
    enterprise: int
    person: int
    day: date
    party: int
    weight: int = 0


class Merge(NamedTuple):
    """Visits of several supervisors to one enterprise that can be one: `stays` on its `day`, `join` come along."""

    enterprise: int
    stays: int
    day: date
    join: tuple[int, ...]

    @property
    def saves(self) -> int:
        return len(self.join)


def merges(visits: Iterable[Open], *, within_days: int, party_size: int) -> list[Merge]:
    """Propose to merge visits of different supervisors that are at most so many days apart, as many as may go together.

    From the first day on: whoever comes inside the span joins, unless they are the same person again or too many.
    """
    by_enterprise: dict[int, list[Open]] = {}
    for visit in visits:
        by_enterprise.setdefault(visit.enterprise, []).append(visit)
    found = []
    for enterprise, open_visits in sorted(by_enterprise.items()):
        left = sorted(open_visits, key=lambda each: (each.day, each.visit))
        while left:
            together = _together(left, within_days, party_size)
            left = [each for each in left if each not in together]
            if len(together) > 1:
                stays = max(together, key=lambda each: (each.weight, -each.day.toordinal(), -each.visit))
                join = tuple(each.visit for each in together if each is not stays)
                found.append(Merge(enterprise, stays.visit, stays.day, join))
    return found


def _together(visits: list[Open], within_days: int, party_size: int) -> list[Open]:
    """The first visit and those that can be one with it."""
    first, people = visits[0], visits[0].party
    together, persons = [first], {first.person}
    for each in visits[1:]:
        near = (each.day - first.day).days <= within_days
        if near and each.person not in persons and people + each.party <= party_size:
            together.append(each)
            persons.add(each.person)
            people += each.party
    return together
