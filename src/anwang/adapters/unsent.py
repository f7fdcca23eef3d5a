"""The ZIP of records that a telephone could not send (docs/explanation/offline.md, 5), guarded before it is opened.

A refusal has one of the codes zip_damaged, zip_large, zip_bomb, zip_encrypted, zip_name, zip_format, zip_empty.
"""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from anwang.domain.base import Refusal, gettext_noop

FORMAT = "anwang-unsent"
MOST_BYTES, MOST_UNPACKED, MOST_RECORDS, MOST_MEMBERS = 30 << 20, 150 << 20, 500, 5001
_MOST_JSON, _RATIO, _PROBE = 1 << 20, 120, 1 << 20
_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_RECORD = re.compile(f"{_ID}[.]json")
_PHOTO = re.compile(f"{_ID}/[^/\\\\:\x00-\x1f]{{1,120}}")
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class UnsentRecord:
    """One record as the telephone kept it: `body` is its file, `photos` what is said of each and its bytes."""

    name: str
    body: dict[str, Any]
    photos: tuple[tuple[dict[str, Any], bytes], ...] = ()


def is_zip(data: bytes) -> bool:
    """By its first bytes; a workbook is a ZIP too."""
    return data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06"


def is_unsent(data: bytes) -> bool:
    """Whether it is a ZIP of records and no workbook: told by the names in it."""
    if not is_zip(data):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return not any(name.startswith(("xl/", "word/", "[Content_Types]")) for name in names)


def read_unsent(data: bytes) -> list[UnsentRecord]:
    """The records of a ZIP, in the order of its manifest or of their names."""
    if len(data) > MOST_BYTES:
        raise Refusal("zip_large", gettext_noop("离线包超过 %(mb)s MB，请分几次导出。"), mb=MOST_BYTES >> 20)
    archive = _opened(data)
    members = {each.filename: each for each in archive.infolist()}
    _judge(archive.infolist(), members)
    records = _names(archive, members)
    if not records:
        raise Refusal("zip_empty", gettext_noop("离线包里没有记录。"))
    if len(records) > MOST_RECORDS:
        raise Refusal("zip_large", gettext_noop("离线包超过 %(n)s 条记录，请分几次导出。"), n=MOST_RECORDS)
    return [_record(archive, members, name) for name in records]


_DAMAGED = gettext_noop("离线包已损坏，请在手机上重新导出。")
_BOMB = gettext_noop("离线包解压后过大或结构异常，已拒绝读取。")
_FORMAT = gettext_noop("这不是安网导出的离线包，请核对文件。")


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refusal("zip_damaged", _DAMAGED) from None


def _judge(listed: list[zipfile.ZipInfo], members: dict[str, zipfile.ZipInfo]) -> None:
    """By the directory alone, before anything is unpacked."""
    if any(each.flag_bits & 1 for each in listed):
        raise Refusal("zip_encrypted", gettext_noop("离线包设有密码，请去掉密码后再导入。"))
    known = all(name == MANIFEST or _RECORD.fullmatch(name) or _PHOTO.fullmatch(name) for name in members)
    if not known or len(members) < len(listed) or any(".." in name for name in members):
        raise Refusal("zip_name", gettext_noop("离线包里有不认识的文件名，已拒绝读取；请在手机上重新导出。"))
    if any(each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for each in listed):
        raise Refusal("zip_damaged", _DAMAGED)
    large = any(each.file_size > _PROBE and each.file_size > _RATIO * max(each.compress_size, 1) for each in listed)
    starts = sorted((each.header_offset, each.compress_size) for each in listed)
    overlap = any(start + size > later for (start, size), (later, _) in itertools.pairwise(starts))
    if large or overlap or len(listed) > MOST_MEMBERS or sum(each.file_size for each in listed) > MOST_UNPACKED:
        raise Refusal("zip_bomb", _BOMB)


def _names(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> list[str]:
    listed = [name for name in members if _RECORD.fullmatch(name)]
    if MANIFEST not in members:
        return sorted(listed)
    said = _json(archive, members[MANIFEST])
    if said.get("format") != FORMAT or said.get("version") != 1 or not isinstance(said.get("records"), list):
        raise Refusal("zip_format", _FORMAT)
    named = list(dict.fromkeys(map(str, said["records"])))
    if set(named) != set(listed):
        raise Refusal("zip_damaged", _DAMAGED)
    return named


def _record(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str) -> UnsentRecord:
    body = _json(archive, members[name])
    photos = []
    for said in body.get("photos") or []:
        place = str(said.get("file", "")) if isinstance(said, dict) else ""
        if place not in members or not place.startswith(f"{name.removesuffix('.json')}/"):
            raise Refusal("zip_damaged", _DAMAGED)
        photos.append((said, _bytes(archive, members[place])))
    return UnsentRecord(name, body, tuple(photos))


def _json(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> dict[str, Any]:
    if member.file_size > _MOST_JSON:
        raise Refusal("zip_bomb", _BOMB)
    try:
        found = json.loads(_bytes(archive, member))
    except (ValueError, RecursionError):
        raise Refusal("zip_format", _FORMAT) from None
    if not isinstance(found, dict):
        raise Refusal("zip_format", _FORMAT)
    return found


def _bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """No more than the directory promises: a member that goes on is a bomb."""
    try:
        with archive.open(member) as file:
            data = file.read(member.file_size + 1)
    except Exception:
        raise Refusal("zip_damaged", _DAMAGED) from None
    if len(data) != member.file_size:
        raise Refusal("zip_bomb", _BOMB)
    return data
