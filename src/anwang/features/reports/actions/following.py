"""The reporter speaks again, by the receipt's code: more words, "not solved", whether anybody retaliated."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import State, Word, may_become
from anwang.features.audit import actions as audit

from ..models import FollowUp, Report, ReportWord
from ..queries.national import national_line
from ..queries.receipts import by_code
from .filing import LONGEST, keep_words
from .quiet import REPORTER, day_of
from .steps import step

#: Words of one report that may wait for a clerk at once.
WAITING_MOST = 10


@transaction.atomic
def reply(*, by: Actor, now: datetime, code: str, words: str, unsolved: bool) -> bool:
    """Add words; `unsolved` opens an answered or closed report again. False for an unknown code.

    Refuses `words_missing`, `words_many`.
    """
    row, at = by_code(code), day_of(now)
    if row is None:
        return False
    words = words.strip()[:LONGEST]
    opens = unsolved and bool(may_become(State(row.state), State.REOPENED))
    if not words and not opens:
        raise Refusal("words_missing", gettext_noop("请写明要补充的内容，一句话也可以。"))
    if opens:
        row = step(row, State.REOPENED, by=REPORTER, now=at, closed_on=None)
    if words:
        _keep(row, Word.UNSOLVED if unsolved else Word.MORE, words, at)
    return True


@transaction.atomic
def say_retaliation(*, by: Actor, now: datetime, code: str, retaliated: bool, words: str = "") -> bool:
    """Answer the question after retaliation; a yes stays marked on the report. False for an unknown code."""
    row, at = by_code(code), day_of(now)
    if row is None:
        return False
    day = local_day(at)
    last = FollowUp.objects.filter(report=row, on__lte=day, settled_on__isnull=True).order_by("days").last()
    last = last or FollowUp.objects.filter(report=row, settled_on__isnull=True).order_by("days").first()
    if last is not None:
        shown = {"opened_on": day} if retaliated else {}
        FollowUp.objects.filter(id=last.id).update(retaliated=retaliated, **shown)
    if retaliated:
        Report.objects.filter(id=row.id).update(retaliated=True)
        if words.strip():
            _keep(row, Word.RETALIATION, words.strip()[:LONGEST], at)
    audit.record(by=REPORTER, now=at, action="report.safety", target=f"report:{row.id}")
    return True


def _keep(row: Report, kind: Word, words: str, at: datetime) -> None:
    if ReportWord.objects.filter(report=row, told_on__isnull=True).count() >= WAITING_MOST:
        sorry = gettext_noop("前面的补充还在改写，请过几天再写；紧急情况请拨打 %(line)s 或 110。")
        raise Refusal("words_many", sorry, line=national_line(local_day(at)))
    keep_words(row.id, kind, words, at)
    audit.record(by=REPORTER, now=at, action="report.said", target=f"report:{row.id}")
