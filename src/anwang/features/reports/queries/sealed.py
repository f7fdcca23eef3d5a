"""What is sealed, opened: the words that a clerk puts into others, a photo, and who reported for the unsealing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from anwang.adapters import media
from anwang.adapters.crypto import reporters
from anwang.domain.base import Actor

from ..models import Report, ReportPhoto, ReportWord, SealedIdentity
from .visible import handled_by, retold_by


@dataclass(frozen=True, slots=True)
class Untold:
    """Words that wait for a clerk."""

    word: ReportWord
    own: str


def folder() -> str:
    """Where the keys are."""
    return str(settings.KEYS_DIR)


def word_place(report_id: int) -> str:
    """What a sealed word is bound to."""
    return f"report-word:{report_id}"


def identity_place(report_id: int) -> str:
    """What a sealed identity is bound to."""
    return f"report-identity:{report_id}"


def identity_mark(report_id: int) -> str:
    """The keyed digest under which a report's identity lies."""
    return reporters.mark(identity_place(report_id), folder=folder())


def own_words(word: ReportWord) -> str:
    """The reporter's own words; empty once they were deleted."""
    if not word.sealed:
        return ""
    return str(
        reporters.unseal_record(bytes(word.sealed), folder=folder(), context=word_place(word.report_id))["words"]
    )


def untold(row: Report, *, by: Actor, day: date) -> list[Untold]:
    """The words of a report that wait for the actor, opened; none for anybody else."""
    if not retold_by(by, day=day).filter(id=row.id).exists():
        return []
    return [Untold(word, own_words(word)) for word in row.words.filter(told_on__isnull=True).order_by("id")]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reported, in which words: for the two-person unsealing alone."""

    name: str
    phone: str
    words: tuple[tuple[date, str], ...]


def identity(report_id: int) -> Identity:
    """The sealed record of a report, opened; the caller is the unsealing. Empty once it was deleted."""
    row = SealedIdentity.objects.filter(mark=identity_mark(report_id)).first()
    found = {}
    if row is not None:
        found = reporters.unseal_record(bytes(row.sealed), folder=folder(), context=identity_place(report_id))
    words = tuple((word.on, own_words(word)) for word in ReportWord.objects.filter(report_id=report_id).order_by("id"))
    return Identity(found.get("name", ""), found.get("phone", ""), words)


def photo(report_id: int, photo_id: int, *, by: Actor, day: date) -> bytes | None:
    """A photo, for its clerks, and for its handlers when a clerk lets them see it."""
    seen = handled_by(by, day=day).filter(id=report_id, photos_told=True).exists()
    if not seen and not retold_by(by, day=day).filter(id=report_id).exists():
        return None
    row = ReportPhoto.objects.filter(id=photo_id, report_id=report_id).first()
    data = media.fetch(row.path) if row else None
    return reporters.unseal(data, folder=folder(), context=word_place(report_id)) if data else None
