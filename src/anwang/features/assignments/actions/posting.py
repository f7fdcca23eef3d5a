"""Notice sheets on the enterprise's board: confirmed, withdrawn (三.2 长期公示)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from anwang.adapters import media, pictures
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit

from ..models import Posting
from ..permissions import may_confirm_posting
from ..queries import papers
from .papers import settle_papers, tell

FOLDER = "postings"
NOT_FOUND = gettext_noop("没有找到这块公示牌，或它不在您的范围内。")
_DONE = gettext_noop("这块公示牌已经确认或作废，请刷新后查看。")


def confirm_posting(
    *, by: Actor, now: datetime, posting_id: int, posted_on: date, place: str = "", photo: bytes | None = None
) -> Posting:
    """The sheet hangs since a day. A photo is never required; it is kept without place, time or device.

    Refuses `not_found`, `not_yours`, `date_ahead`, `photo_invalid`, `already_posted`.
    """
    row = _allowed(by, posting_id)
    if posted_on > local_day(now):
        raise Refusal("date_ahead", gettext_noop("公示日期不能晚于今天。"))
    name = media.keep(pictures.photo(photo), folder=FOLDER, suffix=".jpg") if photo else ""
    try:
        return _confirm(by, now, row, posted_on, place.strip()[:80], name)
    except Refusal:
        media.drop(name)
        raise


@transaction.atomic
def confirm_many(
    *, by: Actor, now: datetime, posting_ids: Sequence[int], posted_on: date, place: str = ""
) -> int:  # fmt: skip
    """Sheets that all hang since a day, at the same kind of place. All or none; returns how many.

    Refuses `not_found`, `not_yours`, `date_ahead`, `already_posted`.
    """
    if posted_on > local_day(now):
        raise Refusal("date_ahead", gettext_noop("公示日期不能晚于今天。"))
    ids = list(dict.fromkeys(posting_ids))
    rows = papers.papers_for(Posting, by, ids)
    if len(rows) < len(ids):
        raise Refusal("not_found", NOT_FOUND)
    for row in rows:
        _insist(by, row)
    place = place.strip()[:80]
    done = {"posted_on": posted_on, "confirmed_at": now, "confirmed_by": by.name, "place": place}
    settle_papers(Posting.objects.filter(confirmed_at__isnull=True), ids, done, Refusal("already_posted", _DONE))
    tell(by, now, "posting.confirm", "posting", rows, lambda row: {"posted_on": posted_on, "place": place})
    return len(rows)


@transaction.atomic
def _confirm(by: Actor, now: datetime, row: Any, posted_on: date, place: str, photo: str) -> Posting:
    waiting = Posting.objects.filter(id=row.id, confirmed_at__isnull=True, void_at__isnull=True)
    done = {"posted_on": posted_on, "confirmed_at": now, "confirmed_by": by.name, "place": place, "photo": photo}
    if not waiting.update(**done):
        raise Refusal("already_posted", _DONE)
    _trail(by, now, "posting.confirm", row, posted_on=posted_on, place=place, photo=bool(photo))
    row.refresh_from_db()
    found: Posting = row
    return found


@transaction.atomic
def withdraw_posting(*, by: Actor, now: datetime, posting_id: int) -> Posting:
    """The confirmation was a mistake, or the sheet hangs no longer. Refuses `not_found`, `not_yours`, `not_posted`."""
    row = _allowed(by, posting_id)
    done = Posting.objects.filter(id=row.id, confirmed_at__isnull=False)
    if not done.update(posted_on=None, confirmed_at=None, confirmed_by="", place="", photo=""):
        raise Refusal("not_posted", gettext_noop("这块公示牌还没有确认过。"))
    transaction.on_commit(lambda: media.drop(row.photo))
    _trail(by, now, "posting.withdraw", row)
    found: Posting = row
    return found


def _allowed(by: Actor, posting_id: int) -> Any:
    row = papers.paper_for(Posting, by, posting_id)
    if row is None:
        raise Refusal("not_found", NOT_FOUND)
    _insist(by, row)
    return row


def _insist(by: Actor, row: Any) -> None:
    bound = row.assignment
    decision = may_confirm_posting(by, bound.person_id, bound.enterprise_id, bound.enterprise.place)
    if not decision:
        raise Refusal.of(decision)


def _trail(by: Actor, now: datetime, action: str, row: Any, **data: Any) -> None:
    bound = row.assignment
    audit.record(
        by=by, now=now, action=action, target=f"posting:{row.id}", chain=bound.county,
        enterprise=bound.enterprise_id, number=row.document.number, **data,
    )  # fmt: skip
