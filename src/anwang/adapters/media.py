"""Files that people hand in or fetch: below the media folder, under random names, readable by the owner only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def keep(data: bytes, *, folder: str, suffix: str = "") -> str:
    """Store bytes; returns the path below the media folder. What a person calls the file never names it."""
    name = f"{folder}/{secrets.token_hex(16)}{suffix}"
    target = _inside(name)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return name


def fetch(name: str) -> bytes | None:
    """The bytes of a stored file, None when it is gone."""
    try:
        return _inside(name).read_bytes() if name else None
    except OSError:
        return None


def drop(name: str) -> None:
    """Delete a stored file; one that is gone already is fine."""
    if name:
        with suppress(FileNotFoundError):
            _inside(name).unlink()


def _inside(name: str) -> Path:
    root = Path(settings.MEDIA_ROOT).resolve()
    target = (root / name).resolve()
    if not target.is_relative_to(root):
        raise ValueError("a stored file lies below the media folder")
    return target
