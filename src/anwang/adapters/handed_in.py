"""Papers and photos that people add to a task or a problem: judged before they are kept, pictures made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from anwang.adapters.attachments import Kind, judge
from anwang.adapters.pictures import photo
from anwang.adapters.xlsx.guard import FileKind, inspect
from anwang.domain.base import Refusal, gettext_noop

MOST_BYTES = 15 << 20
TAKEN = (Kind.PDF, Kind.DOCX, Kind.JPEG, Kind.PNG)
#: The columns hold 120; a picture's new ending needs some of it.
_LONGEST = 110


class Given(NamedTuple):
    """A file as it was handed in; its name is only ever shown."""

    name: str
    data: bytes


class Checked(NamedTuple):
    """A file that may be kept."""

    name: str
    kind: str
    data: bytes
    digest: str


def read_files(files: Any) -> list[Given]:
    """The files of the form field `files`; of one that is too large only so much is read as shows it."""
    return [Given(each.name, each.read(MOST_BYTES + 1)) for each in files.getlist("files")]


def check(files: Sequence[Given], *, most: int, already: int = 0, workbooks: bool = False) -> list[Checked]:
    """All of them sound, or a Refusal that names the first that is not. Nothing is kept yet.

    Refuses `files_many`, `file_large`, and what `attachments.judge`, the guard of spreadsheets and `pictures.photo` do.
    """
    if len(files) + already > most:
        raise Refusal("files_many", gettext_noop("附件最多 %(most)s 个。"), most=most)
    return [_check(each, workbooks) for each in files]


def _check(given: Given, workbooks: bool) -> Checked:
    digest = hashlib.sha256(given.data).hexdigest()
    name = given.name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-_LONGEST:] or "附件"
    if len(given.data) > MOST_BYTES:
        raise Refusal("file_large", gettext_noop("文件超过 %(most)s MB，请压缩后再上传。"), most=MOST_BYTES >> 20)
    if workbooks and _is_workbook(given.data):
        return Checked(name, "xlsx", given.data, digest)
    kind = judge(BytesIO(given.data), allowed=TAKEN, most=MOST_BYTES).kind
    if kind.is_picture:
        return Checked(name.rsplit(".", 1)[0] + ".jpg", "jpg", photo(given.data), digest)
    return Checked(name, kind.value, given.data, digest)


def _is_workbook(data: bytes) -> bool:
    """A workbook is looked at by the guard of spreadsheets; what is none goes on to the others."""
    if not data.startswith(b"PK\x03\x04") or b"xl/workbook" not in data:
        return False
    return inspect(data) is FileKind.XLSX
