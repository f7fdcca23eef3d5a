"""Policy notices: written, issued once to a frozen list of enterprises, recalled (附件4.1 及时传达)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

from django.db import transaction

from anwang.adapters import attachments, media, pictures
from anwang.adapters.attachments import Kind
from anwang.adapters.bulk import insert_many
from anwang.domain.advice.notice import NoticeState, may_become
from anwang.domain.base import Actor, Refusal, Report, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import PolicyNotice, Receipt
from ..queries.relays import targets_of
from ..queries.rules import relay_due, rules

FOLDER = "notices"
ATTACHED = (Kind.PDF, Kind.DOCX, Kind.JPEG, Kind.PNG)
_AT_ONCE = 2000
_COLUMNS = ("notice_id", "enterprise_id", "county", "township", "relayed_how", "confirmed_by")


@dataclass(frozen=True, slots=True)
class NoticeData:
    """What a notice says and to whom it goes: units of the territory, levels of the lead, industries, grades."""

    title: str
    text: str
    number: str = ""
    units: Sequence[int] = ()
    levels: Sequence[str] = ()
    industries: Sequence[str] = ()
    grades: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """A file handed in with a notice, under the name that people gave it."""

    name: str
    file: BinaryIO


def keep_notice(
    *, by: Actor, now: datetime, data: NoticeData, notice_id: int | None = None, attached: Attached | None = None
) -> PolicyNotice:
    """A draft of the actor's unit, or a changed draft. Nothing is sent.

    Refuses `not_found`, `not_office`, `unit_outside`, `notice_state`, `file_*` (see `adapters.attachments`).
    """
    row = queries.notice(notice_id, by=by) if notice_id else None
    insist(permissions.may_keep(by, row.unit if row else None if notice_id else by.unit))
    if any(not by.territory.covers(unit) for unit in data.units):
        raise Refusal("unit_outside", gettext_noop("只能发给本辖区的单位，请重新选择。"))
    if row and row.state != NoticeState.DRAFT:
        raise Refusal.of(may_become(NoticeState(row.state), NoticeState.ISSUED))
    kept = _kept(attached, rules(local_day(now)).attachment_mb << 20) if attached else {}
    try:
        return _write(by, now, row, data, kept)
    except BaseException:
        media.drop(kept.get("file", ""))
        raise


@transaction.atomic
def _write(
    by: Actor, now: datetime, row: PolicyNotice | None, data: NoticeData, kept: dict[str, str]
) -> PolicyNotice:  # fmt: skip
    said: dict[str, Any] = {**asdict(data), "title": data.title.strip()[:120], "text": data.text.strip(), **kept}
    said |= {name: list(said[name]) for name in ("units", "levels", "industries", "grades")}
    if row is None:
        row = PolicyNotice.objects.create(unit=by.unit or 0, made_by=by.name, made_at=now, **said)
    elif not PolicyNotice.objects.filter(id=row.id, state=NoticeState.DRAFT).update(**said):
        raise Refusal("notice_state", gettext_noop("这份通知刚刚发布，不能再修改。"))
    elif kept and (old := row.file):
        transaction.on_commit(lambda: media.drop(old))
    audit.record(by=by, now=now, action="notice.keep", target=f"policynotice:{row.id}", title=data.title)
    row.refresh_from_db()
    return row


def _kept(attached: Attached, most: int) -> dict[str, str]:
    """The file judged by its content; a picture is made anew."""
    judged = attachments.judge(attached.file, allowed=ATTACHED, most=most)
    file, kind = attached.file, judged.kind
    if kind.is_picture:
        file, kind = BytesIO(pictures.photo(attached.file.read())), Kind.JPEG
    path, _ = media.keep_file(file, folder=FOLDER, suffix=kind.suffix)
    stem = attached.name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    name = "".join(c for c in stem if c.isprintable())[:100].strip() or "附件"
    return {"file": path, "file_name": name + kind.suffix, "file_kind": kind.value}


@transaction.atomic
def drop_notice(*, by: Actor, now: datetime, notice_id: int) -> None:
    """Throw a draft away. Refuses `not_found`, `not_office`, `notice_state`."""
    row = _own(by, notice_id)
    if not PolicyNotice.objects.filter(id=row.id, state=NoticeState.DRAFT).delete()[0]:
        raise Refusal("notice_state", gettext_noop("已发布的通知不能删除，只能收回。"))
    transaction.on_commit(lambda: media.drop(row.file))
    audit.record(by=by, now=now, action="notice.drop", target=f"policynotice:{notice_id}", title=row.title)


@transaction.atomic
def issue_notice(
    *, by: Actor, now: datetime, notice_id: int, report: Report = lambda *_: None
) -> PolicyNotice:  # fmt: skip
    """Issue a draft: the enterprises that its filter finds now get a receipt each; that list never changes.

    Refuses `not_found`, `not_office`, `notice_state` (issued by somebody at the same time), `no_targets`.
    """
    row, day = _own(by, notice_id), local_day(now)
    issued = {"state": NoticeState.ISSUED, "issued_at": now, "issued_by": by.name, "due": relay_due(day)}
    if not PolicyNotice.objects.filter(id=row.id, state=NoticeState.DRAFT).update(**issued):
        raise Refusal.of(may_become(NoticeState.ISSUED, NoticeState.ISSUED))
    found = list(targets_of(row, on=day).order_by("county", "township", "id").values_list("id", "county", "township"))
    if not found:
        raise Refusal("no_targets", gettext_noop("没有符合条件的企业，请放宽范围后再发布。"))
    insert_many(Receipt, _COLUMNS, _receipts(row.id, found, report))
    PolicyNotice.objects.filter(id=row.id).update(targets=len(found))
    digest = hashlib.sha256(",".join(str(key) for key in sorted(key for key, _, _ in found)).encode()).hexdigest()
    audit.record(
        by=by, now=now, action="notice.issue", target=f"policynotice:{row.id}", targets=len(found), list=digest
    )
    report(len(found), len(found), "")
    row.refresh_from_db()
    return row


def _receipts(notice: int, found: Sequence[tuple[int, int, int]], report: Report) -> Iterator[tuple[Any, ...]]:
    for number, (key, county, township) in enumerate(found):
        if number % _AT_ONCE == 0:
            report(number, len(found), gettext_noop("生成回执"))
        yield notice, key, county, township, "", ""


@transaction.atomic
def recall_notice(*, by: Actor, now: datetime, notice_id: int, reason: str) -> PolicyNotice:
    """Recall an issued notice: nobody relays it any more; who has it sees that it is recalled, and why.

    Refuses `not_found`, `not_office`, `reason_missing`, `notice_state`.
    """
    row = _own(by, notice_id)
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明收回的原因。"))
    recalled = {"state": NoticeState.RECALLED, "recalled_at": now, "recall_reason": reason.strip()[:200]}
    if not PolicyNotice.objects.filter(id=row.id, state=NoticeState.ISSUED).update(**recalled):
        row.refresh_from_db(fields=["state"])
        raise Refusal.of(may_become(NoticeState(row.state), NoticeState.RECALLED))
    audit.record(by=by, now=now, action="notice.recall", target=f"policynotice:{row.id}", reason=reason)
    row.refresh_from_db()
    return row


def _own(by: Actor, notice_id: int) -> PolicyNotice:
    row = queries.notice(notice_id, by=by)
    insist(permissions.may_keep(by, row.unit if row else None))
    if row is None:
        raise Refusal("not_found", gettext_noop("没有找到这份通知。"))
    return row
