"""Periods, workdays and deadlines, in Asia/Shanghai days."""

from anwang.domain.calendar.days import SHANGHAI, day_begins, local_day
from anwang.domain.calendar.periods import Period, PeriodKind, periods_between
from anwang.domain.calendar.workdays import Workdays

__all__ = ["SHANGHAI", "Period", "PeriodKind", "Workdays", "day_begins", "local_day", "periods_between"]
