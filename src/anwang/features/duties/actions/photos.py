"""Photos of a record: kept once each, whether they come with it or after it, together or one by one (B9).

The files are written and flushed before the transaction that names them is committed: a power cut leaves at most a file
that nothing names, never a row whose file is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from anwang.adapters import media
from anwang.adapters.photos import PhotoRefusal, Picture, read_photo
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.duties.photos import MOST, may_follow, place
from anwang.domain.hints.likeness import bands, dhash, packed
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import Contact, Photo
from ..queries.photos import FOLDER

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class PhotoData:
    """A photo as it was sent. `client_id` is the device's; place only when the person tapped for it, in degrees."""

    data: bytes
    client_id: UUID | None = None
    original_sha256: str = ""
    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The stored photo; `again`: it was here already, by its id or by its bytes."""

    photo: Photo
    again: bool = False


def add_photo(*, by: Actor, now: datetime, contact_id: int, photo: PhotoData) -> Kept:
    """Keep one photo of a record, once.

    Refusals: not_found, not_yours, contact_void, photo_late, photo_many, photo_differs (same id, other bytes), and
    those of `adapters.photos`.
    """
    contact = _allowed(by, contact_id)
    picture = read_photo(photo.data)
    if known := _known(contact, photo, picture):
        return known
    names = _keep_files(picture)
    try:
        return _store(by, now, contact, photo, picture, names)
    except IntegrityError:
        _drop_files(names)
        if known := _known(contact, photo, picture):
            return known
        raise _many() from None
    except BaseException:
        _drop_files(names)
        raise


def _allowed(by: Actor, contact_id: int) -> Contact:
    contact = queries.contact(contact_id, by=by)
    decision = permissions.may_add_photo(by, contact.person_id if contact else None)
    if contact is None or not decision:
        raise Refusal.of(decision)
    return contact


def _known(contact: Contact, photo: PhotoData, picture: Picture) -> Kept | None:
    rows = Photo.objects.filter(contact=contact)
    if photo.client_id and (row := rows.filter(client_id=photo.client_id).first()):
        if row.sha256 != picture.sha256:
            text = gettext_noop("同一编号的照片已经收下而内容不同，请作为新照片再传。")
            raise Refusal("photo_differs", text)
        return Kept(row, again=True)
    row = rows.filter(sha256=picture.sha256).first()
    return Kept(row, again=True) if row else None


def _keep_files(picture: Picture) -> tuple[str, str]:
    path = media.keep(picture.jpeg, folder=FOLDER, suffix=".jpg")
    try:
        return path, media.keep(picture.thumb, folder=FOLDER, suffix=".jpg")
    except BaseException:
        media.drop(path)
        raise


def _drop_files(names: tuple[str, str]) -> None:
    for name in names:
        media.drop(name)


@transaction.atomic
def _store(
    by: Actor, now: datetime, contact: Contact, photo: PhotoData, picture: Picture, names: tuple[str, str]
) -> Kept:
    """The next free of nine places is taken by its constraint: of two that want the last one, one is told."""
    taken = set(Photo.objects.filter(contact=contact, place__isnull=False).values_list("place", flat=True))
    decision = may_follow(contact.received_at, now, void=contact.void_at is not None, kept=len(taken))
    if not decision:
        raise Refusal.of(decision)
    free = next(number for number in range(1, MOST + 1) if number not in taken)
    row = Photo.objects.create(
        contact=contact, client_id=photo.client_id or uuid4(), place=free, path=names[0], thumb=names[1],
        received_at=now, **columns(photo, picture),
    )  # fmt: skip
    audit.record(
        by=by, now=now, action="photo.add", target=f"contact:{contact.id}", chain=contact.county, photo=row.id,
        sha256=picture.sha256, placed=row.latitude is not None,
    )  # fmt: skip
    return Kept(row)


def columns(photo: PhotoData, picture: Picture) -> dict[str, Any]:
    """What a row keeps of a picture, beside where and whose it is."""
    hashes = [dhash(grey) for grey in picture.greys]
    latitude, longitude = place(photo.latitude, photo.longitude)
    found = {f"band{n}": value for n, value in enumerate(bands(hashes[0]))}
    return {
        **found, "sha256": picture.sha256, "original_sha256": photo.original_sha256, "dhash": signed(hashes[0]),
        "variants": packed(hashes), "width": picture.width, "height": picture.height, "size": len(picture.jpeg),
        "taken_at": _taken(picture.taken) or photo.taken_at, "latitude": latitude, "longitude": longitude,
    }  # fmt: skip


def signed(value: int) -> int:
    """64 bits as a database keeps them."""
    return value - 2**64 if value >= 2**63 else value


def _taken(moment: datetime | None) -> datetime | None:
    """A camera that names no zone is in ours."""
    if moment is None or not 1990 <= moment.year <= 2200:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _many() -> Refusal:
    return Refusal("photo_many", gettext_noop("一条记录最多 %(most)s 张照片。"), most=MOST)


@transaction.atomic
def drop_photo(*, by: Actor, now: datetime, photo_id: int) -> Photo:
    """Withdraw a photo: the picture goes for good, that there was one stays.

    Refusals: not_found, not_yours, photo_gone.
    """
    row = queries.photo(photo_id, by=by)
    decision = permissions.may_add_photo(by, row.contact.person_id if row else None)
    if row is None or not decision:
        raise Refusal.of(decision)
    gone = {"void_at": now, "place": None, "path": "", "thumb": "", "latitude": None, "longitude": None}
    if not Photo.objects.filter(id=photo_id, void_at__isnull=True).update(**gone):
        raise Refusal("photo_gone", gettext_noop("这张照片已经撤下。"))
    transaction.on_commit(lambda: _drop_files((row.path, row.thumb)))
    audit.record(
        by=by, now=now, action="photo.drop", target=f"contact:{row.contact_id}", chain=row.contact.county, photo=row.id
    )  # fmt: skip
    return row


__all__ = ["Kept", "PhotoData", "PhotoRefusal", "add_photo", "columns", "drop_photo", "signed"]
