"""The time that an obligation covers: a period of the calendar, or the days of one ad-hoc task (附件4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from anwang.domain.base import gettext_noop
from anwang.domain.calendar import Period

#: 附件4 八: what is arranged for once; its obligations have a task's key where others have a period's.
TASK_RULE = "N7.8"
_MARK = "T"
#: The keys of all tasks lie in this half-open range.
TASKS_FROM, TASKS_TO = _MARK, chr(ord(_MARK) + 1)


@dataclass(frozen=True, slots=True)
class TaskSpan:
    """The days of a task for one enterprise. Named and used like a `Period` wherever obligations are shown."""

    number: int
    first: date
    last: date

    @property
    def key(self) -> str:
        """`T000123`: sorts after every period, so that no range of years holds it."""
        return task_key(self.number)

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.last + timedelta(days=1)

    @property
    def label_text(self) -> str:
        return gettext_noop("任务第%(number)d号")

    @property
    def label_params(self) -> dict[str, int]:
        return {"number": self.number}

    @property
    def label(self) -> str:
        return self.label_text % self.label_params


def task_key(number: int) -> str:
    """The key of a task's obligations, at most ten characters."""
    return f"{_MARK}{number:06d}"


def is_task(key: str) -> bool:
    """Whether a key is a task's."""
    return key.startswith(_MARK)


def span_of(key: str, start: date, due: date) -> Period | TaskSpan:
    """What the key of an obligation means; its own days are those of a task. ValueError for neither."""
    if is_task(key) and key[1:].isascii() and key[1:].isdigit():
        return TaskSpan(int(key[1:]), start, due)
    return Period.parse(key)
