"""The form of the reminder rules; the values come from the policy, where the office has set them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from anwang.domain.base import Grade
from anwang.domain.calendar import PeriodKind


@dataclass(frozen=True, slots=True)
class QuietRule:
    """When nothing is sent that makes a device ring. Times of the day in Asia/Shanghai; the night may cross midnight.

    `begins` = `ends`: no night. `rest_days`: nothing on days that are no workdays. The exemptions are kinds of urgent
    messages; a message that is not urgent is never exempt.
    """

    begins: time
    ends: time
    rest_days: bool
    exempt_at_night: tuple[str, ...] = ()
    exempt_on_rest_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendingRule:
    """Limits of a channel. Waits are minutes, doubled after each failure up to the longest; `tries` in all.

    `keep_days`: how long a message stays in its recipient's list.
    """

    per_person_day: int
    per_minute: int
    tries: int
    first_wait: int
    longest_wait: int
    keep_days: int


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """One version of the reminder rules.

    `digest_at`: time of the morning digest on workdays. `lead_days`: days before a deadline on which it is mentioned,
    by the kind of period; `task_days`: the same of a task. `most_lines`: items written out in one digest.
    `immediate`: grades whose overdue duties are told at once instead of in the digest.
    """

    clause: str
    digest_at: time
    lead_days: Mapping[PeriodKind, int]
    task_days: int
    most_lines: int
    immediate: tuple[Grade, ...]
    quiet: QuietRule
    sending: SendingRule
    valid_from: date
    valid_to: date | None = None
