"""Periods in the reader's language: 2026年11月下半月, second half of Nov 2026."""

from __future__ import annotations

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext

from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.duties.span import TaskSpan


class _Month(int):
    """A month's number that is written as its name where a language asks for text (%(month)s) instead of digits."""

    def __str__(self) -> str:
        return str(MONTHS_3[int(self)]).capitalize()


def period_words(period: Period | TaskSpan, *, year: bool = True) -> str:
    """The words of a period, with its year unless told otherwise; a year is only its own number, a task has its own."""
    if isinstance(period, TaskSpan):
        return gettext(period.label_text) % period.label_params
    label = gettext(period.label_text) % {"year": period.year, "month": _Month(period.first.month)}
    if not year or period.kind is PeriodKind.YEAR:
        return label
    return gettext("%(year)s年%(label)s") % {"year": period.year, "label": label}
