"""Material for warning education (N7.4, 三.3): brought in, taken out, put back. Watching leaves no trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.db import IntegrityError, transaction

from anwang.adapters import attachments, media, pictures
from anwang.adapters.attachments import Kind
from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import Material
from ..queries.rules import rules

FOLDER = "materials"
TAKEN = (Kind.MP4, Kind.WEBM, Kind.PDF, Kind.JPEG, Kind.PNG)
_TWICE = gettext_noop("这份资料已经在库里。")


@dataclass(frozen=True, slots=True)
class MaterialData:
    """What is said of a film or paper; `minutes` its length."""

    title: str
    source: str = ""
    minutes: int | None = None
    industries: Sequence[str] = ()
    note: str = ""


def keep_material(*, by: Actor, now: datetime, data: MaterialData, file: BinaryIO) -> Material:
    """Bring a film, PDF or picture into the library of the actor's unit.

    Refuses `not_found`, `not_office`, `material_twice`, `photo_invalid`, `file_*` (see `adapters.attachments`).
    """
    insist(permissions.may_keep(by, by.unit))
    judged = attachments.judge(file, allowed=TAKEN, most=rules(local_day(now)).material_mb << 20)
    kind, size = judged.kind, judged.size
    if kind.is_picture:
        picture = pictures.photo(file.read())
        file, kind, size = BytesIO(picture), Kind.JPEG, len(picture)
    path, digest = media.keep_file(file, folder=FOLDER, suffix=kind.suffix)
    try:
        return _write(by, now, data, {"file": path, "sha256": digest, "kind": kind.value, "size": size})
    except IntegrityError:
        media.drop(path)
        raise Refusal("material_twice", _TWICE) from None
    except BaseException:
        media.drop(path)
        raise


@transaction.atomic
def _write(by: Actor, now: datetime, data: MaterialData, kept: dict[str, object]) -> Material:
    row = Material.objects.create(
        unit=by.unit or 0, title=data.title.strip()[:120], source=data.source.strip()[:120], minutes=data.minutes,
        industries="".join(f"|{code}" for code in data.industries) + ("|" if data.industries else ""),
        note=data.note.strip()[:400], made_by=by.name, made_at=now, **kept,
    )  # fmt: skip
    audit.record(by=by, now=now, action="material.keep", target=f"material:{row.id}", title=row.title, kind=row.kind)
    return row


@transaction.atomic
def withdraw_material(*, by: Actor, now: datetime, material_id: int) -> Material:
    """Take it out of the library; the file stays, so that it can be put back. Refuses `not_found`, `not_office`,
    `material_state`."""
    return _turn(by, now, material_id, "material.withdraw", out=True)


@transaction.atomic
def restore_material(*, by: Actor, now: datetime, material_id: int) -> Material:
    """Put it back. Refuses `not_found`, `not_office`, `material_state`, `material_twice`."""
    try:
        with transaction.atomic():
            return _turn(by, now, material_id, "material.restore", out=False)
    except IntegrityError:
        raise Refusal("material_twice", _TWICE) from None


def _turn(by: Actor, now: datetime, material_id: int, action: str, *, out: bool) -> Material:
    row = queries.material(material_id, by=by)
    insist(permissions.may_keep(by, row.unit if row else None))
    rows = Material.objects.filter(id=material_id, withdrawn_at__isnull=out)
    if not rows.update(withdrawn_at=now if out else None, withdrawn_by=by.name if out else ""):
        raise Refusal("material_state", gettext_noop("这份资料的状态没有变化，请刷新后查看。"))
    audit.record(by=by, now=now, action=action, target=f"material:{material_id}")
    return Material.objects.get(id=material_id)
