"""A question is asked: it belongs to the first asked from that moment (附件4.1 首问负责)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.domain.advice.question import Asked
from anwang.domain.base import Actor, Refusal, Right, gettext_noop, given, insist
from anwang.domain.calendar import local_day
from anwang.features.assignments import queries as assignments
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.policies import queries as policies

from .. import permissions
from ..models import Question, QuestionStep, Step
from ..queries.questions import person_words
from ..queries.rules import answer_due
from ..queries.who import is_enterprise

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it was asked. `first` is who was asked first; `client_id` makes a second sending the same one."""

    client_id: UUID
    enterprise: int
    text: str
    first: int
    channel: Asked = Asked.PAGE
    asker: str = ""
    asker_phone: str = ""


@transaction.atomic
def ask(*, by: Actor, now: datetime, data: Asking) -> Question:
    """Record a question; its last day is so many workdays after today and never moves.

    Refuses `not_found`, `not_bound`, `not_yours`, `text_missing`, `question_conflict` (same id, other words).
    """
    if known := Question.objects.filter(client_id=data.client_id).first():
        return _again(known, data)
    insist(given(by, Right.ASK))
    day = local_day(now)
    firm = enterprises.find(data.enterprise, by=by)
    bound = assignments.is_bound(data.first, data.enterprise, on=day)
    own = data.first == by.person_id
    if firm is None or not (decision := permissions.may_ask(by, True, bound, own)):
        raise Refusal.of(decision if firm else permissions.may_ask(by, False, bound, own))
    text = written(data.text)
    held = assignments.of_person(data.first, on=day).filter(enterprise_id=firm.id).first()
    asker = by.name if is_enterprise(by) else data.asker.strip()
    row = Question.objects.create(
        client_id=data.client_id, enterprise_id=firm.id, county=firm.county, township=firm.township, text=text,
        channel=Asked.PAGE if is_enterprise(by) else data.channel, asker=asker[:60],
        asker_phone=data.asker_phone.strip()[:40], asked_at=now, recorded_by=by.name, first_person_id=data.first,
        first_post_id=held.post_id if held else by.post_id if own else None, holder_person_id=data.first,
        due=answer_due(day), policy_version=policies.current().version,
    )  # fmt: skip
    trace(by, now, row, Step.ASKED, to_name=person_words(data.first))
    tell_audit(by, now, "question.ask", row, first=data.first, channel=row.channel, due=row.due)
    return row


def _again(known: Question, data: Asking) -> Question:
    if (known.enterprise_id, known.text) != (data.enterprise, data.text.strip()):
        raise Refusal("question_conflict", gettext_noop("同一编号的问题已经登记而内容不同，请刷新后重新填写。"))
    return known


def written(text: str) -> str:
    """What somebody has written, neither nothing nor endless. Refuses `text_missing`, `text_long`."""
    text = text.strip()
    if not text:
        raise Refusal("text_missing", gettext_noop("请写明内容。"))
    if len(text) > LONGEST:
        raise Refusal("text_long", gettext_noop("内容超过 %(most)s 字，请写得短些。"), most=LONGEST)
    return text


def trace(
    by: Actor, now: datetime, row: Question, kind: Step, *, from_name: str = "", to_name: str = "", text: str = ""
) -> None:
    """One step of the trace, in the transaction of the act."""
    QuestionStep.objects.create(
        question=row, kind=kind, at=now, by=by.name, from_name=from_name[:80], to_name=to_name[:80], text=text
    )


def tell_audit(by: Actor, now: datetime, action: str, row: Question, **data: object) -> None:
    """The act in the trail of the county; what the enterprise wrote stays out of it."""
    audit.record(
        by=by, now=now, action=action, target=f"question:{row.id}", chain=row.county, enterprise=row.enterprise_id,
        **data,
    )  # fmt: skip
