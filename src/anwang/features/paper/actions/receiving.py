"""Photos of record sheets: read, kept, and put beside the record that was made from them (B9)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.adapters import media, pictures
from anwang.adapters.qr.reading import read_codes
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.duties import queries as duties
from anwang.features.enterprises import queries as enterprises

from ..models import Scan
from ..queries.codes import Code, code_of
from ..queries.scans import scan_for

FOLDER = "scans"
MOST_SCANS = 40
_NOT_FOUND = gettext_noop("没有找到这张记录表，可能已经归档或删除。")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one photo: `scan` or the refusal; `again` when it was here already."""

    name: str
    scan: Scan | None = None
    refusal: Refusal | None = None
    again: bool = False


def receive_scans(*, by: Actor, now: datetime, files: Sequence[tuple[str, bytes]]) -> list[Received]:
    """Take in photos of sheets; a bad one does not hold up the others. The same photo comes once.

    Refuses `too_many_scans`, `not_a_person`.
    """
    if len(files) > MOST_SCANS:
        text = gettext_noop("一次最多上传 %(most)s 张，请分几次上传。")
        raise Refusal("too_many_scans", text, most=MOST_SCANS)
    if by.person_id is None:
        raise Refusal("not_a_person", gettext_noop("请以本人的职务登录后上传。"))
    return [_received(by, by.person_id, now, name, data) for name, data in files]


def _received(by: Actor, sender: int, now: datetime, name: str, data: bytes) -> Received:
    digest = hashlib.sha256(data).hexdigest()
    known = Scan.objects.filter(sender_id=sender, sha256=digest).first()
    if known is not None:
        return Received(name, _again(known), again=True)
    try:
        clean = pictures.photo(data)
    except Refusal as refusal:
        return Received(name, refusal=refusal)
    code = next(filter(None, map(code_of, read_codes(clean))), None)
    path = media.keep(clean, folder=FOLDER, suffix=".jpg")
    return Received(name, _kept(by, sender, now, path, digest, code))


def _again(known: Scan) -> Scan:
    """A dropped photo that is sent once more is wanted after all."""
    Scan.objects.filter(id=known.id, dropped_at__isnull=False).update(dropped_at=None)
    return known


@transaction.atomic
def _kept(by: Actor, sender: int, now: datetime, path: str, digest: str, code: Code | None) -> Scan:
    firm = enterprises.find(code.enterprise, by=by) if code else None
    scan = Scan.objects.create(
        sender_id=sender, enterprise=firm, person_id=_person(code) if code and firm else None,
        printed_on=code.printed_on if code else None, read=code is not None, path=path, sha256=digest, received_at=now,
    )  # fmt: skip
    audit.record(by=by, now=now, action="scan.receive", target=f"scan:{scan.id}", read=scan.read)
    return scan


def _person(code: Code) -> int | None:
    bound = assignments.is_bound(code.person, code.enterprise, on=code.printed_on)
    return code.person if bound else None


@transaction.atomic
def choose(*, by: Actor, now: datetime, scan_id: UUID, enterprise: int) -> Scan:
    """Say by hand whose sheet it is. Refuses `not_found`, `not_your_enterprise`."""
    scan = _mine(by, scan_id)
    if enterprises.find(enterprise, by=by) is None:
        raise Refusal("not_your_enterprise", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    Scan.objects.filter(id=scan.id).update(enterprise_id=enterprise)
    audit.record(by=by, now=now, action="scan.choose", target=f"scan:{scan.id}", enterprise=enterprise)
    scan.refresh_from_db()
    return scan


@transaction.atomic
def drop_scan(*, by: Actor, now: datetime, scan_id: UUID) -> None:
    """Put a photo aside; sending it again brings it back. Refuses `not_found`, `scan_recorded`."""
    scan = _mine(by, scan_id)
    if duties.recorded_as([scan.id]):
        raise Refusal("scan_recorded", gettext_noop("这张记录表已经登记，请归档而不是删除。"))
    Scan.objects.filter(id=scan.id).update(dropped_at=now)
    audit.record(by=by, now=now, action="scan.drop", target=f"scan:{scan.id}")


@transaction.atomic
def file_scans(*, by: Actor, now: datetime) -> int:
    """Put away the photos whose record is made: the list forgets them, their own address does not. Returns how many."""
    waiting = Scan.objects.filter(sender_id=by.person_id or 0, dropped_at__isnull=True, filed_at__isnull=True)
    made = duties.recorded_as(waiting.values_list("id", flat=True))
    count = Scan.objects.filter(id__in=list(made), filed_at__isnull=True).update(filed_at=now)
    if count:
        audit.record(by=by, now=now, action="scan.file", scans=count)
    return count


def _mine(by: Actor, scan_id: UUID) -> Scan:
    if (scan := scan_for(by, scan_id)) is None:
        raise Refusal("not_found", _NOT_FOUND)
    return scan
