"""The desk above takes a complaint up and answers it, within the policy's days (四.4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.discipline.complaints import State

from .. import permissions, queries
from ..models import Complaint
from .steps import step
from .telling import tell_enterprise

SHORTEST = 5


@transaction.atomic
def take_complaint(*, by: Actor, now: datetime, complaint_id: int) -> Complaint:
    """Take it up. Refuses `not_found`, `complaint_state`."""
    return step(_mine(by, now, complaint_id), State.TAKEN, by=by, now=now, handling=True)


@transaction.atomic
def answer_complaint(*, by: Actor, now: datetime, complaint_id: int, text: str) -> Complaint:
    """Answer; the enterprise reads it at once. Refuses `not_found`, `complaint_state`, `answer_missing`."""
    row = _mine(by, now, complaint_id)
    if len(text.strip()) < SHORTEST:
        raise Refusal("answer_missing", gettext_noop("请写明核实的情况和处理结果。"))
    to = State.FINAL if row.state == State.RAISED else State.ANSWERED
    answered = step(row, to, by=by, now=now, text=text.strip()[:2000], handling=True)
    tell_enterprise(answered, by=by, now=now)
    return answered


def _mine(by: Actor, now: datetime, complaint_id: int) -> Complaint:
    row = queries.handled_by(by, day=local_day(now)).filter(id=complaint_id).first()
    if row is None:
        raise Refusal.of(permissions.may_handle(False))
    return row
