"""Questions go with the enterprise when who has them leaves or is on leave; the first asked and the last day stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from anwang.domain.advice.question import OPEN
from anwang.domain.base import Actor

from ..models import Question, QuestionStep, Step
from ..queries.questions import person_words
from .asking import tell_audit, trace


@transaction.atomic
def hand_over(
    *, by: Actor, now: datetime, from_person: int, takers: Mapping[int, int], reason: str,
    moved_at: datetime | None = None,
) -> dict[int, int]:  # fmt: skip
    """The open questions of enterprises go from one who has them to others (`takers`: enterprise → person), each once,
    with a step of its trace. Undo: the same with the persons exchanged and `moved_at`, the `now` of the hand-over,
    which takes back only what was moved then.

    Returns enterprise → how many moved, only those that did; a second call moves nothing. No refusals.
    """
    rows = Question.objects.filter(enterprise_id__in=list(takers), holder_person_id=from_person, state__in=OPEN)
    if moved_at is not None:
        steps = QuestionStep.objects.filter(kind=Step.PASSED, at=moved_at)
        rows = rows.filter(id__in=steps.values("question_id"))
    moved: dict[int, int] = {}
    for row in rows.order_by("id"):
        taker = takers[row.enterprise_id]
        held = Question.objects.filter(id=row.id, state__in=OPEN, holder_person_id=from_person)
        if taker == from_person or not held.update(holder_person_id=taker):
            continue
        names = {"from_name": person_words(from_person), "to_name": person_words(taker)}
        trace(by, now, row, Step.PASSED, **names, text=reason)
        tell_audit(by, now, "question.hand_over", row, to=taker)
        moved[row.enterprise_id] = moved.get(row.enterprise_id, 0) + 1
    return moved
