"""Making a review pack, keeping the file for a while, handing it out; each is in the trail."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from anwang.adapters import media
from anwang.adapters.docx import render_docx
from anwang.adapters.pdf import render_pdf
from anwang.adapters.stored_files import let_go
from anwang.domain.base import Actor, Refusal, Report, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.documents.review import TITLE, review_pack
from anwang.features.audit import actions as audit
from anwang.features.documents import actions as documents
from anwang.features.documents.actions import Issue
from anwang.features.policies import queries as policies

from ..models import ReviewPack
from ..permissions import may_review
from ..queries.review import Content, content, pack_of

FOLDER = "review"
KEPT_DAYS = 30
NOT_FOUND = gettext_noop("没有找到这家企业，或它不在您的网格内。")


@dataclass(frozen=True, slots=True)
class PackFile:
    """A made pack: its row and its bytes."""

    row: ReviewPack
    data: bytes


def make_pack(
    *, by: Actor, now: datetime, enterprise_id: int, on: date, form: str = "pdf", report: Report = lambda *_: None
) -> PackFile:
    """The review pack of an enterprise for the day of an accident as pdf or docx, with a number of its own and the
    proof of the audit chains. The file is kept for `KEPT_DAYS`.

    Refusals: not_leader, not_found, bad_format, date_ahead, and the typesetter's.
    """
    decision = may_review(by)
    if not decision:
        raise Refusal.of(decision)
    if form not in ("pdf", "docx"):
        raise Refusal("bad_format", gettext_noop("格式只有 pdf、docx。"))
    if on > local_day(now):
        raise Refusal("date_ahead", gettext_noop("事故日期不能晚于今天。"))
    report(0, 4, gettext_noop("汇总登记、核对审计链"))
    found = content(enterprise_id, on, by=by, now=now, report=report)
    if found is None:
        raise Refusal("not_found", NOT_FOUND)
    return _made(by, now, found, on, form, report)


@transaction.atomic
def _made(by: Actor, now: datetime, found: Content, on: date, form: str, report: Report) -> PackFile:
    """A number is taken and the file is made in one transaction: no number without a pack."""
    firm = found.enterprise
    facts = {gettext_noop("材料"): TITLE, gettext_noop("事故日期"): on.isoformat()}
    paper = documents.issue(
        by=by, now=now, kind="review_pack", pattern=_pattern(), rows=[Issue(f"enterprise:{firm.id}", TITLE, firm.place,
                                                                           facts)],
    )[0]  # fmt: skip
    album = found.parts["album"]
    url = f"{settings.PUBLIC_URL}{reverse('document_verify', args=[paper.token])}"
    document = review_pack(pack_of(found, number=paper.number, verify_url=url, by=by, now=now))
    report(3, 4, gettext_noop("生成文书"))
    data = (
        render_pdf(document, made_at=now, replace_missing=True) if form == "pdf" else render_docx(document, made_at=now)
    )
    row = ReviewPack.objects.create(
        enterprise=firm, document=paper, on=on, form=form, sha256=hashlib.sha256(data).hexdigest(),
        path=media.keep(data, folder=FOLDER, suffix=f".{form}"), events=len(found.proof.events),
        whole=found.proof.whole, made_at=now, made_by=by.name,
    )  # fmt: skip
    audit.record(
        by=by, now=now, action="review.make", target=f"enterprise:{firm.id}", chain=firm.county, number=paper.number,
        on=on, form=form, sha256=row.sha256, events=row.events, whole=row.whole, pictures=len(album.shots),
        listed=len(album.others),
    )  # fmt: skip
    _clear(now)
    report(4, 4, "")
    return PackFile(row, data)


def _pattern() -> str:
    """临应急查〔{year}〕{number}号, from the agency code of the policy's own number."""
    agency = policies.current().meta.document_number.split("〔")[0].removesuffix("发")
    return f"{agency}查〔{{year}}〕{{number}}号"


def _clear(now: datetime) -> None:
    """Files that were kept long enough go; their rows and the trail stay."""
    let_go(ReviewPack.objects.filter(made_at__lt=now - timedelta(days=KEPT_DAYS)).exclude(path=""), "path")


def open_pack(*, by: Actor, now: datetime, pack_id: int) -> PackFile:
    """Fetch a kept pack; the trail has it. Refuses not_found outside the territory, gone when the file was cleared."""
    row = ReviewPack.objects.filter(id=pack_id).select_related("enterprise", "document").first()
    if row is None or not may_review(by) or not by.territory.covers(row.enterprise.place):
        raise Refusal("not_found", gettext_noop("没有找到这份材料，或它不在您的网格内。"))
    data = media.fetch(row.path) if row.path else None
    if data is None:
        raise Refusal("gone", gettext_noop("文件已清理，请重新生成。"))
    audit.record(
        by=by, now=now, action="review.fetch", target=f"enterprise:{row.enterprise_id}", chain=row.enterprise.county,
        number=row.document.number,
    )  # fmt: skip
    return PackFile(row, data)
