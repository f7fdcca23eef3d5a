"""The person's word, then the leader's; neither changes a record, a count or an assessment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.hints.states import HintState, Outcome, may_explain, may_settle
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import Hint

LONGEST = 500
_MOVED = gettext_noop("这条提示刚刚有了变化，请刷新后再试。")


@transaction.atomic
def explain(*, by: Actor, now: datetime, hint_id: int, text: str) -> Hint:
    """The person says how it came about. Refusals: not_found, not_yours, explanation_missing, explanation_long,
    hint_settled, hint_moved."""
    row = _found(by, now, hint_id, permissions.may_explain)
    insist(may_explain(HintState(row.state)))
    said = text.strip()
    if len(said) < 2:
        raise Refusal("explanation_missing", gettext_noop("请写一句说明。"))
    if len(said) > LONGEST:
        raise Refusal("explanation_long", gettext_noop("说明请不超过 %(n)s 字。"), n=LONGEST)
    _move(row, state=HintState.EXPLAINED, explanation=said, explained_at=now)
    _trail(by, now, "hint.explain", row)
    return row


@transaction.atomic
def settle(*, by: Actor, now: datetime, hint_id: int, outcome: Outcome, note: str = "") -> Hint:
    """The leader settles it. Refusals: not_found, not_leader, own_hint, hint_early, hint_settled, hint_moved."""
    row = _found(by, now, hint_id, permissions.may_settle)
    insist(may_settle(HintState(row.state), row.leader_from, local_day(now)))
    done = {"outcome": outcome, "settle_note": note.strip()[:200], "settled_at": now, "settled_by": by.name[:60]}
    _move(row, state=HintState.SETTLED, **done)
    _trail(by, now, "hint.settle", row, outcome=outcome)
    return row


@transaction.atomic
def reopen(*, by: Actor, now: datetime, hint_id: int) -> Hint:
    """It was settled by mistake. Refusals: not_found, not_leader, own_hint, hint_open, hint_moved."""
    row = _found(by, now, hint_id, permissions.may_settle)
    if row.state != HintState.SETTLED:
        raise Refusal("hint_open", gettext_noop("这条提示还没有了结。"))
    back = HintState.EXPLAINED if row.explained_at else HintState.SHOWN
    _move(row, state=back, outcome="", settle_note="", settled_at=None, settled_by="")
    _trail(by, now, "hint.reopen", row)
    return row


def _found(by: Actor, now: datetime, hint_id: int, may: Any) -> Hint:
    row = queries.find(hint_id, by=by, on=local_day(now), leads=permissions.leads(by))
    insist(may(by, row.person_id if row else None))
    if row is None:
        raise Refusal("not_found", permissions.NOT_FOUND)
    return row


def _move(row: Hint, **values: Any) -> None:
    """By compare-and-set on the state that was read: of two that settle, one is told."""
    if not Hint.objects.filter(id=row.id, state=row.state).update(**values):
        raise Refusal("hint_moved", _MOVED)
    for name, value in values.items():
        setattr(row, name, value)


def _trail(by: Actor, now: datetime, action: str, row: Hint, **data: Any) -> None:
    audit.record(by=by, now=now, action=action, target=f"hint:{row.id}", chain=row.county, kind=row.kind, **data)
