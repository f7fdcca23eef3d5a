"""The groups of ages by which open problems are counted, as the policy draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext

from anwang.domain.calendar import SHANGHAI
from anwang.features.policies import queries as policies


@dataclass(frozen=True, slots=True)
class Age:
    """Problems first reported `first` to `last` days ago, both included; `last` None: or longer. `code` is `first`."""

    first: int
    last: int | None

    @property
    def code(self) -> str:
        return str(self.first)

    @property
    def label(self) -> str:
        if self.last is None:
            return gettext("%(days)s 天以上") % {"days": self.first - 1}
        if not self.first:
            return gettext("%(days)s 天以内") % {"days": self.last}
        return gettext("%(first)s 至 %(last)s 天") % {"first": self.first, "last": self.last}

    def reported(self, today: date) -> Q:
        """The rows of this age on a day."""
        newest = Q(reported_at__lt=_start(today - timedelta(days=self.first - 1)))
        if self.last is None:
            return newest
        return newest & Q(reported_at__gte=_start(today - timedelta(days=self.last)))


def ages(today: date) -> list[Age]:
    """The groups in force on a day, the youngest first; together they hold every age."""
    edges = [-1, *policies.current().boards(today).age_days]
    return [*(Age(before + 1, last) for before, last in pairwise(edges)), Age(edges[-1] + 1, None)]


def age_case(today: date) -> Case:
    """The code of a row's group."""
    found = (When(each.reported(today), then=Value(each.code)) for each in ages(today))
    return Case(*found, output_field=CharField())


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
