"""What was kept for a purpose goes when the purpose is over: the number to call an asker back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from anwang.domain.advice.question import State
from anwang.domain.base import Actor
from anwang.features.audit import actions as audit

from ..models import Question

#: As the register of personal data says: 办结后 1 年.
KEPT = timedelta(days=365)


@transaction.atomic
def forget_numbers(*, by: Actor, now: datetime) -> int:
    """Delete the telephone numbers of questions that were settled a year ago or more. Returns how many."""
    settled = Q(state=State.TOLD, told_at__lt=now - KEPT) | Q(state=State.WITHDRAWN, asked_at__lt=now - KEPT)
    gone = Question.objects.filter(settled).exclude(asker_phone="").update(asker_phone="")
    if gone:
        audit.record(by=by, now=now, action="question.forget", numbers=gone)
    return gone
