"""A report is filed by its reporter, or taken down by a clerk at the telephone (三.4, red line 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

from anwang.adapters import media
from anwang.adapters.crypto import reporters
from anwang.adapters.photos import read_photo
from anwang.domain.base import SYSTEM, Actor, Level, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import Kind, State, Word, due_of
from anwang.domain.reports.codes import written
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from .. import permissions
from ..models import FollowUp, Report, ReportPhoto, ReportStep, ReportSubject, ReportWord, SealedIdentity
from ..queries.lines import Desks, desks
from ..queries.receipts import code_mark
from ..queries.sealed import folder, identity_mark, identity_place, word_place
from .quiet import REPORTER, day_of

LONGEST, FORMS_MOST, PHOTOS_MOST = 3000, 20, 3
FOLDER = "reports"


@dataclass(frozen=True, slots=True)
class Told:
    """A report as it was told. `nonce` is the form's own number; `line` the level complained of; photos as bytes."""

    nonce: str
    enterprise: int
    kind: Kind
    words: str
    line: Level | None = None
    name: str = ""
    phone: str = ""
    photos: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The code, which is kept nowhere. `again`: the same form was here before; `staffed`: somebody can handle it."""

    code: str
    again: bool = False
    staffed: bool = True


def file_report(*, by: Actor, now: datetime, told: Told) -> Receipt:
    """Keep what a reporter says, sealed, for a clerk to put into other words. Whoever is signed in does not matter.

    Refuses `not_found`, `words_missing`, `photo_many` and those of `adapters.photos`.
    """
    firm = _firm(told)
    return _file(REPORTER, day_of(now), firm, told, clerk=None, text="")


def record_call(*, by: Actor, now: datetime, told: Told, text: str) -> Receipt:
    """A clerk at the telephone writes the case down in other words than the caller's; it goes to other people.

    Refuses `not_office`, `not_found`, `words_missing`, `text_missing`.
    """
    insist(permissions.may_record(by))
    firm = enterprises.find(told.enterprise, by=by)
    if firm is None:
        raise Refusal("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    text = text.strip()[:LONGEST]
    if not text:
        raise Refusal("text_missing", gettext_noop("请用自己的话写明案情，不要照抄举报人的原话。"))
    return _file(by, now, firm, told, clerk=by.person_id, text=text)


def _firm(told: Told) -> Any:
    firm = enterprises.find(told.enterprise, by=SYSTEM)
    if firm is None:
        raise Refusal("not_found", gettext_noop("没有找到这家企业。"))
    return firm


def _file(by: Actor, at: datetime, firm: Any, told: Told, *, clerk: int | None, text: str) -> Receipt:
    words = told.words.strip()[:LONGEST]
    if not words:
        raise Refusal("words_missing", gettext_noop("请写明发生了什么，一句话也可以。"))
    if len(told.photos) > PHOTOS_MOST:
        raise Refusal("photo_many", gettext_noop("最多 %(most)s 张照片。"), most=PHOTOS_MOST)
    code = written(reporters.receipt_secret(told.nonce, folder=folder()))
    if Report.objects.filter(code_mark=code_mark(code)).exists():
        return Receipt(code, again=True)
    pictures = [read_photo(data).jpeg for data in told.photos]
    where = desks(firm, told.line, day=local_day(at), clerk=clerk)
    kept: list[str] = []
    try:
        _store(by, at, firm, told, words, where, code_mark(code), clerk, text, pictures, kept)
    except BaseException as error:
        for name in kept:
            media.drop(name)
        if isinstance(error, IntegrityError) and Report.objects.filter(code_mark=code_mark(code)).exists():
            return Receipt(code, again=True)
        raise
    return Receipt(code, staffed=where.handler.staffed)


@transaction.atomic
def _store(
    by: Actor, at: datetime, firm: Any, told: Told, words: str, where: Desks, mark: str, clerk: int | None, text: str,
    pictures: list[bytes], kept: list[str],
) -> None:  # fmt: skip
    """All of a report at once. The trail names neither the enterprise nor the reporter."""
    day, state = local_day(at), State.SENT if text else State.RECEIVED
    policy = policies.current()
    rules = policy.reports(day)
    row = Report.objects.create(
        code_mark=mark, enterprise_id=firm.id, county=firm.county, township=firm.township, kind=told.kind.value,
        line=told.line.value if told.line else "", form="call" if text else "web", state=state, text=text,
        handler_unit=where.handler.unit, leaders_before=where.handler.leaders_before, clerk_unit=where.clerk_unit,
        clerk_id=clerk, received_on=day, due=due_of(state, day, rules.terms), accept_days=rules.terms.accept_days,
        answer_days=rules.terms.answer_days, policy_version=policy.version,
    )  # fmt: skip
    ReportSubject.objects.bulk_create(ReportSubject(report=row, person_id=each) for each in sorted(where.barred))
    FollowUp.objects.bulk_create(FollowUp(report=row, days=days, on=on) for days, on in rules.follow_ups(day))
    ReportStep.objects.create(report=row, state=State.RECEIVED, on=day)
    keep_words(row.id, Word.FIRST, words, at, told=text)
    record = {"name": told.name.strip()[:40], "phone": told.phone.strip()[:40]}
    sealed = reporters.seal_record(record, folder=folder(), context=identity_place(row.id))
    SealedIdentity.objects.create(mark=identity_mark(row.id), sealed=sealed)
    for data in pictures:
        box = reporters.seal(data, folder=folder(), context=word_place(row.id))
        kept.append(media.keep(box, folder=FOLDER, suffix=".bin"))
        # Not before it is known: a file that nobody knows is swept away by its age.
        transaction.on_commit(partial(media.stamp, kept[-1], day_of(at)))
        ReportPhoto.objects.create(report=row, path=kept[-1])
    audit.record(by=by, now=at, action="report.filed", target=f"report:{row.id}")
    if text:
        # No message now: its hour would be that of the call. The clock tells the desk.
        ReportStep.objects.create(report=row, state=State.SENT, on=day)


def keep_words(report_id: int, kind: Word, words: str, at: datetime, *, told: str = "") -> None:
    """Seal words of the reporter; `told` when a clerk has put them into others already. Call inside the act."""
    day = local_day(at)
    sealed = reporters.seal_record({"words": words}, folder=folder(), context=word_place(report_id))
    # What a clerk wrote down of the first words is the text of the report itself.
    told_on = day if told else None
    ReportWord.objects.create(report_id=report_id, kind=kind.value, on=day, sealed=sealed, told_on=told_on)
