"""Files that people hand in or fetch: below the media folder, under random names, readable by the owner only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def keep(data: bytes, *, folder: str, suffix: str = "") -> str:
    """Store bytes; returns the path below the media folder. What a person calls the file never names it."""
    name = f"{folder}/{secrets.token_hex(16)}{suffix}"
    target = _inside(name)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    _settle(target.parent)
    return name


def _settle(folder: Path) -> None:
    """A new name survives a power cut only when its folder has been written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def stored(folder: str, *, before: datetime) -> Iterator[str]:
    """Names of the files in a folder that were written before an instant."""
    root = _inside(folder)
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                yield f"{folder}/{path.name}"


def keep_file(file: BinaryIO, *, folder: str, suffix: str = "") -> tuple[str, str]:
    """Store a file of any size piece by piece; returns its path and its SHA-256."""
    name = f"{folder}/{secrets.token_hex(16)}{suffix}"
    target = _inside(name)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as kept:
        while some := file.read(1 << 20):
            digest.update(some)
            kept.write(some)
    return name, digest.hexdigest()


def opened(name: str) -> BinaryIO | None:
    """A stored file for reading from any place of it, None when it is gone."""
    try:
        return _inside(name).open("rb") if name else None
    except OSError:
        return None


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
