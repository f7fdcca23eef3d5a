"""Taking over a sheet of people: persons, posts, leaders and sponsors, each once however often it is sent."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, Report, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.accounts import actions as accounts
from anwang.features.accounts.actions import PersonData
from anwang.features.audit import actions as audit

from ..models import Upload
from ..queries.sheet import RowPlan, SheetPlan
from .lines import Line, appoint_leaders, sponsor_units
from .posts import PostData, change_post, create_posts, end_post

MAX_UPLOAD = 8 * 2**20


@transaction.atomic
def import_people(
    *, by: Actor, now: datetime, plan: SheetPlan, report: Report = lambda *_: None, is_demo: bool = False
) -> dict[str, int]:
    """Carry out the sound rows of a plan; rows with errors are left out. Returns its counts.

    A post begins on the day stated, else today. An empty cell takes nothing away from what is known.
    """
    counts: dict[str, Any] = plan.counts
    rows = [row for row in plan.rows if row.row.ok and row.do != "unchanged"]
    _people(by, now, rows, is_demo)
    report(1, 4, "人员")
    _posts(by, now, rows)
    report(2, 4, "任职")
    _lines(by, now, rows)
    report(3, 4, "网格职责")
    _ends(by, now, rows)
    audit.record(by=by, now=now, action="people.import", **counts)
    report(4, 4, "完成")
    return counts


def _people(by: Actor, now: datetime, rows: Sequence[RowPlan], is_demo: bool) -> None:
    """One new person for each new name and phone."""
    new = list(dict.fromkeys((row.name, row.phone) for row in rows if row.person_id is None))
    if not new:
        return
    data = [PersonData(name, phone, is_demo=is_demo) for name, phone in new]
    made = accounts.create_people(by=by, now=now, rows=data)
    ids = {key: person.id for key, person in zip(new, made, strict=True)}
    for row in rows:
        if row.person_id is None:
            row.person_id = ids[row.name, row.phone]


def _posts(by: Actor, now: datetime, rows: Sequence[RowPlan]) -> None:
    today = local_day(now)
    new = [row for row in rows if row.post_id is None]
    data = [PostData(row.person_id or 0, row.kind, row.unit, row.start or today, **row.words) for row in new]
    if data:
        for row, post in zip(new, create_posts(by=by, now=now, rows=data), strict=True):
            row.post_id = post.id
    for row in rows:
        if row.changes and row.post_id:
            change_post(by=by, now=now, post_id=row.post_id, **row.words)


def _lines(by: Actor, now: datetime, rows: Sequence[RowPlan]) -> None:
    today = local_day(now)
    leads = [row for row in rows if row.leads and not row.lead_now and _runs(row, now)]
    appoint_leaders(by=by, now=now, rows=[Line(r.unit, r.post_id or 0, _start(r, today)) for r in leads])
    pairs = [(row, unit) for row in rows for unit in row.sponsors if unit not in row.sponsored and _runs(row, now)]
    sponsor_units(by=by, now=now, rows=[Line(unit, r.post_id or 0, _start(r, today)) for r, unit in pairs])


def _start(row: RowPlan, today: date) -> date:
    """The day that the row states, never before the post began."""
    return max(row.start or today, row.begun or row.start or today)


def _runs(row: RowPlan, now: datetime) -> bool:
    return row.end is None or row.end > local_day(now)


def _ends(by: Actor, now: datetime, rows: Sequence[RowPlan]) -> None:
    for row in rows:
        if row.end is not None and row.post_id:
            end_post(by=by, now=now, post_id=row.post_id, on=row.end, reason="表格登记离任")


@transaction.atomic
def keep_upload(*, by: Actor, now: datetime, filename: str, data: bytes) -> int:
    """Keep an uploaded file, encrypted, until it is confirmed. Returns its key. Files older than a day go.

    Refuses `file_too_large` above 8 MB.
    """
    if len(data) > MAX_UPLOAD:
        raise Refusal("file_too_large", gettext_noop("表格超过 8 MB，请分几次导入。"))
    Upload.objects.filter(created_at__lt=now - timedelta(days=1)).delete()
    text = base64.b64encode(data).decode()
    row = Upload.objects.create(filename=filename[-120:], data=text, user_id=by.user_id, created_at=now)
    return int(row.id)


@transaction.atomic
def take_upload(*, by: Actor, now: datetime, upload_id: int) -> tuple[str, bytes] | None:
    """(file name, bytes) of an uploaded file of one's own, for carrying it out: whoever comes second gets nothing."""
    row = Upload.objects.select_for_update().filter(id=upload_id, user_id=by.user_id).first()
    if row is None or not Upload.objects.filter(id=row.id).delete()[0]:
        return None
    return row.filename, base64.b64decode(row.data)


@transaction.atomic
def drop_upload(*, by: Actor, now: datetime, upload_id: int) -> None:
    """Forget an uploaded file of one's own."""
    Upload.objects.filter(id=upload_id, user_id=by.user_id).delete()


@transaction.atomic
def note_export(*, by: Actor, now: datetime, people: int, reason: str) -> None:
    """An export with phones in clear is in the trail with its reason. Refuses `reason_missing`."""
    if len(reason.strip()) < 2:
        raise Refusal("reason_missing", gettext_noop("请写明导出完整号码的事由。"))
    audit.record(by=by, now=now, action="person.export", people=people, reason=reason.strip()[:200])
