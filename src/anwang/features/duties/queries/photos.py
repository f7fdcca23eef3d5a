"""Photos of records, for those who may see the record."""

from __future__ import annotations

from anwang.domain.base import Actor

from ..models import Contact, Photo
from .records import contact

FOLDER = "photos"


def photo(photo_id: int, *, by: Actor) -> Photo | None:
    """One photo of a record that the actor may see."""
    row = Photo.objects.select_related("contact").filter(id=photo_id).first()
    return row if row and contact(row.contact_id, by=by) else None


def photos_of(row: Contact) -> list[Photo]:
    """The photos of a record in their order; those withdrawn are not among them."""
    return list(Photo.objects.filter(contact=row, place__isnull=False).order_by("place"))
