"""Photos that were there before: the same bytes, or the same scene mirrored, turned or made smaller."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from anwang.domain.hints.likeness import likeness, probes, telling, unpacked
from anwang.domain.hints.rules import HintKind, HintRules
from anwang.features.duties.queries.seeing import SeenPhoto, earlier_photos, photos_of_records

from .records import Proposal


def photo_hints(records: Collection[int], rules: HintRules) -> Iterator[Proposal]:
    """One hint for each photo of the fresh records that was on another record before, by the nearest of them."""
    for photo in photos_of_records(records):
        variants = unpacked(photo.variants)
        looked = probes(variants, rules.photo_distance) if telling(variants) else ()
        others = earlier_photos(photo, looked, partial(_near, variants, rules.photo_distance))
        found = [(_distance(photo, variants, other), other) for other in others]
        near = [pair for pair in found if pair[0] <= rules.photo_distance]
        if not near:
            continue
        bits, other = min(near, key=lambda pair: (pair[0], pair[1].id))
        evidence = {"on": other.on.isoformat(), "bits": max(bits, 0), "photo": photo.id, "other_photo": other.id}
        kind = HintKind.PHOTO_SAME if bits < 0 else HintKind.PHOTO_LIKE
        yield Proposal(f"photo:{photo.id}", kind, photo.contact, other.contact, evidence)


def _near(variants: tuple[int, ...], farthest: int, dhash: int) -> bool:
    """Whether a hash as the database keeps it is near enough to one of the forms."""
    return likeness(variants, dhash % 2**64) <= farthest


def _distance(photo: SeenPhoto, variants: tuple[int, ...], other: SeenPhoto) -> int:
    """-1 for the same bytes, else in how many bits the nearest of the forms differs."""
    if photo.sha256 == other.sha256 or (photo.original_sha256 and photo.original_sha256 == other.original_sha256):
        return -1
    if not telling(variants):
        return 64
    return likeness(variants, other.dhash % 2**64)
