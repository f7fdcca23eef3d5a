"""Photos and papers of a problem: looked at from the first byte to the last before they are kept; pictures anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

from anwang.adapters import media
from anwang.adapters.attachments import Kind, judge
from anwang.adapters.pictures import photo
from anwang.domain.base import Actor, Refusal, gettext_noop

from ..models import Problem, ProblemFile

FOLDER = "problems"
MOST_BYTES, MOST_FILES = 15 << 20, 9
TAKEN = (Kind.PDF, Kind.DOCX, Kind.JPEG, Kind.PNG)


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


def check(files: Sequence[Given]) -> list[Checked]:
    """All of them sound, or a Refusal that names the first that is not. Nothing is kept yet."""
    if len(files) > MOST_FILES:
        raise Refusal("files_many", gettext_noop("附件最多 %(most)s 个。"), most=MOST_FILES)
    return [_check(each) for each in files]


def _check(given: Given) -> Checked:
    digest = hashlib.sha256(given.data).hexdigest()
    name = given.name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-110:] or "附件"
    if len(given.data) > MOST_BYTES:
        raise Refusal("file_large", gettext_noop("文件超过 %(most)s MB，请压缩后再上传。"), most=MOST_BYTES >> 20)
    kind = judge(BytesIO(given.data), allowed=TAKEN, most=MOST_BYTES).kind
    if kind.is_picture:
        return Checked(name.rsplit(".", 1)[0] + ".jpg", "jpg", photo(given.data), digest)
    return Checked(name, kind.value, given.data, digest)


def keep(*, by: Actor, now: datetime, row: Problem, stage: str, files: Sequence[Checked]) -> None:
    """Store checked files inside the act's transaction."""
    for each in files:
        path = media.keep(each.data, folder=FOLDER, suffix=f".{each.kind}")
        ProblemFile.objects.create(
            problem=row, stage=stage, name=each.name, path=path, kind=each.kind, size=len(each.data),
            digest=each.digest, by=by.name[:60], at=now,
        )  # fmt: skip
