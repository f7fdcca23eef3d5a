"""Photos of records, for those who may see the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from anwang.adapters import media
from anwang.domain.base import Actor

from ..models import Contact, Photo
from .records import contact

FOLDER = "photos"
#: A file that nothing names is left alone for so long: its record may be on the way.
IN_FLIGHT = timedelta(days=1)


def photo(photo_id: int, *, by: Actor) -> Photo | None:
    """One photo of a record that the actor may see."""
    row = Photo.objects.select_related("contact").filter(id=photo_id).first()
    return row if row and contact(row.contact_id, by=by) else None


def photos_of(row: Contact) -> list[Photo]:
    """The photos of a record in their order; those withdrawn are not among them."""
    return list(Photo.objects.filter(contact=row, place__isnull=False).order_by("place"))


def photo_paths() -> Iterable[tuple[str, str]]:
    """(path below the media folder, what it belongs to) of every photo that is kept."""
    rows = Photo.objects.filter(place__isnull=False).values_list("id", "path", "thumb")
    for key, path, thumb in rows.iterator(chunk_size=5000):
        yield path, f"photo:{key}"
        yield thumb, f"photo:{key}"


def stray_photos(*, before: datetime) -> list[str]:
    """Files among the photos, written before an instant, that no row names."""
    written = list(media.stored(FOLDER, before=before))
    if not written:
        return []
    named = {path for path, _owner in photo_paths()}
    return [name for name in written if name not in named]
