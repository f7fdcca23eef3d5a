"""Photos as they are sent with a record or after it (docs/explanation/offline.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from anwang.domain.base import Refusal, gettext_noop

from ..actions import PhotoData
from .contact import instant

_SHA = re.compile("[0-9a-f]{64}")
#: A photo above this is refused before it is read.
MOST_BYTES = 15_000_000


class BadPhoto(Refusal):
    """What was said about a photo cannot be read."""

    status = 422


def photo_data(data: bytes, said: Mapping[str, Any]) -> PhotoData:
    """A photo with what the device said of it. Refuses photo_meta; a place that cannot be read is none."""
    said_id, original = str(said.get("id") or ""), str(said.get("original_sha256") or "").lower()
    if original and not _SHA.fullmatch(original):
        raise _bad()
    return PhotoData(
        data, _uuid(said_id) if said_id else None, original, _instant(said.get("taken_at")),
        _degrees(said.get("latitude")), _degrees(said.get("longitude")),
    )  # fmt: skip


def meta_of(texts: list[str], number: int) -> Mapping[str, Any]:
    """What was said of the photo with this number; nothing is fine, what is no JSON object is refused."""
    if number >= len(texts) or not texts[number].strip():
        return {}
    try:
        found = json.loads(texts[number])
    except ValueError:
        raise _bad() from None
    if not isinstance(found, dict):
        raise _bad()
    return found


def too_large(size: int | None) -> bool:
    """Whether a file is larger than a photo may be, before it is read."""
    return (size or 0) > MOST_BYTES


def _bad() -> BadPhoto:
    return BadPhoto("photo_meta", gettext_noop("照片的说明无法识别，请刷新页面后重新添加。"))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise _bad() from None


def _instant(value: Any) -> datetime | None:
    return instant(value) if isinstance(value, str) else None


def _degrees(value: Any) -> float | None:
    """A number, or the text of one; infinite and not a number are none."""
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if abs(found) <= 360 else None
