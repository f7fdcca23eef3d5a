"""Signing a commitment: drawn or typed by the person, or recorded from paper (三.2, 附件3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from anwang.adapters import media, pictures
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit

from ..models import Commitment, SignMethod
from ..permissions import may_record_paper, may_sign
from ..queries import papers
from .papers import settle_papers, tell

NOT_FOUND = gettext_noop("没有找到这份承诺书，或它不在您的范围内。")
_DONE = gettext_noop("这份承诺书已经签署或作废，请刷新后查看。")
FOLDER = "signatures"


def sign(*, by: Actor, now: datetime, commitment_id: int, drawn: str = "", typed: str = "") -> Commitment:
    """The person signs: `drawn` is the PNG data URL of the pad, `typed` their own name instead. The first one counts.

    Refuses `not_found`, `not_yours`, `already_signed`, `signature_empty`, `signature_invalid`, `name_differs`.
    """
    row = _find(by, commitment_id)
    decision = may_sign(by, row.assignment.person_id)
    if not decision:
        raise Refusal.of(decision)
    if not drawn and not typed.strip():
        raise Refusal("signature_empty", gettext_noop("签名板是空的，请先签名，或输入姓名。"))
    if drawn:
        image = pictures.signature(pictures.png_of_url(drawn))
        name = media.keep(image, folder=FOLDER, suffix=".png")
        try:
            return _sign(by, now, row, SignMethod.DRAWN, local_day(now), name)
        except Refusal:
            media.drop(name)
            raise
    if "".join(typed.split()) != "".join(row.assignment.person.name.split()):
        raise Refusal("name_differs", gettext_noop("输入的姓名与承诺人不一致，请输入您自己的姓名。"))
    return _sign(by, now, row, SignMethod.TYPED, local_day(now), "")


@transaction.atomic
def record_paper(*, by: Actor, now: datetime, commitment_ids: Sequence[int], signed_on: date) -> int:
    """Record letters that were signed on paper on a day. All or none; returns how many.

    Refuses `not_found`, `not_yours`, `already_signed`, `date_ahead`.
    """
    if signed_on > local_day(now):
        raise Refusal("date_ahead", gettext_noop("签署日期不能晚于今天。"))
    ids = list(dict.fromkeys(commitment_ids))
    rows = papers.papers_for(Commitment, by, ids)
    if len(rows) < len(ids):
        raise Refusal("not_found", NOT_FOUND)
    for row in rows:
        decision = may_record_paper(by, row.assignment.person_id, row.assignment.enterprise.place)
        if not decision:
            raise Refusal.of(decision)
    done = {"signed_at": now, "signed_on": signed_on, "method": SignMethod.PAPER, "recorded_by": by.name}
    settle_papers(Commitment.objects.filter(signed_at__isnull=True), ids, done, Refusal("already_signed", _DONE))
    told = {"method": str(SignMethod.PAPER), "signed_on": signed_on}
    tell(by, now, "commitment.sign", "commitment", rows, lambda row: {"person": row.assignment.person_id, **told})
    return len(rows)


@transaction.atomic
def withdraw_paper(*, by: Actor, now: datetime, commitment_id: int) -> Commitment:
    """A paper signature that was recorded by mistake. A signature made here is never taken back.

    Refuses `not_found`, `not_yours`, `not_paper`.
    """
    row = _find(by, commitment_id)
    decision = may_record_paper(by, row.assignment.person_id, row.assignment.enterprise.place)
    if not decision:
        raise Refusal.of(decision)
    rows = Commitment.objects.filter(id=row.id, method=SignMethod.PAPER, void_at__isnull=True)
    if not rows.update(signed_at=None, signed_on=None, method="", recorded_by=""):
        raise Refusal("not_paper", gettext_noop("这份承诺书没有登记过纸质签署。"))
    _trail(by, now, "commitment.withdraw", row)
    return row


def _find(by: Actor, commitment_id: int) -> Any:
    row = papers.paper_for(Commitment, by, commitment_id)
    if row is None:
        raise Refusal("not_found", NOT_FOUND)
    return row


@transaction.atomic
def _sign(by: Actor, now: datetime, row: Any, method: str, day: date, image: str) -> Commitment:
    """Compare-and-set: of two signatures at once one counts, and a voided letter takes none."""
    waiting = Commitment.objects.filter(id=row.id, signed_at__isnull=True, void_at__isnull=True)
    if not waiting.update(signed_at=now, signed_on=day, method=method, signature=image, recorded_by=by.name):
        raise Refusal("already_signed", _DONE)
    _trail(by, now, "commitment.sign", row, method=str(method), signed_on=day)
    row.refresh_from_db()
    found: Commitment = row
    return found


def _trail(by: Actor, now: datetime, action: str, row: Any, **data: Any) -> None:
    bound = row.assignment
    audit.record(
        by=by, now=now, action=action, target=f"commitment:{row.id}", chain=bound.county,
        enterprise=bound.enterprise_id, person=bound.person_id, number=row.document.number, **data,
    )  # fmt: skip
