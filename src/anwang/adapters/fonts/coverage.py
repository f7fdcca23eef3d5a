"""Which characters a font file has, read from its `cmap` table (OpenType 1.9, formats 4 and 12).

A name with a missing character must be noticed before a letter is printed with a hole in it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from struct import unpack_from

_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


@lru_cache(maxsize=64)
def covered(path: Path, index: int = 0) -> frozenset[int]:
    """The code points of font `index` in the file; an unreadable file covers nothing."""
    try:
        data = path.read_bytes()
        offset = unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
        return _code_points(data, offset)
    except (OSError, ValueError, IndexError, LookupError):
        return frozenset()


def _code_points(data: bytes, offset: int) -> frozenset[int]:
    cmap = _table(data, offset, b"cmap")
    found: set[int] = set()
    for i in range(unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, start = unpack_from(">HHI", data, cmap + 4 + 8 * i)
        if (platform, encoding) in _UNICODE:
            found |= _subtable(data, cmap + start)
    return frozenset(found)


def _table(data: bytes, offset: int, tag: bytes) -> int:
    for i in range(unpack_from(">H", data, offset + 4)[0]):
        record = offset + 12 + 16 * i
        if data[record : record + 4] == tag:
            return int(unpack_from(">I", data, record + 8)[0])
    raise LookupError(tag)


def _subtable(data: bytes, at: int) -> set[int]:
    kind = unpack_from(">H", data, at)[0]
    if kind == 12:
        return _format_12(data, at)
    return _format_4(data, at) if kind == 4 else set()


def _format_12(data: bytes, at: int) -> set[int]:
    found: set[int] = set()
    for i in range(unpack_from(">I", data, at + 12)[0]):
        first, last, _ = unpack_from(">III", data, at + 16 + 12 * i)
        found.update(range(first, last + 1))
    return found


def _format_4(data: bytes, at: int) -> set[int]:
    count = unpack_from(">H", data, at + 6)[0] // 2
    ends = unpack_from(f">{count}H", data, at + 14)
    starts = unpack_from(f">{count}H", data, at + 16 + 2 * count)
    found: set[int] = set()
    for first, last in zip(starts, ends, strict=True):
        found.update(range(first, min(last, 0xFFFE) + 1))
    return found
