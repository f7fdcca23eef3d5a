"""What a policy holds beside the rules of the other areas: the document itself, clauses, industries, dates, papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from anwang.domain.base import Grade, Interval, Level

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value that is in force in an interval, with the clause it rests on."""

    value: T
    interval: Interval
    clause: str


@dataclass(frozen=True, slots=True)
class Meta:
    """The document: who issued it, when, for which territory (12-digit code), whether it is public."""

    code: str
    name: str
    title: str
    document_number: str
    issuer: str
    issuer_heading: str
    addressees: str
    territory: int
    office: str
    issued_on: date
    printed_on: date
    disclosure: str
    public: bool
    interval: Interval


@dataclass(frozen=True, slots=True)
class CarriedOutBy:
    """What carries a clause out: names of screens (URL names), codes of rules and of documents."""

    screens: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, verbatim: `heading` + `text` is what the document says. `parent` is "" at the top.

    `title` is short, for lists. `capabilities` are the codes N1 … N19. `note` is ours, not the document's.
    """

    code: str
    title: str
    heading: str
    text: str
    parent: str
    capabilities: tuple[str, ...]
    carried_out_by: CarriedOutBy
    interval: Interval
    note: str = ""


@dataclass(frozen=True, slots=True)
class LevelName:
    """What a level is called here, who leads its units, which level it sponsors (市包县区), who serves there."""

    level: Level
    label: str
    leader: str
    sponsors: Level | None
    staff: str
    clause: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class GradeName:
    """What a grade is called here; `key`: its enterprises are marked and watched more closely (一 重点督导)."""

    grade: Grade
    label: str
    colour: str
    key: bool
    clause: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Industry:
    """One of the industries in scope, in the document's order."""

    code: str
    index: int
    name: str
    aliases: tuple[str, ...]
    clause: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class CodeRule:
    """Enterprises whose GB/T 4754 code begins with `prefix` belong to `industry`, or to none of them when it is "".

    The longest prefix that fits decides. `check`: a person should confirm it; `note` says why.
    """

    prefix: str
    industry: str
    check: bool
    note: str
    clause: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated measure. The last day is `month`-`day` itself; `levels` must each deliver `deliverable`.

    `yearly`: due every year from `first_year`, else once in it.
    """

    code: str
    title: str
    deliverable: str
    levels: tuple[Level, ...]
    month: int
    day: int
    first_year: int
    yearly: bool
    clause: str
    capabilities: tuple[str, ...]
    interval: Interval

    def due_in(self, year: int) -> date | None:
        """Its last day in a year, or None when it is not due in it."""
        in_force = year == self.first_year or (self.yearly and year > self.first_year)
        due = date(year, self.month, self.day)
        return due if in_force and due in self.interval else None


@dataclass(frozen=True, slots=True)
class QuietDays:
    """Days on which no visit is planned, from month-day to month-day, both included, every year."""

    code: str
    label: str
    first: tuple[int, int]
    last: tuple[int, int]

    def covers(self, day: date) -> bool:
        """True when a day is quiet; a range may run over New Year."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class VisitRules:
    """The discipline of visits (四.4). Caps count on-site visits of all supervisors to one enterprise.

    `merge_within_days`: visits closer than this are proposed as one. `notice_days`: days before which it is announced.
    `quiet_weekdays`: 1 Monday … 7 Sunday. `party_size`: most people in one visit (不搞层层陪同).
    `answer_days`: calendar days in which a complaint about a visit is answered. `rating_days`: how long a rating may be
    changed; visits longer ago than `rate_within_days` are not rated. `rating_group`, `rating_people`: fewest ratings of
    a unit, about so many visitors, that are shown together. A complaint may name who came within `named_within_days`;
    without a name it is about all who came within `meant_within_days`. `wish_days`: the longest stretch of days that an
    enterprise wishes for or rules out.

    The planner: what a day of one person holds (`stops_per_day`, `calls_per_day`), how far apart stops of a day may be
    (`near_km`), how long ago a duty may have been missed to be planned (`look_back_days`), how far from its day a
    visit still counts as the planned one (`held_within_days`). Health measures: `measure_days` is the longest,
    `measure_entry_days` how many days after its start one may be entered.
    """

    clause: str
    per_day: int
    per_month: int
    merge_within_days: int
    notice_days: int
    party_size: int
    answer_days: int
    rating_days: int
    rating_group: int
    rate_within_days: int
    rating_people: int
    named_within_days: int
    meant_within_days: int
    wish_days: int
    stops_per_day: int
    calls_per_day: int
    near_km: int
    look_back_days: int
    held_within_days: int
    measure_days: int
    measure_entry_days: int
    quiet_weekdays: tuple[int, ...]
    quiet: tuple[QuietDays, ...]
    interval: Interval

    def is_quiet(self, day: date) -> bool:
        """True when no visit is planned on a day."""
        return day.isoweekday() in self.quiet_weekdays or any(days.covers(day) for days in self.quiet)


@dataclass(frozen=True, slots=True)
class BoardRules:
    """How boards group and what they point out; no term depends on it.

    `age_days`: last days of the groups by which open problems are counted, ascending; what is older is a group too.
    `similar_days`: how long ago a problem may have been closed to be shown as perhaps the same. `silent_days`: days of
    a half-month after which a unit without any record is worth a word.
    """

    clause: str
    age_days: tuple[int, ...]
    similar_days: int
    silent_days: int
    interval: Interval


class ColumnKind(StrEnum):
    """What a column holds, for its width and its alignment."""

    SERIAL = "serial"
    TEXT = "text"
    CODE = "code"
    PHONE = "phone"
    COUNT = "count"
    DATE = "date"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a document's table; `key` is unique in it, `title` need not be."""

    key: str
    title: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the leading group (附件1): role, rank as grid leader, names."""

    role: str
    rank: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The fixed text of a document. Parts that a document does not have are empty.

    `opening` and `closing` are paragraphs with {name} places; `items` are numbered lines, verbatim; `signatures` are
    the lines to be filled in; `copies` is how many are made (一式两份); `public` is its disclosure (N19).
    """

    code: str
    attachment: str
    title: str
    clause: str
    public: bool
    copies: int
    opening: tuple[str, ...]
    items: tuple[str, ...]
    closing: tuple[str, ...]
    signatures: tuple[str, ...]
    columns: tuple[Column, ...]
    seats: tuple[Seat, ...]
    interval: Interval
