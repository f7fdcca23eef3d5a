"""Importing a roster: received, read, carried out. What is wrong stays out and is told; the rest comes in (二.1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from anwang.adapters import media
from anwang.adapters.bulk import collector_paused
from anwang.adapters.stored_files import let_go
from anwang.adapters.xlsx.guard import DEFAULT, inspect
from anwang.adapters.xlsx.marks import mark_errors
from anwang.adapters.xlsx.reader import read_tables
from anwang.domain.base import Actor, Reason, Refusal, Report, gettext_noop, insist, silent
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.domain.roster.rows import RowSet, pick_table, read_rows
from anwang.features.audit import actions as audit

from ..models import Change, ChangeKind, ImportState, RosterImport
from ..permissions import may_import
from ..queries.planning import Plan, plan_import
from ..queries.previews import samples_of, summary_of
from ..queries.standing import latest_act
from .writing import begin, trail, write

FOLDER = "roster"
KEPT = timedelta(hours=24)
_OPENING = gettext_noop("读取表格")
_WRITING = gettext_noop("写入名册")
_GONE = gettext_noop("上传的文件已清理，请重新上传。")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import planned and, unless it was a dry run, the change that carried it out."""

    plan: Plan
    change: Change | None = None


def read_roster(data: bytes, mapping: Mapping[str, str]) -> RowSet:
    """The rows of a workbook, guarded. `mapping` is title or column letter → field."""
    limits = replace(DEFAULT, size=settings.MAX_UPLOAD_BYTES)
    table, header = pick_table(read_tables(data, limits), ENTERPRISES, mapping)
    return read_rows(table, header, ENTERPRISES)


@collector_paused()
def import_roster(
    *, by: Actor, now: datetime, data: bytes, filename: str, unit: int, on: date,
    mapping: Mapping[str, str] | None = None, dry_run: bool = False, report: Report = silent, is_demo: bool = False,
) -> Imported:  # fmt: skip
    """Read a roster and, unless `dry_run`, carry it out at once. `unit` takes rows whose place is unknown.

    `is_demo` marks what it makes as invented. Refuses `not_your_unit`, `grid_missing`, and what the guard and the
    header refuse.
    """
    insist(may_import(by, unit))
    report(0, 1, _OPENING)
    rows = read_roster(data, mapping or {})
    seen = latest_act()
    plan = plan_import(rows, actor=by, unit=unit, on=on, report=report)
    if dry_run:
        return Imported(plan)
    with transaction.atomic():
        if seen != latest_act():
            plan = plan_import(read_roster(data, mapping or {}), actor=by, unit=unit, on=on, report=report)
        for edit in plan.edits:
            edit.enterprise.is_demo |= is_demo and edit.is_new
        return Imported(plan, _carry_out(by, now, plan, filename, hashlib.sha256(data).hexdigest(), report))


def _carry_out(by: Actor, now: datetime, plan: Plan, filename: str, digest: str, report: Report) -> Change:
    """Write the plan in the caller's transaction, with one event for it and one for each county."""
    edits = plan.edits
    report(0, len(edits), _WRITING)
    writing = begin(by, now, plan.on, ChangeKind.IMPORT, filename)
    write(writing, edits)
    figures = plan.report()
    trail(writing, edits, "roster.import", file=filename[:200], sha256=digest, figures=figures)
    report(len(edits), len(edits), _WRITING)
    writing.change.refresh_from_db()
    return writing.change


@transaction.atomic
def receive(
    *, by: Actor, now: datetime, data: bytes, filename: str, unit: int, on: date,
    mapping: Mapping[str, str] | None = None,
) -> RosterImport:  # fmt: skip
    """Keep an uploaded workbook for reading. Refuses `not_your_unit` and what the guard refuses."""
    insist(may_import(by, unit))
    inspect(data, replace(DEFAULT, size=settings.MAX_UPLOAD_BYTES))
    purge(by=by, now=now)
    row = RosterImport.objects.create(
        filename=filename[:200], path=media.keep(data, folder=FOLDER), sha256=hashlib.sha256(data).hexdigest(),
        mapping=dict(mapping or {}), unit=unit, on=on, user_id=by.user_id, by=by.name, created_at=now,
    )  # fmt: skip
    audit.record(by=by, now=now, action="roster.upload", target=f"rosterimport:{row.id}", sha256=row.sha256)
    return row


def _plan_of(row: RosterImport, by: Actor, report: Report) -> tuple[bytes, Plan]:
    report(0, 1, _OPENING)
    data = media.fetch(row.path)
    if data is None:
        raise Refusal("upload_gone", _GONE)
    rows = read_roster(data, row.mapping)
    return data, plan_import(rows, actor=by, unit=row.unit, on=row.on, report=report)


@collector_paused()
def read_import(
    *, by: Actor, now: datetime, import_id: int, say: Callable[[Reason], str] = str, report: Report = silent
) -> RosterImport:
    """Read an upload and keep its preview: figures, samples, the workbook with the errors. Nobody waits for it: only
    keeping takes a transaction. Refuses `import_settled`, `upload_gone` and as `receive`."""
    data, plan = _plan_of(_waiting(import_id, by), by, report)
    errors = ""
    if any(each.incoming.row.faults for each in plan.planned):
        errors = media.keep(mark_errors(data, plan.rows, say), folder=FOLDER, suffix=".xlsx")
    with transaction.atomic():
        row = _waiting(import_id, by)
        media.drop(row.errors_path)
        row.errors_path, row.state, row.summary = errors, ImportState.PREVIEW, summary_of(plan)
        row.samples = json.dumps(samples_of(plan), ensure_ascii=False, default=str)
        row.save()
    return row


@transaction.atomic
def map_columns(*, by: Actor, now: datetime, import_id: int, mapping: Mapping[str, str]) -> RosterImport:
    """Say which column holds which field; the upload is to be read again. Refuses `mapping_field`."""
    row = _waiting(import_id, by)
    unknown = [name for name in mapping.values() if name and name not in ENTERPRISES.by_name]
    if unknown:
        raise Refusal("mapping_field", gettext_noop("没有“%(name)s”这个字段。"), name=unknown[0])
    row.mapping, row.state = dict(mapping), ImportState.READING
    row.save(update_fields=["mapping", "state"])
    audit.record(by=by, now=now, action="roster.map", target=f"rosterimport:{row.id}", columns=len(mapping))
    return row


@collector_paused()
def apply_import(*, by: Actor, now: datetime, import_id: int, report: Report = silent) -> RosterImport:
    """Carry out a previewed import, planned anew: what changed meanwhile is seen. Refuses as `read_import`."""
    seen = latest_act()
    _, plan = _plan_of(_waiting(import_id, by), by, report)
    with transaction.atomic():
        row = _waiting(import_id, by)
        if seen != latest_act():
            _, plan = _plan_of(row, by, report)
        row.change = _carry_out(by, now, plan, row.filename, row.sha256, report)
        row.summary = {**row.summary, **plan.report()}
        row.state, row.applied_at, row.samples = ImportState.APPLIED, now, ""
        row.save()
        let_go(RosterImport.objects.filter(id=row.id), "path")
        row.path = ""
    return row


@transaction.atomic
def discard_import(*, by: Actor, now: datetime, import_id: int) -> RosterImport:
    """Give an upload up; its files are deleted. Refuses `import_settled`."""
    row = _waiting(import_id, by)
    let_go(RosterImport.objects.filter(id=row.id), "path", "errors_path")
    row.state, row.samples, row.path, row.errors_path = ImportState.DISCARDED, "", "", ""
    row.save()
    audit.record(by=by, now=now, action="roster.discard", target=f"rosterimport:{row.id}")
    return row


def _waiting(import_id: int, by: Actor) -> RosterImport:
    """The upload, when it still waits and is the actor's."""
    rows = RosterImport.objects.all()
    row = (rows.select_for_update() if transaction.get_connection().in_atomic_block else rows).get(id=import_id)
    insist(may_import(by, row.unit))
    if row.user_id != by.user_id:
        raise Refusal("not_your_upload", gettext_noop("只能处理自己上传的名册。"))
    if row.state not in (ImportState.READING, ImportState.PREVIEW):
        raise Refusal("import_settled", gettext_noop("这次导入已经办结，请重新上传。"))
    return row


@transaction.atomic
def purge(*, by: Actor, now: datetime) -> int:
    """Delete the files of uploads older than 24 hours; previews among them are given up. Returns how many."""
    stale = RosterImport.objects.filter(created_at__lt=now - KEPT).exclude(path="", errors_path="")
    waiting = stale.filter(state__in=(ImportState.READING, ImportState.PREVIEW))
    waiting.update(state=ImportState.DISCARDED, samples="")
    return let_go(stale, "path", "errors_path")


def note_export(*, by: Actor, now: datetime, rows: int, query: str = "") -> None:
    """Keep in the trail that a roster with phones left the system: who, how many rows, narrowed by what."""
    audit.record(by=by, now=now, action="roster.export", rows=rows, query=query[:300])
