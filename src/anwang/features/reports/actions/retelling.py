"""A clerk puts the reporter's words into others; the own ones are not seen again but by the unsealing (red line 4)."""

from __future__ import annotations

from datetime import datetime
from difflib import SequenceMatcher

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import State, Word
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import Report, ReportWord
from ..queries.sealed import own_words
from .steps import step
from .telling import tell_handlers

SHORTEST, LONGEST = 5, 3000
#: As many signs in a row, spaces left out, are the reporter's own words.
COPIED = 16


@transaction.atomic
def retell(*, by: Actor, now: datetime, report_id: int, word_id: int, text: str, photos: bool = False) -> Report:
    """Put one of the reporter's words into others and pass it on; `photos`: handlers may see them.

    Refuses `not_found`, `text_short`, `words_copied`, `word_told` when another clerk was first.
    """
    day = local_day(now)
    row = queries.retold_by(by, day=day).filter(id=report_id).first()
    word = row.words.filter(id=word_id).first() if row else None
    if row is None or word is None:
        raise Refusal.of(permissions.may_handle(False))
    said = _said(text, own_words(word))
    first = word.kind == Word.FIRST
    if not ReportWord.objects.filter(id=word.id, told_on__isnull=True).update(told_on=day, told="" if first else said):
        raise Refusal("word_told", gettext_noop("已由他人改写，请刷新后查看。"))
    if first:
        row = step(row, State.SENT, by=by, now=now, photos_told=photos)
        Report.objects.filter(id=row.id).update(text=said)
    else:
        audit.record(by=by, now=now, action="report.retold", target=f"report:{row.id}")
        if row.state == State.ASKED:
            row = step(row, State.ACCEPTED, by=by, now=now)
    tell_handlers(row, by=by, now=now)
    return Report.objects.get(id=row.id)


def _said(text: str, own: str) -> str:
    said = text.strip()[:LONGEST]
    if len(said) < SHORTEST:
        raise Refusal("text_short", gettext_noop("请用自己的话写明要点。"))
    mine, theirs = "".join(said.split()), "".join(own.split())
    found = SequenceMatcher(None, mine, theirs, autojunk=False).find_longest_match()
    if found.size >= COPIED:
        piece = mine[found.a : found.a + found.size]
        sorry = gettext_noop("“%(piece)s”是举报人的原话，文字习惯会暴露身份，请换一种说法。")
        raise Refusal("words_copied", sorry, piece=piece[:20])
    return said
