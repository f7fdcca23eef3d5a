"""A paper goes to the public list, and comes back (N19). Who published what stands in the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.core.cache import cache
from django.db import IntegrityError, transaction

from anwang.adapters import attachments, media
from anwang.adapters.attachments import Kind
from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.documents.disclosure import may_be_published
from anwang.domain.documents.tree import Disclosure
from anwang.features.audit import actions as audit
from anwang.features.grid import queries as grid
from anwang.features.statistics import actions as papers
from anwang.features.statistics.queries.papers import KINDS

from .. import queries
from ..models import Publication
from ..permissions import may_publish

FOLDER = "published"
MOST = 30 << 20
_TWICE = gettext_noop("这份文书已经公开。")
_CHANGED = gettext_noop("这份文书的状态没有变化，请刷新后查看。")


@dataclass(frozen=True, slots=True)
class PublicationData:
    """What is said of a paper that was made elsewhere: a bulletin, a list."""

    title: str
    on: date
    disclosure: Disclosure = Disclosure.PUBLIC
    number: str = ""


def publish_paper(*, by: Actor, now: datetime, paper_id: int) -> Publication:
    """Put a paper that this system made into the public list: its own copy, which stays when the paper is cleared.

    Refuses `not_found`, `not_office`, `disclosure_closed` (the paper's own mark), `gone`, `published_already`.
    """
    insist(may_publish(by, by.unit))
    made = papers.open_paper(by=by, now=now, paper_id=paper_id)
    row = made.row
    insist(may_publish(by, row.unit))
    insist(may_be_published(KINDS[row.kind].disclosure, has_file=True))
    form = Path(row.path).suffix.lstrip(".")
    path = media.keep(made.data, folder=FOLDER, suffix=f".{form}")
    kept = {"file": path, "sha256": row.sha256, "size": len(made.data), "form": form}
    data = PublicationData(row.title, row.on, KINDS[row.kind].disclosure)
    return _published(by, now, row.unit, data, kept)


def publish_file(*, by: Actor, now: datetime, data: PublicationData, file: BinaryIO | None = None) -> Publication:
    """Put a PDF into the public list, or the title of what is 依申请公开 (then no file is kept).

    Refuses `not_found`, `not_office`, `date_ahead`, `disclosure_closed`, `disclosure_no_file`, `published_already`,
    `file_*` (see `adapters.attachments`).
    """
    insist(may_publish(by, by.unit))
    if data.on > local_day(now):
        raise Refusal("date_ahead", gettext_noop("日期不能晚于今天。"))
    insist(may_be_published(data.disclosure, has_file=file is not None))
    if file is None or data.disclosure is not Disclosure.PUBLIC:
        return _published(by, now, by.unit or 0, data, {})
    size = attachments.judge(file, allowed=(Kind.PDF,), most=MOST).size
    path, digest = media.keep_file(file, folder=FOLDER, suffix=".pdf")
    return _published(by, now, by.unit or 0, data, {"file": path, "sha256": digest, "size": size, "form": "pdf"})


def _published(by: Actor, now: datetime, unit: int, data: PublicationData, kept: dict[str, Any]) -> Publication:
    try:
        return _write(by, now, unit, data, kept)
    except IntegrityError:
        media.drop(kept.get("file", ""))
        raise Refusal("published_already", _TWICE) from None
    except BaseException:
        media.drop(kept.get("file", ""))
        raise


@transaction.atomic
def _write(by: Actor, now: datetime, unit: int, data: PublicationData, kept: dict[str, Any]) -> Publication:
    row = Publication.objects.create(
        unit=unit, title=data.title.strip()[:120], number=data.number.strip()[:60], on=data.on,
        disclosure=data.disclosure, published_at=now, published_by=by.name, **kept,
    )  # fmt: skip
    _trail(by, now, "publication.publish", row, title=row.title, disclosure=row.disclosure, sha256=row.sha256)
    return row


@transaction.atomic
def withdraw(*, by: Actor, now: datetime, publication_id: int, reason: str = "") -> Publication:
    """Take it out of the public list; the file stays, so that this can be undone.

    Refuses `not_found`, `not_office`, `publication_state`.
    """
    row = _allowed(by, publication_id)
    done = {"withdrawn_at": now, "withdrawn_by": by.name, "reason": reason.strip()[:200]}
    if not Publication.objects.filter(id=row.id, withdrawn_at__isnull=True).update(**done):
        raise Refusal("publication_state", _CHANGED)
    _trail(by, now, "publication.withdraw", row, title=row.title, reason=done["reason"])
    return row


def restore(*, by: Actor, now: datetime, publication_id: int) -> Publication:
    """Put it back. Refuses `not_found`, `not_office`, `publication_state`, `published_already`."""
    try:
        return _restore(by, now, publication_id)
    except IntegrityError:
        raise Refusal("published_already", _TWICE) from None


@transaction.atomic
def _restore(by: Actor, now: datetime, publication_id: int) -> Publication:
    row = _allowed(by, publication_id)
    done = {"withdrawn_at": None, "withdrawn_by": "", "reason": ""}
    if not Publication.objects.filter(id=row.id, withdrawn_at__isnull=False).update(**done):
        raise Refusal("publication_state", _CHANGED)
    _trail(by, now, "publication.restore", row, title=row.title)
    return row


def _allowed(by: Actor, publication_id: int) -> Publication:
    row = queries.one_for(publication_id, by=by)
    insist(may_publish(by, row.unit if row else None))
    assert row is not None
    return row


def _trail(by: Actor, now: datetime, action: str, row: Publication, **said: Any) -> None:
    chain = grid.facts_of(row.unit)[0]
    audit.record(by=by, now=now, action=action, target=f"publication:{row.id}", chain=chain, **said)
    transaction.on_commit(partial(_new_edition, now))


def _new_edition(now: datetime) -> None:
    """Pages that say that they have not changed do so no more."""
    cache.set(queries.EDITION, int(now.timestamp() * 1000), None)
