"""A stored file as an answer that can be asked for in parts, so that a video seeks (RFC 9110, 14)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_CHUNK = 256 * 1024


def part_of(header: str, size: int) -> tuple[int, int] | None:
    """The half-open part [start, end) that a Range header asks for: the whole without one or with one of many parts.

    None when it lies outside the file.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return 0, size
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < min(end, size) else None


def answer(
    file: BinaryIO, *, header: str, content_type: str, name: str, attachment: bool = False
) -> HttpResponseBase:  # fmt: skip
    """The file or the part asked for. Its type is ours, it may not be guessed, and nothing in it runs."""
    size = file.seek(0, os.SEEK_END)
    part = part_of(header, size)
    if part is None:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = part
    status = 200 if (start, end) == (0, size) else 206
    response = StreamingHttpResponse(_Part(file, start, end), content_type=content_type, status=status)
    if response.status_code == 206:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = content_disposition_header(attachment, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response


class _Part:
    """The bytes [start, end) in pieces; the answer closes it, also when nobody has read to the end."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self.file, self.left, self.close = file, end - start, file.close
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        some = self.file.read(min(_CHUNK, self.left))
        if not some:
            raise StopIteration
        self.left -= len(some)
        return some
