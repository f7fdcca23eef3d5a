"""The form of a duty rule; the values come from the policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anwang.domain.base import gettext_noop


class Cadence(StrEnum):
    """How often a duty falls due for each enterprise."""

    ON_DEMAND = "on_demand"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def label(self) -> str:
        return CADENCE_LABELS[self]


CADENCE_LABELS = {
    Cadence.ON_DEMAND: gettext_noop("随时"),
    Cadence.HALF_MONTH: gettext_noop("每半月"),
    Cadence.MONTH: gettext_noop("每月"),
    Cadence.QUARTER: gettext_noop("每季度"),
    Cadence.HALF_YEAR: gettext_noop("每半年"),
    Cadence.YEAR: gettext_noop("每年度"),
}


class Form(StrEnum):
    """The form of a contact (三.3): how the supervisor met the enterprise."""

    CALL = "call"
    VIDEO = "video"
    ON_SITE = "on_site"
    MEETING = "meeting"
    FILM = "film"
    CONSULTATION = "consultation"
    REPORT = "report"
    OTHER = "other"

    @property
    def label(self) -> str:
        return FORM_LABELS[self]


FORM_LABELS = {
    Form.CALL: gettext_noop("电话"),
    Form.VIDEO: gettext_noop("视频会商"),
    Form.ON_SITE: gettext_noop("现场督导"),
    Form.MEETING: gettext_noop("列席会议"),
    Form.FILM: gettext_noop("播放警示教育片"),
    Form.CONSULTATION: gettext_noop("咨询解答"),
    Form.REPORT: gettext_noop("受理职工举报"),
    Form.OTHER: gettext_noop("其他"),
}


class AnswerKind(StrEnum):
    """What an answer is made of; the form shows one input for each."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a duty asks of its record.

    `must_be`: the only value with which the duty counts (a call that reached nobody is an attempt).
    `required_when`: another answer and the value with which this one is required (why the principal was not there).
    """

    code: str
    label: str
    kind: AnswerKind
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    must_be: str | None = None
    required_when: tuple[str, str] | None = None
    help: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One of the eight rules, dated. `code` is N7.1 … N7.8; days are calendar days.

    `soon_days`: the last days before the deadline, that day included, on which it is shown as due soon.
    """

    code: str
    number: int
    title: str
    short: str
    text: str
    clause: str
    cadence: Cadence
    forms: tuple[Form, ...]
    on_site: bool
    answers: tuple[Answer, ...]
    bundle: bool
    grace_days: int
    late_window_days: int
    soon_days: int
    valid_from: date
    valid_to: date | None = None
