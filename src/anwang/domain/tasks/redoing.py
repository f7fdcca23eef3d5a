"""Taking a "done" back: the doer one that was a mistake, the sender one that will not do. No clock starts anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from anwang.domain.base import ALLOWED, Decision, gettext_noop, refuse

from .states import State

CLAUSE = "附件4.8"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides: the receipt's state and the day it ended; `below`: it is done because those below are done.

    `accepted`: who accepted it or a receipt above it, nothing where nobody did; `over`: the task, or a level above,
    was withdrawn or is done by others.
    """

    state: State
    ended: date | None
    accepted: str = ""
    below: bool = False
    over: bool = False


def _may_go_on(standing: Standing) -> Decision:
    if standing.state is not State.DONE:
        text = gettext_noop("这份回执现在是“%(state)s”，不是已办结，请刷新页面看最新情况。")
        return refuse("task_moved_on", text, clause=CLAUSE, state=standing.state.label)
    if standing.over:
        text = gettext_noop("任务已撤回，或上级已由他人办结，不用再办。")
        return refuse("task_over", text, clause=CLAUSE)
    if standing.below:
        text = gettext_noop("这份回执是下级全部办结后自动办结的，请对下级的回执办理。")
        return refuse("done_below", text, clause=CLAUSE)
    return ALLOWED


def may_retract(standing: Standing, today: date, days: int) -> Decision:
    """撤销办结 by the doer: inside the policy's `days`, and until it was accepted."""
    if not (decision := _may_go_on(standing)):
        return decision
    if standing.accepted:
        text = gettext_noop("%(who)s 已核收，不能自己撤销；请交办人退回重办。")
        return refuse("task_accepted", text, clause=CLAUSE, who=standing.accepted)
    if standing.ended is None or today > standing.ended + timedelta(days=days):
        text = gettext_noop("办结超过 %(days)s 天，不能自己撤销；请交办人退回重办。")
        return refuse("retract_late", text, clause=CLAUSE, days=days)
    return ALLOWED


def may_redo(standing: Standing) -> Decision:
    """退回重办 by a sender: at any time while the task is not over. What a level above accepted, that level reopens:
    `accepted` here is who accepted above the one who asks."""
    if not (decision := _may_go_on(standing)):
        return decision
    if standing.accepted:
        text = gettext_noop("%(who)s 已核收，须由其退回重办。")
        return refuse("task_accepted", text, clause=CLAUSE, who=standing.accepted)
    return ALLOWED


def restored(*, received: bool, handed: bool, returned: bool) -> State:
    """The state that a receipt has again when the one who had done it for all takes that back."""
    if handed:
        return State.HANDED
    if returned:
        return State.RETURNED
    return State.RECEIVED if received else State.ISSUED
