"""Making a paper in a format, keeping the file, handing it out (N5, N18)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from anwang.adapters import media
from anwang.adapters.stored_files import let_go
from anwang.adapters.xlsx.writer import Stamp
from anwang.domain.base import Actor, Refusal, Role, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.grid import queries as grid

from ..models import Paper
from ..queries.papers import Content, content, paper_kind
from .rendering import FORMS, Rendered, Report, render

FOLDER = "papers"
#: A made paper carries telephone numbers: it can be fetched again for so long, then it is made anew.
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A made paper: its row and its bytes."""

    row: Paper
    data: bytes


def make_paper(
    *, by: Actor, now: datetime, kind: str, unit: int, form: str, on: date | None = None,
    report: Report = lambda *_: None,
) -> PaperFile:  # fmt: skip
    """Make a paper of a unit as pdf, docx or xlsx and keep it for `KEPT_DAYS`; a PDF of several volumes comes as a ZIP.

    The trail has who, what, how many enterprises and how many telephone numbers of persons.
    Refusals: not_found outside the territory, not_your_paper, no_such_paper, bad_format, no_table, paper_too_long, and
    the typesetter's.
    """
    if not by.territory.covers(unit):
        raise Refusal("not_found", gettext_noop("没有找到这个网格，或它不在您的范围内。"))
    if not by.has(Role.LEADER, Role.OFFICE):
        raise Refusal("not_your_paper", gettext_noop("文书由网格长和办公室生成。"))
    if form not in FORMS:
        raise Refusal("bad_format", gettext_noop("格式只有 pdf、docx、xlsx。"))
    chosen, day = paper_kind(kind, unit), on or local_day(now)
    report(0, 1, gettext_noop("汇总数据"))
    found = content(chosen, unit, on=day)
    rendered = render(found, form, Stamp(grid.names([unit]).get(unit, ""), by.name, local_day(now)), now, report)
    return _keep(rendered, found, by=by, now=now, kind=kind, unit=unit, form=form, on=day)


@transaction.atomic
def _keep(made: Rendered, found: Content, *, by: Actor, now: datetime, **what: Any) -> PaperFile:
    path = media.keep(made.data, folder=FOLDER, suffix=made.suffix)
    digest = hashlib.sha256(made.data).hexdigest()
    row = Paper.objects.create(
        rows=found.rows, title=made.title, path=path, sha256=digest, made_at=now, made_by=by.name, **what
    )
    audit.record(
        by=by, now=now, action="paper.make", target=f"paper:{row.id}", chain=grid.facts_of(row.unit)[0],
        enterprises=found.rows, phones=found.phones, sha256=digest, **what,
    )  # fmt: skip
    _clear(now)
    return PaperFile(row, made.data)


def _clear(now: datetime) -> None:
    """Files that were kept long enough go; their rows and the trail stay."""
    let_go(Paper.objects.filter(made_at__lt=now - timedelta(days=KEPT_DAYS)).exclude(path=""), "path")


def open_paper(*, by: Actor, now: datetime, paper_id: int) -> PaperFile:
    """Fetch a kept paper; the trail has it. Refuses not_found outside the territory, gone when the file was cleared."""
    row = Paper.objects.filter(id=paper_id).first()
    if row is None or not by.territory.covers(row.unit):
        raise Refusal("not_found", gettext_noop("没有找到这份文书，或它不在您的范围内。"))
    data = media.fetch(row.path)
    if data is None:
        raise Refusal("gone", gettext_noop("文件已清理，请重新生成。"))
    chain = grid.facts_of(row.unit)[0]
    audit.record(by=by, now=now, action="paper.fetch", target=f"paper:{row.id}", chain=chain, kind=row.kind)
    return PaperFile(row, data)
