"""Asked and answered in one talk, as on the telephone: one form, one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.advice.question import OPEN
from anwang.domain.base import Actor

from ..models import Question
from .answering import answer
from .asking import Asking, ask


@transaction.atomic
def ask_at_once(*, by: Actor, now: datetime, data: Asking, reply: str) -> Question:
    """Record a question with the answer that was given at once; the asker knows it. Refuses as `ask`, `answer`.

    Without a reply it is only recorded.
    """
    row = ask(by=by, now=now, data=data)
    if not reply.strip() or row.state not in OPEN:
        return row
    return answer(by=by, now=now, question_id=row.id, text=reply, told=data.channel)
