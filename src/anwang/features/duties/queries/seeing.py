"""Records and photos as plain rows, for what looks at many of them: withdrawn ones are never among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from ..models import Contact, Photo

CHUNK = 500


class Seen(NamedTuple):
    """A record: what it says of itself, and when it was written and arrived. Degrees are the enterprise's."""

    id: int
    person: int
    post: int | None
    enterprise: int
    county: int
    on: date
    at: object
    on_site: bool
    channel: str
    note: str
    late_reason: str
    captured_at: datetime
    received_at: datetime
    clock_note: str
    latitude: float | None
    longitude: float | None


class SeenPhoto(NamedTuple):
    """A photo of a record, its hashes, and the place that was tapped for it."""

    id: int
    contact: int
    person: int
    enterprise: int
    on: date
    sha256: str
    original_sha256: str
    dhash: int
    variants: str
    taken_at: datetime | None
    captured_at: datetime
    latitude: float | None
    longitude: float | None


_RECORD = (
    "id", "person_id", "post_id", "enterprise_id", "county", "occurred_on", "occurred_at", "on_site", "channel", "note",
    "late_reason", "captured_at", "received_at", "clock_note", "enterprise__latitude", "enterprise__longitude",
)  # fmt: skip
_PHOTO = (
    "id", "contact_id", "contact__person_id", "contact__enterprise_id", "contact__occurred_on", "sha256",
    "original_sha256", "dhash", "variants", "taken_at", "contact__captured_at", "latitude", "longitude",
)  # fmt: skip


def arrived(since: datetime, until: datetime) -> list[Seen]:
    """Records that arrived in [since, until], and those to which a photo was added then; by key."""
    late = Photo.objects.filter(place__isnull=False, received_at__gte=since, received_at__lte=until)
    rows = Contact.objects.filter(
        Q(received_at__gte=since, received_at__lte=until) | Q(id__in=late.values("contact_id")), void_at__isnull=True
    )
    return list(_records(rows))


def records_between(people: Iterable[int], first: date, last: date) -> Iterator[Seen]:
    """What people have recorded for the days from first to last."""
    for part in _parts(people):
        rows = Contact.objects.filter(
            person_id__in=part, occurred_on__gte=first, occurred_on__lte=last, void_at__isnull=True
        )
        yield from _records(rows)


def _records(rows: QuerySet[Contact]) -> Iterator[Seen]:
    return map(Seen._make, rows.order_by("id").values_list(*_RECORD).iterator(chunk_size=5000))


def photos_of_records(ids: Iterable[int]) -> list[SeenPhoto]:
    """The photos of records, by key."""
    found: list[SeenPhoto] = []
    for part in _parts(ids):
        found += _photos(_kept().filter(contact_id__in=part))
    return sorted(found)


def earlier_photos(photo: SeenPhoto, looked: Sequence[set[int]], near: Callable[[int], bool]) -> list[SeenPhoto]:
    """Photos kept before this one with the same bytes, or whose hash is `near` (64 bits, signed).

    `looked` are the values to look up in each band of the hashes; index and hash lie side by side, so that nothing else
    is read of the thousands that share a band by chance. Photos of the same enterprise on the same day are of one
    visit, whoever took them, and are not among them.
    """
    same = Q(sha256=photo.sha256)
    if photo.original_sha256:
        same |= Q(original_sha256=photo.original_sha256)
    before = Photo.objects.filter(id__lt=photo.id)
    ids = set(before.filter(same).values_list("id", flat=True))
    for number, values in enumerate(looked):
        rows = before.filter(**{f"band{number}__in": sorted(values)}).values_list("id", "dhash")
        ids |= {key for key, dhash in rows.iterator(chunk_size=5000) if near(dhash)}
    found: list[SeenPhoto] = []
    for part in _parts(ids):
        found += _photos(_kept().filter(id__in=part))
    return sorted(row for row in found if (row.enterprise, row.on) != (photo.enterprise, photo.on))


def _kept() -> QuerySet[Photo]:
    return Photo.objects.filter(place__isnull=False, contact__void_at__isnull=True)


def _photos(rows: QuerySet[Photo]) -> Iterator[SeenPhoto]:
    return map(SeenPhoto._make, rows.values_list(*_PHOTO))


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]
