"""The desk accepts a report, asks its reporter, answers, closes it with a result, asks after retaliation (三.4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import State
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import FollowUp, Report
from .steps import step

SHORTEST, LONGEST = 5, 2000


@transaction.atomic
def accept(*, by: Actor, now: datetime, report_id: int) -> Report:
    """受理. Refuses `not_found`, `report_state`."""
    return step(_mine(by, now, report_id), State.ACCEPTED, by=by, now=now, handling=True)


@transaction.atomic
def ask(*, by: Actor, now: datetime, report_id: int, text: str) -> Report:
    """Ask the reporter, who reads it by the code. Refuses `not_found`, `report_state`, `text_short`."""
    said = _said(text, gettext_noop("请写明要问举报人什么；不要问姓名、电话、岗位。"))
    return step(_mine(by, now, report_id), State.ASKED, by=by, now=now, text=said, handling=True)


@transaction.atomic
def answer(*, by: Actor, now: datetime, report_id: int, text: str) -> Report:
    """Answer; the reporter reads it by the code. Refuses `not_found`, `report_state`, `text_short`."""
    said = _said(text, gettext_noop("请写明核实的情况。"))
    return step(_mine(by, now, report_id), State.ANSWERED, by=by, now=now, text=said, handling=True)


@transaction.atomic
def close(*, by: Actor, now: datetime, report_id: int, text: str) -> Report:
    """办结 with its result. Refuses `not_found`, `report_state`, `text_short`."""
    said = _said(text, gettext_noop("请写明处理结果。"))
    day = local_day(now)
    return step(_mine(by, now, report_id), State.CLOSED, by=by, now=now, text=said, handling=True, closed_on=day)


@transaction.atomic
def settle_follow_up(*, by: Actor, now: datetime, report_id: int, follow_up_id: int, note: str) -> FollowUp:
    """What was done about a due question after retaliation. Refuses `not_found`, `text_short`, `follow_settled`."""
    row = _mine(by, now, report_id)
    said = _said(note, gettext_noop("请写明了解到的情况。"))
    open_ = FollowUp.objects.filter(id=follow_up_id, report=row, opened_on__isnull=False, settled_on__isnull=True)
    if not open_.update(settled_on=local_day(now), note=said):
        raise Refusal("follow_settled", gettext_noop("这次回访还没有到期，或已经办理。"))
    audit.record(by=by, now=now, action="report.followed", target=f"report:{row.id}")
    return FollowUp.objects.get(id=follow_up_id)


def _said(text: str, sorry: str) -> str:
    said = text.strip()[:LONGEST]
    if len(said) < SHORTEST:
        raise Refusal("text_short", sorry)
    return said


def _mine(by: Actor, now: datetime, report_id: int) -> Report:
    row = queries.handled_by(by, day=local_day(now)).filter(id=report_id).first()
    if row is None:
        raise Refusal.of(permissions.may_handle(False))
    return row
