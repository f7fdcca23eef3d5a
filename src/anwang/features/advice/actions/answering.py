"""Answering, telling, and what the asker says of it. An answer stands in the ledger of duties as N7.1 at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from anwang.domain.advice.notice import How
from anwang.domain.advice.question import OPEN, State, may_move
from anwang.domain.base import SYSTEM, Actor, Decision, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import Form
from anwang.features.duties import actions as duties
from anwang.features.duties.actions import ContactData, Entry

from .. import permissions, queries
from ..models import Question, Step
from ..queries.questions import people_of
from ..queries.who import is_enterprise
from .asking import tell_audit, trace, written

FIRST_ASKED = "N7.1"
#: Answers as records have ids of their own, made from the question: sent twice, they are one record.
_RECORDS = UUID("6d0d5f0e-31a6-4a53-9d56-3c1f2b7a9e10")
_TOLD_HOW = frozenset(How)


@transaction.atomic
def answer(
    *, by: Actor, now: datetime, question_id: int, text: str, round: int | None = None, told: str = ""
) -> Question:
    """Answer a question; `told` (a How) when the asker knows the answer already. One of two at once wins.

    Refuses `not_found`, `not_yours`, `text_missing`, `question_answered` (somebody was first: the words can be added).
    """
    row = _allowed(by, question_id)
    text = written(text)
    how = How(told) if told in _TOLD_HOW else None
    person = by.person_id or row.holder_person_id or row.first_person_id
    waiting = Question.objects.filter(id=row.id, state__in=OPEN, round=round or row.round)
    done = waiting.update(
        state=State.TOLD if how else State.ANSWERED, answer=text, answered_at=now, answered_by_id=person,
        told_at=now if how else None, told_how=how or "",
    )  # fmt: skip
    if not done:
        raise Refusal("question_answered", gettext_noop("这个问题刚由他人答复。您写的内容还在，可作为补充答复提交。"))
    contact = _record(by, now, row, person, text)
    Question.objects.filter(id=row.id).update(contact_id=contact)
    trace(by, now, row, Step.ANSWERED, text=text)
    if how:
        trace(by, now, row, Step.TOLD, text=how.label)
    tell_audit(by, now, "question.answer", row, round=row.round, contact=contact, told=how or "")
    row.refresh_from_db()
    return row


def _record(by: Actor, now: datetime, row: Question, person: int, text: str) -> int:
    """The answer as a consultation of whoever gave it. Passing on gave the right to it, so no bond is asked for."""
    data = ContactData(
        client_id=uuid5(_RECORDS, f"{row.client_id}:{row.round}"), enterprise=row.enterprise_id, person=person,
        form=Form.CONSULTATION, occurred_on=local_day(now), with_whom=row.asker,
        entries=(Entry(FIRST_ASKED, None, {"question": row.text, "reply": text}),), captured_at=now,
    )  # fmt: skip
    return int(duties.record_contact(by=_for(by), now=now, data=data).contact.id)


def _for(by: Actor) -> Actor:
    """The person in the trail, with the reach that the question itself has given."""
    return replace(SYSTEM, name=by.name, user_id=by.user_id, person_id=by.person_id, post_id=by.post_id)


@transaction.atomic
def add(*, by: Actor, now: datetime, question_id: int, text: str) -> Question:
    """Add to an answer that stands: it is shown below it. Refuses `not_found`, `not_yours`, `question_state`."""
    row = _allowed(by, question_id)
    text = written(text)
    standing = Question.objects.filter(id=row.id, state__in=[State.ANSWERED, State.TOLD])
    # The asker is told anew: what was added later is not yet known.
    if not standing.update(state=State.ANSWERED, told_at=None, told_how=""):
        raise _refused(row, State.TOLD)
    trace(by, now, row, Step.ADDED, text=text)
    tell_audit(by, now, "question.add", row)
    row.refresh_from_db()
    return row


@transaction.atomic
def tell(*, by: Actor, now: datetime, question_id: int, how: str) -> Question:
    """The asker has the answer: told by phone or in person, or the enterprise says on its page that it has it.

    Refuses `not_found`, `not_yours`, `how_unknown`, `question_state`.
    """
    row = _seen(by, question_id, permissions.may_speak_for_asker)
    how = How.PAGE if is_enterprise(by) else how
    if how not in _TOLD_HOW:
        raise Refusal("how_unknown", gettext_noop("请选择告知的方式。"))
    if not Question.objects.filter(id=row.id, state=State.ANSWERED).update(state=State.TOLD, told_at=now, told_how=how):
        raise _refused(row, State.TOLD)
    trace(by, now, row, Step.TOLD, text=How(how).label)
    tell_audit(by, now, "question.tell", row, how=how)
    row.refresh_from_db()
    return row


@transaction.atomic
def reopen(*, by: Actor, now: datetime, question_id: int, reason: str) -> Question:
    """The asker says that this is no answer: the question is open again from its first date, and the record of the
    answer counts no longer. Refuses `not_found`, `not_yours`, `text_missing`, `question_state`."""
    row = _seen(by, question_id, permissions.may_speak_for_asker)
    reason = written(reason)
    answered = Question.objects.filter(id=row.id, state__in=[State.ANSWERED, State.TOLD], round=row.round)
    if not answered.update(state=State.REOPENED, round=F("round") + 1, told_at=None, told_how=""):
        raise _refused(row, State.REOPENED)
    if row.contact_id:
        _void(by, now, row.contact_id)
    trace(by, now, row, Step.REOPENED, text=reason)
    tell_audit(by, now, "question.reopen", row, round=row.round + 1)
    row.refresh_from_db()
    return row


def _void(by: Actor, now: datetime, contact: int) -> None:
    try:
        duties.void_contact(by=_for(by), now=now, contact_id=contact, reason="企业表示没有解答，等待再次答复")
    except Refusal as refusal:
        if refusal.code != "contact_void":  # withdrawn before, by hand: nothing is left to take back
            raise


@transaction.atomic
def withdraw(*, by: Actor, now: datetime, question_id: int, reason: str) -> Question:
    """Asked or recorded in error. Refuses `not_found`, `not_yours`, `text_missing`, `question_state`."""
    row = _seen(by, question_id, permissions.may_speak_for_asker)
    reason = written(reason)
    if not Question.objects.filter(id=row.id, state=State.WAITING).update(state=State.WITHDRAWN):
        raise _refused(row, State.WITHDRAWN)
    trace(by, now, row, Step.WITHDRAWN, text=reason)
    tell_audit(by, now, "question.withdraw", row)
    row.refresh_from_db()
    return row


def _refused(row: Question, to: State) -> Refusal:
    """Why a compare-and-set found nothing: said of the row as it is now."""
    row.refresh_from_db(fields=["state"])
    decision = may_move(State(row.state), to)
    if decision:
        return Refusal("question_state", gettext_noop("这个问题刚被别人办理，请刷新后查看。"))
    return Refusal.of(decision)


def _allowed(by: Actor, question_id: int) -> Question:
    return _seen(by, question_id, permissions.may_work)


def _seen(by: Actor, question_id: int, rule: Callable[..., Decision]) -> Question:
    row = queries.question(question_id, by=by)
    decision = rule(by, people_of(row))
    if row is None or not decision:
        raise Refusal.of(decision)
    return row
