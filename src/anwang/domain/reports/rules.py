"""What the policy sets for reports. The notice gives no numbers (三.4): the office sets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from anwang.domain.base import Interval


@dataclass(frozen=True, slots=True)
class ReportTerms:
    """What a report keeps of the policy that it came under: calendar days for the acceptance and for the answer,
    counted from the day after."""

    accept_days: int
    answer_days: int


@dataclass(frozen=True, slots=True)
class ReportRules:
    """举报 (三.4). Whoever came to the enterprise in the last `came_within_days` days is taken for its supervisor.

    `follow_up_days`: days after the report on which the reporter is asked whether anybody retaliated, ascending.
    """

    clause: str
    accept_days: int
    answer_days: int
    follow_up_days: tuple[int, ...]
    came_within_days: int
    interval: Interval

    @property
    def terms(self) -> ReportTerms:
        """What a report keeps of them."""
        return ReportTerms(self.accept_days, self.answer_days)

    def follow_ups(self, received: date) -> list[tuple[int, date]]:
        """(days, day) of the questions about retaliation."""
        return [(days, received + timedelta(days=days)) for days in self.follow_up_days]
