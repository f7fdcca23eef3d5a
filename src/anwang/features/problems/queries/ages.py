"""The groups of ages by which open problems are counted, as the policy draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q
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
        # Nothing is too young for the youngest.
        newest = Q(reported_at__lt=_start(today - timedelta(days=self.first - 1))) if self.first else Q()
        if self.last is None:
            return newest
        return newest & Q(reported_at__gte=_start(today - timedelta(days=self.last)))


def ages(today: date) -> list[Age]:
    """The groups in force on a day, the youngest first; together they hold every age."""
    edges = [-1, *policies.current().boards(today).age_days]
    return [*(Age(before + 1, last) for before, last in pairwise(edges)), Age(edges[-1] + 1, None)]


def by_age(today: date) -> dict[str, Count]:
    """How many rows of each group but the oldest, beside whatever else is grouped by: nothing is computed of a row."""
    return {f"n_{each.code}": Count("id", filter=each.reported(today)) for each in ages(today)[:-1]}


def split(row: Mapping[str, Any], today: date) -> dict[str, int]:
    """What `by_age` counted of `n` rows, by code of the group; the oldest are what is left."""
    *others, oldest = ages(today)
    found = {each.code: row[f"n_{each.code}"] for each in others}
    return {**found, oldest.code: row["n"] - sum(found.values())}


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
