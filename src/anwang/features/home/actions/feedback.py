"""Taking feedback, and answering it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.features.audit import actions as audit

from ..models import Feedback

LONGEST = 2000


def leave_feedback(*, by: Actor | None, now: datetime, page: str, text: str, signed: bool) -> Feedback:
    """Keep a suggestion. `signed`: the name of `by` is kept too; otherwise nobody's."""
    text = text.strip()
    if not text:
        raise Refusal("feedback_empty", gettext_noop("请写下意见或建议再提交。"))
    if len(text) > LONGEST:
        raise Refusal("feedback_long", gettext_noop("最多 %(most)d 字，请精简后再提交。"), most=LONGEST)
    name = by.name if by and signed else ""
    return Feedback.objects.create(page=page.split("?")[0][:200], text=text, name=name, created_at=now)


@transaction.atomic
def answer_feedback(*, by: Actor, now: datetime, feedback_id: int, answer: str) -> Feedback:
    """Write what was done about it; once answered it leaves the open list."""
    if not answer.strip():
        raise Refusal("answer_empty", gettext_noop("请写明处理情况。"))
    open_one = Feedback.objects.filter(id=feedback_id, answered_at__isnull=True)
    if not open_one.update(answer=answer.strip()[:LONGEST], answered_at=now, answered_by=by.name):
        raise Refusal("feedback_answered", gettext_noop("这条意见已经处理。"))
    audit.record(by=by, now=now, action="feedback.answer", target=f"feedback:{feedback_id}")
    return Feedback.objects.get(id=feedback_id)
