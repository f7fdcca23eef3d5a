"""Handing over a post: preview and deed ask the same; open duties move once, with a trace; a day to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from anwang.domain.base import Actor, Reason, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.timeline.handing import ENDING, LEAVE, UNDO, may_begin, planned
from anwang.features.assignments import actions as assignments
from anwang.features.audit import actions as audit
from anwang.features.dispatch import actions as dispatch
from anwang.features.duties import actions as duties
from anwang.features.duties import queries as duty_queries
from anwang.features.grid import actions as grid_actions
from anwang.features.grid import queries as grid
from anwang.features.notices import actions as notices
from anwang.features.notices.actions import Draft

from ..models import Handover, HandoverItem, State, Why
from ..permissions import ends_posts, may_hand_over
from .carrying import BACK, bring_back, carry_along, carry_visits, leaves_due

NOT_FOUND = gettext_noop("没有找到这次交接，或它不在您的网格内。")
TAKER = gettext_noop("%(name)s把 %(firms)d 家企业交接给您，未完成的职责 %(duties)d 项。")
DEPUTY = gettext_noop("%(name)s离岗期间，%(firms)d 家企业由您代理，已转来职责 %(duties)d 项。")
TAKEN = gettext_noop("这次交接刚刚被别人办理或撤销，请刷新后看最新情况。")


@dataclass(frozen=True, slots=True)
class HandoverData:
    """What is asked for. `takers`: enterprise → post that takes it; `until` the day of return from a leave."""

    post_id: int
    kind: str
    on: date
    takers: Mapping[int, int] = field(default_factory=dict)
    until: date | None = None
    note: str = ""
    open_questions: str = ""


@transaction.atomic
def hand_over(*, by: Actor, now: datetime, data: HandoverData) -> Handover:
    """Hand a post's enterprises over, at once or on a day to come; a leave gives them deputies for its days (二.2).

    Refuses `not_found`, `not_your_unit`, `bad_reason`, what `may_begin` refuses, `handover_planned` (another one waits
    for this post), and what `assignments.pass_on`, `assignments.deputise` and ending a post refuse: of two leaders at
    once one is told `handover_taken`.
    """
    post = grid.post_for(by, data.post_id)
    decision = may_hand_over(by, post.unit if post else None)
    if post is None or not decision:
        raise Refusal.of(decision)
    if data.kind not in Why.values:
        raise Refusal("bad_reason", gettext_noop("请选择交接原因。"))
    day = local_day(now)
    decision = may_begin(data.kind, data.on, data.until, post.valid_from, day)
    if not decision:
        raise Refusal.of(decision)
    row = _write_down(by, now, post, data)
    if planned(data.kind, data.on, day):
        _tell(by, now, "handover.plan", row)
        return row
    return carry(by=by, now=now, row=row)


def _write_down(by: Actor, now: datetime, post: Any, data: HandoverData) -> Handover:
    try:
        with transaction.atomic():
            row = Handover.objects.create(
                person_id=post.person_id, post=post, unit=post.unit, kind=data.kind, on=data.on,
                until=data.until if data.kind == LEAVE else None, note=data.note.strip()[:200],
                open_questions=data.open_questions.strip()[:1000], state=State.PLANNED, created_at=now,
                created_by=by.name, user_id=by.user_id,
            )  # fmt: skip
    except IntegrityError:
        text = gettext_noop("这个岗位已有一次待生效的交接，请先撤销它。")
        raise Refusal("handover_planned", text) from None
    posts = {each.id: each for each in grid.posts(on=local_day(now)).filter(id__in=set(data.takers.values()))}
    if missing := set(data.takers.values()) - posts.keys():
        raise Refusal("person_outside", gettext_noop("所选的接收人（%(post)s）已不在任。"), post=min(missing))
    HandoverItem.objects.bulk_create(
        HandoverItem(handover=row, enterprise_id=firm, to_post_id=key, to_person_id=posts[key].person_id)
        for firm, key in data.takers.items()
    )
    return row


def carry(*, by: Actor, now: datetime, row: Handover) -> Handover:
    """Carry a written hand-over out. Call inside a transaction."""
    claimed = Handover.objects.filter(id=row.id, state=State.PLANNED)
    if not claimed.update(state=State.DONE, done_at=now):
        raise Refusal("handover_taken", TAKEN)
    items = list(row.items.all())
    takers = {item.enterprise_id: item.to_post_id for item in items}
    touched = set(takers) | set(duty_queries.held_open(row.person_id, on=local_day(now)))
    reason, day = reason_of(row), local_day(now)
    if row.kind == LEAVE and row.until:
        passed = assignments.deputise(
            by=by, now=now, post_id=row.post_id, first=max(row.on, day), end=row.until, takers=takers, reason=reason
        )
    else:
        passed = assignments.pass_on(
            by=by, now=now, post_id=row.post_id, on=row.on, takers=takers, reason=reason, leaving=row.kind in ENDING
        )
    ended = row.kind in ENDING and ends_posts(by, row.unit)
    if ended:
        grid_actions.end_post(by=by, now=now, post_id=row.post_id, on=row.on, reason=reason)
    duties.settle_changes(by=by, now=now, only=touched, reason=reason)
    _note_down(row, items, passed, now, ended)
    carry_along(by=by, now=now, row=row, reason=reason)
    carry_visits(by=by, now=now, row=row, reason=reason)
    _let_know(by, now, row, items)
    went = {"problems": row.problems, "questions": row.questions, "visits": row.visits}
    _tell(by, now, "handover.do", row, duties=row.duties, **went)
    return row


def _note_down(row: Handover, items: list[HandoverItem], passed: list[Any], now: datetime, ended: bool) -> None:
    """Which assignments ended and began, how many duties moved."""
    moved = duty_queries.moved_at(now, [item.enterprise_id for item in items])
    pairs = {each.enterprise: each for each in passed}
    for item in items:
        pair = pairs[item.enterprise_id]
        item.old_id, item.new_id, item.duties = pair.old, pair.new.id, moved.get(item.enterprise_id, 0)
    HandoverItem.objects.bulk_update(items, ["old", "new", "duties"], batch_size=300)
    Handover.objects.filter(id=row.id).update(duties=sum(moved.values()), post_ended=ended)
    row.refresh_from_db()


def _let_know(by: Actor, now: datetime, row: Handover, items: list[HandoverItem]) -> None:
    """Each taker is told once what came over."""
    drafts = []
    for taker in sorted({item.to_person_id for item in items}):
        mine = [item for item in items if item.to_person_id == taker]
        text = DEPUTY if row.kind == LEAVE else TAKER
        params = {"firms": len(mine), "duties": sum(item.duties for item in mine), "name": row.person.name}
        drafts.append(
            Draft(
                taker, "handover", f"handover:{row.id}:{taker}", Reason("handover.received", text, params, "二.2"),
                link=reverse("handover_received"),
            )
        )  # fmt: skip
    notices.enqueue_many(by=by, now=now, drafts=drafts)


def reason_of(row: Handover) -> str:
    """The words on every trace."""
    label = gettext(Why(row.kind).label)
    return f"{label}{gettext('：')}{row.note}"[:120] if row.note else label


@transaction.atomic
def undo(*, by: Actor, now: datetime, handover_id: int) -> Handover:
    """Take a hand-over back: a planned one at any time, a done one within 24 hours while nothing was signed, posted or
    recorded since. A leave is ended by `end_leave` instead, unless its days have not begun.

    Refuses `not_found`, `not_your_unit`, `handover_taken`, `undo_expired`, `handover_moved`, `leave_running`.
    """
    row = _find(by, handover_id)
    if row.state == State.PLANNED:
        _claim(row, State.PLANNED, now, by)
        _tell(by, now, "handover.cancel", row)
        return _fresh(row)
    if row.kind == LEAVE and row.on <= local_day(now):
        raise Refusal("leave_running", gettext_noop("离岗已经开始，请用“提前返岗”结束代理。"))
    if row.done_at is None or now - row.done_at > UNDO:
        raise Refusal("undo_expired", gettext_noop("已超过 24 小时，不能撤销；请再办一次交接。"))
    _claim(row, State.DONE, now, by)
    items = list(row.items.all())
    firms = [item.enterprise_id for item in items]
    if row.kind == LEAVE:
        assignments.end_deputies(
            by=by, now=now, ids=_new_ids(items), on=local_day(now), reason=gettext_noop("交接撤销")
        )
    else:
        if duty_queries.recorded_since(row.done_at, firms):
            raise Refusal("handover_moved", gettext_noop("交接之后这些企业已有新的督导记录，不能撤销。"))
        assignments.take_back(by=by, now=now, begun=_new_ids(items), ended_at=row.done_at, post_id=row.post_id)
        if row.post_ended:
            grid_actions.reopen_post(by=by, now=now, post_id=row.post_id, ended_on=row.on)
    duties.settle_changes(by=by, now=now, only=firms, reason=gettext_noop("交接撤销"))
    bring_back(by=by, now=now, row=row, reason=gettext_noop("交接撤销"))
    _tell(by, now, "handover.undo", row)
    return _fresh(row)


@transaction.atomic
def end_leave(*, by: Actor, now: datetime, handover_id: int) -> Handover:
    """Back before the end of a leave: deputies end today, what they have not done yet goes back to the lead.

    Refuses `not_found`, `not_your_unit`, `leave_over`.
    """
    row, day = _find(by, handover_id), local_day(now)
    running = Handover.objects.filter(
        id=row.id, kind=LEAVE, state=State.DONE, returned_on=None, on__lte=day, until__gt=day
    )
    if not running.update(returned_on=day):
        raise Refusal("leave_over", gettext_noop("这次离岗没有在进行，或已经结束。"))
    items = list(row.items.all())
    assignments.end_deputies(by=by, now=now, ids=_new_ids(items), on=day, reason=gettext_noop("提前返岗"))
    firms = [item.enterprise_id for item in items]
    duties.settle_changes(by=by, now=now, only=firms, reason=BACK)
    bring_back(by=by, now=now, row=row, reason=BACK)
    _tell(by, now, "handover.return", row)
    return _fresh(row)


def carry_due(*, by: Actor, now: datetime) -> dict[str, list[int]]:
    """Carry out the planned hand-overs whose day has come, each in a transaction of its own; one that cannot be done
    any more is marked with the reason and stays an alarm. What follows a leave goes over on its first day and comes
    back on its last. Idempotent. Returns keys `done`, `failed` and `leaves`."""
    found: dict[str, list[int]] = {"done": [], "failed": [], "leaves": []}
    due = Handover.objects.filter(state=State.PLANNED, on__lte=local_day(now)).order_by("on", "id")
    for row in due.select_related("post"):
        try:
            with transaction.atomic():
                carry(by=by, now=now, row=row)
            found["done"].append(row.id)
        except Refusal as refusal:
            Handover.objects.filter(id=row.id, state=State.PLANNED).update(
                state=State.FAILED, failure=str(refusal)[:200]
            )
            found["failed"].append(row.id)
    for row in leaves_due(local_day(now)):
        with transaction.atomic():
            if row.carried_at is None:
                carry_along(by=by, now=now, row=row, reason=reason_of(row))
            else:
                bring_back(by=by, now=now, row=row, reason=BACK)
        found["leaves"].append(row.id)
    dispatch.return_left(by=by, now=now)
    return found


def _find(by: Actor, handover_id: int) -> Handover:
    row = Handover.objects.filter(id=handover_id).select_related("post", "person").first()
    if row is None or not by.territory.covers(row.unit):
        raise Refusal("not_found", NOT_FOUND)
    decision = may_hand_over(by, row.unit)
    if not decision:
        raise Refusal.of(decision)
    return row


def _claim(row: Handover, state: str, now: datetime, by: Actor) -> None:
    mine = Handover.objects.filter(id=row.id, state=state)
    if not mine.update(state=State.UNDONE, undone_at=now, undone_by=by.name):
        raise Refusal("handover_taken", TAKEN)


def _fresh(row: Handover) -> Handover:
    row.refresh_from_db()
    return row


def _new_ids(items: list[HandoverItem]) -> list[int]:
    return [item.new_id for item in items if item.new_id]


def _tell(by: Actor, now: datetime, action: str, row: Handover, **data: Any) -> None:
    audit.record(
        by=by, now=now, action=action, target=f"handover:{row.id}", chain=grid.facts_of(row.unit)[0],
        person=row.person_id, post=row.post_id, kind=row.kind, on=row.on, until=row.until, **data,
    )  # fmt: skip
