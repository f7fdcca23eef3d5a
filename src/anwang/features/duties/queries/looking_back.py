"""Duties and records with their two times: what was due, who had it, what met it, what was known when (B2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from ..models import Contact, Obligation, Photo


@dataclass(frozen=True, slots=True)
class Passing:
    """A duty that changed hands."""

    at: datetime
    from_person: int
    from_name: str
    to_person: int
    to_name: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reason:
    """暂无法完成, from when until when."""

    at: datetime
    by: str
    reason: str
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A record that counts for a duty; `void` when it was taken back."""

    contact: int
    day: date
    captured: datetime
    received: datetime
    void: datetime | None
    person: str


@dataclass(slots=True)
class DutyTrace:
    """One obligation; person and days as the row says now."""

    id: int
    enterprise: int
    enterprise_name: str
    rule: str
    period: str
    person: int
    name: str
    start: date
    due: date
    miss: date
    opened: datetime
    waived: datetime | None
    waived_by: str
    waive_reason: str
    policy_version: str
    passings: dict[int, Passing] = field(default_factory=dict)
    unables: dict[int, Reason] = field(default_factory=dict)
    meetings: dict[int, Meeting] = field(default_factory=dict)


@dataclass(slots=True)
class RecordTrace:
    """One record with (rule, counts, void, answers) of what was ticked on it; a sheet of paper has the same `key`."""

    id: int
    enterprise: int
    enterprise_name: str
    person: int
    name: str
    form: str
    day: date
    hour: time | None
    reached: bool
    with_whom: str
    note: str
    channel: str
    received: datetime
    void: datetime | None
    void_reason: str
    key: UUID
    ticked: dict[int, tuple[str, bool, datetime | None, dict[str, str]]] = field(default_factory=dict)


_DUTY = (
    *("id", "enterprise_id", "enterprise__name", "rule", "period", "person_id", "person__name", "start", "due", "miss"),
    *("opened_at", "waived_at", "waived_by", "waive_reason", "policy_version"),
)
_PASSING = ("at", "from_person_id", "from_person__name", "to_person_id", "to_person__name", "by", "reason")
_UNABLE = ("at", "by", "reason", "ended_at")
_MEETING = (
    *("id", "counts", "void_at", "contact_id", "contact__occurred_on", "contact__captured_at"),
    *("contact__received_at", "contact__void_at", "contact__person__name"),
)


def duty_traces(
    first: date, last: date, *, enterprise: int | None = None, person: int | None = None
) -> list[DutyTrace]:
    """The duties of an enterprise, or those that a person has or had, that began by `last` and fell due from `first`
    on, with everything that happened to each; one query."""
    rows = Obligation.objects.filter(start__lte=last, due__gte=first)
    if enterprise is not None:
        rows = rows.filter(enterprise_id=enterprise)
    if person is not None:
        mine = Q(person_id=person) | Q(transfers__from_person_id=person)
        rows = rows.filter(id__in=Obligation.objects.filter(mine).values("id"))
    joined = (
        *("transfers__id", *(f"transfers__{c}" for c in _PASSING)),
        *("unables__id", *(f"unables__{c}" for c in _UNABLE)),
        *(f"fulfilments__{c}" for c in _MEETING),
    )
    found: dict[int, DutyTrace] = {}
    for row in rows.order_by("due", "rule", "id").values_list(*_DUTY, *joined):
        duty = found.get(row[0]) or found.setdefault(row[0], DutyTrace(*row[:15]))
        _add(duty, row[15:23], row[23:28], row[28:37])
    return list(found.values())


def _add(duty: DutyTrace, passing: Any, unable: Any, met: Any) -> None:
    """What one joined row tells of a duty; the same is told by several rows and kept once."""
    if passing[0] is not None:
        duty.passings[passing[0]] = Passing(*passing[1:])
    if unable[0] is not None:
        duty.unables[unable[0]] = Reason(*unable[1:])
    if met[0] is not None and met[1]:
        key, _counts, void, contact, day, captured, received, contact_void, name = met
        duty.meetings[key] = Meeting(contact, day, captured, received, contact_void or void, name)


_RECORD = (
    *("id", "enterprise_id", "enterprise__name", "person_id", "person__name", "form", "occurred_on", "occurred_at"),
    *("reached", "with_whom", "note", "channel", "received_at", "void_at", "void_reason"),
    "client_id",
)


def record_traces(
    first: date, last: date, *, enterprise: int | None = None, person: int | None = None
) -> list[RecordTrace]:
    """The records of an enterprise, or of a person, of the days from `first` to `last`, void ones too; one query."""
    rows = Contact.objects.filter(occurred_on__gte=first, occurred_on__lte=last)
    rows = rows if enterprise is None else rows.filter(enterprise_id=enterprise)
    rows = rows if person is None else rows.filter(person_id=person)
    columns = (*_RECORD, *(f"fulfilments__{c}" for c in ("id", "rule", "counts", "void_at", "answers")))
    found: dict[int, RecordTrace] = {}
    for row in rows.order_by(F("occurred_on").desc(), "-id").values_list(*columns):
        record = found.get(row[0]) or found.setdefault(row[0], RecordTrace(*row[:16]))
        if row[16] is not None:
            record.ticked[row[16]] = row[17:21]
    return list(found.values())


@dataclass(frozen=True, slots=True)
class PhotoTrace:
    """A photo of a record. `path` is empty when it was withdrawn; `digest` is of the picture before it was made small,
    as far as the device said it, else of the bytes as they came."""

    contact: int
    place: int | None
    path: str
    digest: str
    taken: datetime | None
    received: datetime
    void: datetime | None


def photo_traces(contacts: Iterable[int]) -> list[PhotoTrace]:
    """The photos that records have and had, in order; one query."""
    rows = Photo.objects.filter(contact_id__in=list(contacts)).order_by("contact_id", F("place").asc(nulls_last=True))
    return [
        PhotoTrace(row.contact_id, row.place, row.path, row.original_sha256 or row.sha256, row.taken_at,
                   row.received_at, row.void_at)
        for row in rows.only("contact_id", "place", "path", "sha256", "original_sha256", "taken_at", "received_at",
                             "void_at")
    ]  # fmt: skip
