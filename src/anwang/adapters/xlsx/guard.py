"""What a file is and whether it is safe to open, decided before any spreadsheet library sees it.

A refusal has one of the codes: file_empty, file_large, file_kind, file_web_page, file_word, file_encrypted, file_macro,
file_damaged, file_bomb, file_entities, file_far_cells.
"""

from __future__ import annotations

import io
import itertools
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum

from anwang.adapters.xlsx.extent import has_far_cells
from anwang.domain.base import Refusal, gettext_noop

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20


class FileKind(StrEnum):
    """The three kinds that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds: bytes of the file, members, bytes unpacked, their ratio (for members over 1 MB), rows, columns."""

    size: int = 30 << 20
    members: int = 2000
    unpacked: int = 150 << 20
    ratio: int = 120
    rows: int = 60_000
    columns: int = 150


DEFAULT = Limits()


def inspect(data: bytes, limits: Limits = DEFAULT) -> FileKind:
    """The kind of a file that is safe to read; a Refusal for every other."""
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise Refusal("file_empty", gettext_noop("文件是空的。"))
    if len(data) > limits.size:
        most = limits.size >> 20
        raise Refusal("file_large", gettext_noop("文件超过 %(most)s MB，请分县区或分乡镇上传。"), most=most)
    if data[:4] == b"PK\x03\x04":
        _inspect_zip(data, limits)
        return FileKind.XLSX
    if data[:8] == _OLE:
        _inspect_ole(data)
        return FileKind.XLS
    _inspect_text(data)
    return FileKind.CSV


def _inspect_text(data: bytes) -> None:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")):
        text = gettext_noop("这是网页格式的表格：请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")
        raise Refusal("file_web_page", text)
    binary = data[:4].startswith(
        (b"%PDF", b"Rar!", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rt")
    )
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if binary or (b"\x00" in data[:65536] and not utf16):
        raise Refusal("file_kind", gettext_noop("只能读取 .xlsx、.xls 和 .csv 表格。"))


def _inspect_ole(data: bytes) -> None:
    """Streams of the old container are named in UTF-16 in its directory."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise Refusal("file_encrypted", ENCRYPTED)
    if holds("WordDocument"):
        raise Refusal("file_word", gettext_noop("这是 Word 文档：请把表格复制到 Excel 模板中再上传。"))
    if holds("_VBA_PROJECT"):
        raise Refusal("file_macro", _MACRO)
    if not (holds("Workbook") or holds("Book")):
        raise Refusal("file_kind", gettext_noop("只能读取 .xlsx、.xls 和 .csv 表格。"))


ENCRYPTED = gettext_noop("文件设有打开密码：请去掉密码后再上传。")
DAMAGED = gettext_noop("文件已损坏，无法读取：请用 Excel 或 WPS 打开后另存一份再上传。")
FAR_CELLS = gettext_noop("表格超过 %(rows)s 行或 %(columns)s 列：请删去多余的行列，或分县区上传。")
_MACRO = gettext_noop("文件带有宏，不能上传：请另存为不带宏的 .xlsx。")
_BOMB = gettext_noop("文件解压后过大或结构异常，已拒绝读取。")


def _inspect_zip(data: bytes, limits: Limits) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refusal("file_damaged", DAMAGED) from error
    members = archive.infolist()
    _judge_members(members, limits)
    names = {member.filename.replace("\\", "/").lstrip("/").lower() for member in members}
    _judge_names(names)
    for member in members:
        _judge_content(data, member, limits)


def _judge_members(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members or sum(member.file_size for member in members) > limits.unpacked:
        raise Refusal("file_bomb", _BOMB)
    if any(m.file_size > _CHUNK and m.file_size > limits.ratio * max(m.compress_size, 1) for m in members):
        raise Refusal("file_bomb", _BOMB)
    if any(member.flag_bits & 1 for member in members):
        raise Refusal("file_encrypted", ENCRYPTED)
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise Refusal("file_damaged", DAMAGED)
    starts = sorted((member.header_offset, member.compress_size) for member in members)
    if any(start + size > later for (start, size), (later, _) in itertools.pairwise(starts)):
        raise Refusal("file_bomb", _BOMB)


def _judge_names(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise Refusal("file_macro", _MACRO)
    if "word/document.xml" in names:
        raise Refusal("file_word", gettext_noop("这是 Word 文档：请把表格复制到 Excel 模板中再上传。"))
    if "xl/workbook.xml" not in names:
        raise Refusal("file_kind", gettext_noop("只能读取 .xlsx、.xls 和 .csv 表格。"))


def _judge_content(data: bytes, member: zipfile.ZipInfo, limits: Limits) -> None:
    """Unpack once, bounded, and compare with what the directory promises: a lying size is a bomb or damage."""
    unpacked = _unpack(data, member)
    if member.filename.lower().lstrip("/").startswith("xl/media/"):
        return
    head = unpacked[:4096]
    utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff") or (head[:1] == b"<" and b"\x00" in head[:8])
    if b"<!DOCTYPE" in head or b"<!ENTITY" in unpacked or utf16:
        raise Refusal("file_entities", _BOMB)
    if has_far_cells(unpacked, limits.rows, limits.columns):
        raise Refusal("file_far_cells", FAR_CELLS, rows=limits.rows, columns=limits.columns)


def _unpack(data: bytes, member: zipfile.ZipInfo) -> bytes:
    header = data[member.header_offset : member.header_offset + 30]
    if header[:4] != b"PK\x03\x04":
        raise Refusal("file_damaged", DAMAGED)
    start = (
        member.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    )
    packed = data[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        unpacked, rest = packed, b""
    else:
        engine = zlib.decompressobj(-15)
        try:
            unpacked = engine.decompress(packed, member.file_size + 1)
            rest = engine.unconsumed_tail
        except zlib.error as error:
            raise Refusal("file_damaged", DAMAGED) from error
    if len(unpacked) != member.file_size or rest:
        raise Refusal("file_bomb" if len(unpacked) > member.file_size or rest else "file_damaged", _BOMB)
    if zlib.crc32(unpacked) != member.CRC:
        raise Refusal("file_damaged", DAMAGED)
    return unpacked
