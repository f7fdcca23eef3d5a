"""Files that people hand in or fetch: below the media folder, readable by the owner only.

A file is called by the beginning of its SHA-256 and by chance: nobody guesses it, and whether it changed shows in its
name. The columns that keep such names are `adapters.stored_files.StoredFile`.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

#: Hexadecimal digits of the SHA-256 in a name: 160 bits, so that the shortest column of names holds them.
NAMED_DIGITS = 40
_NAME = re.compile(rf"([0-9a-f]{{{NAMED_DIGITS}}})-[0-9a-f]{{16}}(\.\w+)?")


class Condition(StrEnum):
    """How a stored file is."""

    WHOLE = "whole"
    MISSING = "missing"
    CHANGED = "changed"


def keep(data: bytes, *, folder: str, suffix: str = "") -> str:
    """Store bytes; returns the path below the media folder. What a person calls the file never names it."""
    return keep_file(BytesIO(data), folder=folder, suffix=suffix)[0]


def keep_file(file: BinaryIO, *, folder: str, suffix: str = "") -> tuple[str, str]:
    """Store a file of any size piece by piece; returns its path and its SHA-256.

    It gets its name when all of it is on the disk: a file with a name is whole, whatever the power does.
    """
    token = secrets.token_hex(8)
    part = _inside(f"{folder}/{token}.part")
    part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = _written(file, part)
    name = f"{folder}/{digest[:NAMED_DIGITS]}-{token}{suffix}"
    part.rename(_inside(name))
    _settle(part.parent)
    return name, digest


def _written(file: BinaryIO, target: Path) -> str:
    digest = sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as kept:
            while some := file.read(1 << 20):
                digest.update(some)
                kept.write(some)
            kept.flush()
            os.fsync(descriptor)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _settle(folder: Path) -> None:
    """A new name survives a power cut only when its folder has been written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def stored(*, before: datetime) -> Iterator[str]:
    """Names of all files below the media folder that were written before an instant."""
    root = _inside("")
    for path in sorted(root.rglob("*")):
        with suppress(FileNotFoundError):
            status = path.lstat()
            if not stat.S_ISDIR(status.st_mode) and status.st_mtime < before.timestamp():
                yield path.relative_to(root).as_posix()


def named_digest(name: str) -> str:
    """The beginning of the SHA-256 that a stored file must have, as its name says; '' when its name says none."""
    found = _NAME.fullmatch(name.rpartition("/")[2])
    return found[1] if found else ""


def condition(name: str) -> Condition:
    """Whether a stored file is there and has the bytes that its name says. It is not understood, nor opened up."""
    try:
        with _inside(name).open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return Condition.MISSING
    return Condition.WHOLE if digest.startswith(named_digest(name)) else Condition.CHANGED


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


def stamp(name: str, when: datetime) -> None:
    """Give a stored file another time: the hour at which a reporter was there stands nowhere."""
    path = _inside(name)
    os.utime(path, (when.timestamp(), when.timestamp()))
