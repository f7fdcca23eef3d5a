"""A question never waits for somebody who has left: it goes on to who leads the enterprise now, with its first date."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.advice.question import OPEN
from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.assignments import queries as assignments

from ..models import Question, Step
from ..queries.questions import left_behind, person_words, unit_words
from .asking import tell_audit, trace

REASON = gettext_noop("原办理人已离任，转由现主包保人办理；期限不变。")


@transaction.atomic
def settle_questions(*, by: Actor, now: datetime) -> int:
    """Move open questions whose holder holds no post any more to the lead of the enterprise, else to the office of its
    township. Run as often as wanted; returns how many moved."""
    rows = list(left_behind(local_day(now)))
    led = assignments.leads(on=local_day(now), enterprises={row.enterprise_id for row in rows}) if rows else {}
    return sum(_move(by, now, row, led.get(row.enterprise_id)) for row in rows)


def _move(by: Actor, now: datetime, row: Question, lead: object) -> int:
    person: int | None = getattr(lead, "person_id", None)
    unit = None if person else row.township * 1000
    held = Question.objects.filter(id=row.id, state__in=OPEN, holder_person_id=row.holder_person_id)
    if not held.update(holder_person_id=person, holder_unit=unit):
        return 0
    before = person_words(row.holder_person_id or 0)
    after = person_words(person) if person else unit_words(unit or 0)
    trace(by, now, row, Step.PASSED, from_name=before, to_name=after, text=REASON)
    tell_audit(by, now, "question.settle", row, to=person or unit)
    return 1
