"""What a handed-in file is, by its content from the first byte to the last; its name and its sender count for nothing.

A refusal has one of the codes: file_empty, file_large, file_kind, file_damaged, file_active.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from anwang.domain.base import Refusal, gettext_noop

_HEAD = 4096
_CHUNK = 1 << 20


class Kind(StrEnum):
    """The kinds that can be taken."""

    PDF = "pdf"
    DOCX = "docx"
    JPEG = "jpeg"
    PNG = "png"
    MP4 = "mp4"
    WEBM = "webm"

    @property
    def mime(self) -> str:
        """The type under which it is served, whatever it was sent as."""
        return _MIMES[self]

    @property
    def suffix(self) -> str:
        return ".jpg" if self is Kind.JPEG else f".{self.value}"

    @property
    def is_video(self) -> bool:
        return self in VIDEOS

    @property
    def is_picture(self) -> bool:
        return self in PICTURES


_MIMES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.MP4: "video/mp4",
    Kind.WEBM: "video/webm",
}
VIDEOS = frozenset({Kind.MP4, Kind.WEBM})
PICTURES = frozenset({Kind.JPEG, Kind.PNG})
#: In a PDF: what runs, opens programs or carries other files.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_MEMBERS, _UNPACKED = 4000, 300 << 20


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that may be kept: its kind and its bytes."""

    kind: Kind
    size: int


def judge(file: BinaryIO, *, allowed: Collection[Kind], most: int) -> Judged:
    """The kind of a seekable file of at most `most` bytes; a Refusal for every other. The file is rewound."""
    size = file.seek(0, os.SEEK_END)
    if not size:
        raise Refusal("file_empty", gettext_noop("文件是空的。"))
    if size > most:
        raise Refusal("file_large", gettext_noop("文件超过 %(most)s MB，请压缩后再上传。"), most=most >> 20)
    file.seek(0)
    kind = _kind(file.read(_HEAD))
    if kind is None or kind not in allowed:
        words = "、".join(sorted({each.value.upper() for each in allowed}))
        raise Refusal("file_kind", gettext_noop("这种文件不能上传，请换成 %(kinds)s。"), kinds=words)
    file.seek(0)
    if not _CHECKS[kind](file, size):
        raise Refusal("file_damaged", gettext_noop("文件不完整或夹带了别的内容，请重新导出后上传。"))
    file.seek(0)
    return Judged(kind, size)


def _kind(head: bytes) -> Kind | None:
    if head.startswith(b"%PDF-1.") or head.startswith(b"%PDF-2."):
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return Kind.DOCX
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[4:8] == b"ftyp":
        return Kind.MP4
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return Kind.WEBM
    return None


def _pdf(file: BinaryIO, size: int) -> bool:
    """It ends where a PDF ends, and nothing in it runs. Names hidden in packed objects are the viewer's to stop."""
    file.seek(max(0, size - 1024))
    tail = file.read()
    file.seek(0)
    rest = b""
    while some := file.read(_CHUNK):
        if _ACTIVE.search(rest + some):
            raise Refusal("file_active", gettext_noop("这份 PDF 含有脚本、附件或可执行内容，请重新打印成 PDF 后上传。"))
        rest = some[-32:]
    return tail.rstrip(b"\x00 \r\n\t").endswith(b"%%EOF")


def _docx(file: BinaryIO, size: int) -> bool:
    """A Word document of sound size without macros: whatever else is a ZIP is refused."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            unpacked = sum(member.file_size for member in members)
            first = min((member.header_offset for member in members), default=1)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refusal("file_active", gettext_noop("文件含有宏，请另存为不含宏的 .docx 后上传。"))
    whole = {"[Content_Types].xml", "word/document.xml"} <= names and first == 0
    return whole and len(members) <= _MEMBERS and unpacked <= _UNPACKED


def _jpeg(file: BinaryIO, size: int) -> bool:
    """Pictures are made anew before they are kept (`pictures.photo`), so only their beginning counts."""
    return size > 100


def _mp4(file: BinaryIO, size: int) -> bool:
    """Boxes that follow each other to the very end, the index and the data among them: nothing is hung on."""
    found = set()
    at = 0
    for name, length in _boxes(file, size):
        found.add(name)
        at += length
    return at == size and {b"ftyp", b"moov"} <= found and bool(found & {b"mdat", b"moof"})


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    at = 0
    while at + 8 <= size:
        file.seek(at)
        head = file.read(16)
        length, name = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        elif length == 0:
            length = size - at
        if length < 8 or not re.fullmatch(rb"[ -~\xa9]{4}", name):
            return
        yield name, length
        at += length


def _webm(file: BinaryIO, size: int) -> bool:
    """A header and one segment to the very end; a live recording does not know its length."""
    file.seek(4)
    header, width, _ = _length(file.read(8))
    file.seek(4 + width + header)
    head = file.read(12)
    if head[:4] != b"\x18\x53\x80\x67":
        return False
    segment, segment_width, unknown = _length(head[4:])
    return unknown or 4 + width + header + 4 + segment_width + segment == size


def _length(data: bytes) -> tuple[int, int, bool]:
    """(value, bytes it takes, unknown) of a number as EBML writes it."""
    width = 9 - data[0].bit_length() if data and data[0] else 9
    if width > 8:
        return 0, 8, False
    value = int.from_bytes(data[:width], "big") & ((1 << (7 * width)) - 1)
    return value, width, value == (1 << (7 * width)) - 1


_CHECKS = {
    Kind.PDF: _pdf,
    Kind.DOCX: _docx,
    Kind.JPEG: _jpeg,
    Kind.PNG: _jpeg,
    Kind.MP4: _mp4,
    Kind.WEBM: _webm,
}
