"""The policy's discipline of visits for a stretch of days, with the days off of the State Council's arrangement."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from anwang.adapters.holidays import packaged_workdays
from anwang.domain.base import gettext_noop
from anwang.domain.calendar import Period, PeriodKind, Workdays
from anwang.domain.duties.rules import Form
from anwang.domain.policy import VisitRules
from anwang.domain.visits.days import Days
from anwang.domain.visits.needs import Season
from anwang.features.policies import queries as policies

#: Forms for which nobody goes to the enterprise.
REMOTE = frozenset({Form.CALL, Form.VIDEO, Form.CONSULTATION, Form.REPORT, Form.OTHER})
#: With less of the year left than this the next quarter is planned too.
SHORTEST = timedelta(days=31)
LONGEST = timedelta(days=403)


@lru_cache(maxsize=1)
def workdays() -> Workdays:
    """The table that the program brings along."""
    return packaged_workdays()


def rules(day: date) -> VisitRules:
    """The discipline in force on a day."""
    return policies.current().visits(day)


def planned_from(today: date) -> date:
    """The first last day of a missed duty that is still planned; what was missed before is told of."""
    return today - timedelta(days=rules(today).look_back_days)


def is_quiet(day: date) -> bool:
    """No visits: by the policy, or a day off (春节等按放假安排)."""
    return rules(day).is_quiet(day) or day in workdays().off


def usual_until(today: date) -> date:
    """The end of the year, or of the next quarter when the year is nearly over."""
    end = Period.containing(PeriodKind.YEAR, today).last
    return end if end - today >= SHORTEST else Period.containing(PeriodKind.QUARTER, end + timedelta(days=1)).last


def horizons(today: date) -> list[tuple[str, date]]:
    """What the page of a proposal offers: (words, last day)."""
    year, quarter = Period.containing(PeriodKind.YEAR, today), Period.containing(PeriodKind.QUARTER, today)
    found = [
        (gettext_noop("到本季度末"), quarter.last), (gettext_noop("到下季度末"), quarter.next.last),
        (gettext_noop("到年底"), year.last), (gettext_noop("到明年年底"), year.next.last),
    ]  # fmt: skip
    days = {day: words for words, day in found if day <= today + LONGEST}
    return [(words, day) for day, words in sorted(days.items())]


def days_between(today: date, until: date) -> Days:
    """The horizon with its quiet days; asked anew for every request, as today moves on."""
    return Days(_season(today, until, policies.current().version))


@lru_cache(maxsize=8)
def _season(today: date, until: date, _version: str) -> Season:
    terms = rules(today)
    all_days = (today + timedelta(days=i) for i in range((until - today).days + 1))
    return Season(
        first=today, last=until, site_from=today + timedelta(days=terms.notice_days),
        quiet=frozenset(day for day in all_days if is_quiet(day)), remote=frozenset(form.value for form in REMOTE),
        visit=Form.ON_SITE.value, per_day=terms.per_day, per_month=terms.per_month,
    )  # fmt: skip
