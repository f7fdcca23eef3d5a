"""The workday table that the chinesecalendar package knows."""

from __future__ import annotations

from chinese_calendar import constants

from anwang.domain.calendar import Workdays


def packaged_workdays() -> Workdays:
    """Every year in the package as a table.

    The package's own functions raise for years it does not know; the table answers Monday to Friday for them and says
    so (`Workdays.known`). Years that the package lacks are put in by `Workdays.with_year`.
    """
    return Workdays(
        years=frozenset(day.year for day in constants.holidays),
        off=frozenset(constants.holidays),
        extra=frozenset(constants.workdays),
    )
