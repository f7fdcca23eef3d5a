"""Duties of a stop in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from anwang.domain.calendar import Period
from anwang.domain.duties.span import is_task
from anwang.features.policies import queries as policies
from anwang.web.periods import period_words


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that a stop is to meet; `on` a day on which its rule is in force, `late`: its time is over."""

    rule: str
    period: str
    on: date
    late: bool = False

    @property
    def short(self) -> str:
        """半月联系."""
        return gettext(policies.current().duty_rule(self.rule, self.on).short)

    @property
    def words(self) -> str:
        """半月联系 11月下半月."""
        if is_task(self.period):
            return self.short
        return f"{self.short} {period_words(Period.parse(self.period), year=False)}"


def duties_of(pairs: Iterable[Iterable[str]], on: date) -> tuple[Duty, ...]:
    """What a visit's row says it is to meet."""
    return tuple(Duty(rule, period, on) for rule, period in pairs)
