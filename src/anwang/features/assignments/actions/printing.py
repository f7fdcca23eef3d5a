"""Papers as files: one, or tens of thousands in portions (三.2, 附件3)."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from anwang.adapters import media
from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import render_pdf, render_pdf_batches
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.documents.tree import Document
from anwang.features.audit import actions as audit

from ..models import Commitment, Posting
from ..queries import papers, texts
from .planning import Report, silent

KINDS = {"commitment": Commitment, "posting": Posting}
PORTION = 250
FORMATS = ("pdf", "docx")
FOLDER = "prints"
KEPT_SECONDS = 86_400
_PHASE = gettext_noop("生成文书")


def documents_of(kind: str, ids: Sequence[int]) -> Iterator[Document]:
    """The content of letters or sheets by key."""
    return texts.letters(ids) if kind == "commitment" else texts.sheets(ids)


def print_one(*, by: Actor, now: datetime, kind: str, paper_id: int, form: str) -> bytes:
    """One letter or sheet as PDF or DOCX. Refuses `not_found`, and what the typesetting refuses."""
    if form not in FORMATS or papers.paper_for(KINDS[kind], by, paper_id) is None:
        raise Refusal("not_found", gettext_noop("没有找到这份文书，或它不在您的范围内。"))
    made = list(documents_of(kind, [paper_id]))
    return render_pdf(made, made_at=now) if form == "pdf" else render_docx(made, made_at=now)


def print_many(
    *, by: Actor, now: datetime, kind: str, ids: Sequence[int], folder: Path, form: str, workers: int = 1,
    report: Report = silent,
) -> list[Path]:  # fmt: skip
    """Many papers as files of 250 in a folder, with progress; the act is audited. Only those that the actor may see.

    Refuses `no_papers`.
    """
    mine = papers.chosen(KINDS[kind], by, list(ids))
    if not mine:
        raise Refusal("no_papers", gettext_noop("没有可生成的文书：请先采用一个分配方案，或换一个条件。"))
    report(0, len(mine), _PHASE)
    made = documents_of(kind, mine)
    if form == "pdf":
        batches = render_pdf_batches(
            made,
            folder,
            stem=kind,
            size=PORTION,
            workers=workers,
            progress=lambda done: report(done, len(mine), _PHASE),
        )
        files = [batch.path for batch in batches]
    else:
        files = list(_docx(made, folder, kind, len(mine), now, report))
    audit.record(by=by, now=now, action=f"{kind}.print", papers=len(mine), form=form)
    return files


def _docx(
    made: Iterator[Document], folder: Path, stem: str, total: int, now: datetime, report: Report
) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    first = 1
    while some := list(islice(made, PORTION)):
        last = first + len(some) - 1
        path = folder / f"{stem}_{first:05d}-{last:05d}.docx"
        path.write_bytes(render_docx(some, made_at=now))
        report(last, total, _PHASE)
        first = last + 1
        yield path


def print_download(
    *, by: Actor, now: datetime, kind: str, ids: Sequence[int], form: str, report: Report = silent
) -> dict[str, Any]:
    """Many papers as one file for downloading (several portions as ZIP), kept for a day. Returns `file` and `name`."""
    root = Path(settings.MEDIA_ROOT) / FOLDER
    _purge(root, now)
    folder = root / uuid4().hex
    try:
        files = print_many(by=by, now=now, kind=kind, ids=ids, folder=folder, form=form, report=report)
        one = files[0] if len(files) == 1 else _zipped(files, folder / "papers.zip")
        with one.open("rb") as made:
            path, _digest = media.keep_file(made, folder=FOLDER, suffix=one.suffix)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"file": path, "name": f"{texts.file_title(kind, len(ids))}{one.suffix}", "papers": len(ids)}


def _zipped(files: Sequence[Path], target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            archive.write(file, file.name)
    return target


def _purge(root: Path, now: datetime) -> None:
    """Files with phones in them do not lie about: a day is enough to fetch them."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in root.iterdir():
        if path.is_file() and now.timestamp() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
