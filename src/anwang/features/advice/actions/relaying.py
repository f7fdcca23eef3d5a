"""Relaying a notice to enterprises, and the enterprise's own word. A receipt is the record: nobody writes it twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from anwang.domain.advice.notice import BY_SUPERVISOR, NoticeState
from anwang.domain.base import Actor, Refusal, Right, gettext_noop, given, insist
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit

from .. import permissions, queries
from ..models import PolicyNotice, Receipt
from ..queries.relays import mine, receipts

_SLICE = 500
_GONE = gettext_noop("这份通知没有发布或已经收回，不能再标记传达。")


@transaction.atomic
def relay(
    *, by: Actor, now: datetime, notice_id: int, how: str, enterprise_ids: Sequence[int] | None = None
) -> int:  # fmt: skip
    """Mark the notice as relayed to enterprises, or to all of one's own (None). Returns how many were not yet.

    Refuses `not_found`, `how_unknown`, `notice_state`, `not_yours`, `nothing_to_relay`.
    """
    row = _issued(by, notice_id)
    if how not in BY_SUPERVISOR:
        raise Refusal("how_unknown", gettext_noop("请选择传达的方式。"))
    own = set(mine(row, by.person_id, on=local_day(now)).values_list("enterprise_id", flat=True))
    wanted = list(own) if enterprise_ids is None else list(dict.fromkeys(enterprise_ids))
    insist(permissions.may_relay(by, set(wanted) <= own))
    done = 0
    for start in range(0, len(wanted), _SLICE):
        some = wanted[start : start + _SLICE]
        rows = receipts(row, by=by) if not set(some) <= own else Receipt.objects.filter(notice=row)
        open_rows = rows.filter(enterprise_id__in=some, relayed_at__isnull=True)
        keys = list(open_rows.values_list("id", flat=True))
        done += Receipt.objects.filter(id__in=keys, relayed_at__isnull=True).update(
            relayed_at=now, relayed_by_id=by.person_id, relayed_how=how
        )
    if not done:
        raise Refusal("nothing_to_relay", gettext_noop("所选企业都已传达过，或不在这份通知的范围内。"))
    audit.record(by=by, now=now, action="notice.relay", target=f"policynotice:{row.id}", how=how, enterprises=done)
    return done


@transaction.atomic
def unrelay(*, by: Actor, now: datetime, notice_id: int, at: datetime) -> int:
    """Take back what one marked at an instant. Refuses `not_found`, `notice_state`, `nothing_to_relay`."""
    row = _issued(by, notice_id)
    marked = Receipt.objects.filter(notice=row, relayed_by_id=by.person_id, relayed_at=at)
    done = marked.update(relayed_at=None, relayed_by_id=None, relayed_how="")
    if not done:
        raise Refusal("nothing_to_relay", gettext_noop("没有可以撤销的传达标记。"))
    audit.record(by=by, now=now, action="notice.unrelay", target=f"policynotice:{row.id}", enterprises=done)
    return done


@transaction.atomic
def confirm_receipt(*, by: Actor, now: datetime, notice_id: int) -> Receipt:
    """The enterprise says on its page that it has the notice: that counts, whoever relayed it or not.

    Refuses `not_found`, `notice_state`, `already_confirmed`.
    """
    insist(given(by, Right.NOTICES))
    row = _issued(by, notice_id)
    own = Receipt.objects.filter(notice=row, enterprise_id__in=by.territory.enterprises)
    if not own.filter(confirmed_at__isnull=True).update(confirmed_at=now, confirmed_by=by.name):
        raise Refusal("already_confirmed", gettext_noop("本企业已经确认收到。"))
    found = own.get()
    audit.record(
        by=by, now=now, action="notice.confirm", target=f"policynotice:{row.id}", chain=found.county,
        enterprise=found.enterprise_id,
    )  # fmt: skip
    return found


@transaction.atomic
def note_export(*, by: Actor, now: datetime, notice_id: int, rows: int) -> None:
    """A list of receipts was taken away: the trail says by whom and how long it was."""
    audit.record(by=by, now=now, action="notice.export", target=f"policynotice:{notice_id}", rows=rows)


def _issued(by: Actor, notice_id: int) -> PolicyNotice:
    row = queries.notice(notice_id, by=by)
    if row is None:
        raise Refusal("not_found", gettext_noop("没有找到这份通知。"))
    if row.state != NoticeState.ISSUED:
        raise Refusal("notice_state", _GONE)
    return row
