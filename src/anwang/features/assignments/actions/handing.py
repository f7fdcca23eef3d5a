"""Passing enterprises from one person to others: for good, for the days of a leave, and back again (二.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit

from ..models import Assignment, Part
from ..permissions import may_plan
from ..queries.eligible import conflicts_among, eligible_for
from .papers import issue_papers, restore_papers, void_papers

TAKEN = gettext_noop("这些包保关系刚刚被别人改动，本次交接没有办理；请刷新后看最新情况。")


@dataclass(frozen=True, slots=True)
class Passed:
    """One enterprise that changed hands: the assignment that ended (on a leave: goes on), the one that began."""

    enterprise: int
    old: int
    new: Assignment


@transaction.atomic
def pass_on(
    *, by: Actor, now: datetime, post_id: int, on: date, takers: Mapping[int, int], reason: str, leaving: bool = True
) -> list[Passed]:
    """Each enterprise that a post leads goes to the post named in `takers` (enterprise → post) from today, with a
    letter to sign and a sheet to hang; the old pair ends on a day, deputies for it too. `leaving`: what the post is
    joint in, and whom it stands in for, ends as well.

    `takers` must name exactly the enterprises that it leads now: of two who hand over at once, one is refused.
    Refuses `handover_taken`, `not_your_unit`, `person_outside`, `conflict`.
    """
    standing = list(_standing(post_id).select_related("enterprise").select_for_update(of=("self",)))
    standing = [row for row in standing if leaving or row.part == Part.LEAD]
    leads = [row for row in standing if row.part == Part.LEAD]
    posts = _checked(by, now, leads, takers)
    day = local_day(now)
    for row in standing:
        _end(row, min(on, day), reason, now)
    void_papers(by, now, [row.id for row in standing])
    gone = [row.enterprise_id for row in leads]
    _end_deputies(Q(enterprise_id__in=gone) | (Q(post_id=post_id) if leaving else Q(pk__in=[])), day, reason, now)
    _end_other_parts(leads, takers, posts, day, reason, now, by)
    made = _begin([_fresh(row, posts[takers[row.enterprise_id]], day, now) for row in leads])
    issue_papers(by, now, made)
    _tell(by, now, "assign.hand_over", leads, made, reason)
    return [Passed(row.enterprise_id, row.id, new) for row, new in zip(leads, made, strict=True)]


@transaction.atomic
def deputise(
    *, by: Actor, now: datetime, post_id: int, first: date, end: date, takers: Mapping[int, int], reason: str
) -> list[Passed]:
    """For the days [first, end) the posts of `takers` (enterprise → post) stand in for the lead, who stays the lead.

    No paper changes: the lead's letter and sheet stay valid. Refuses as `pass_on`, and `leave_overlaps`.
    """
    leads = list(_standing(post_id).filter(part=Part.LEAD).select_related("enterprise").select_for_update(of=("self",)))
    posts = _checked(by, now, leads, takers)
    overlapping = Assignment.objects.filter(
        part=Part.DEPUTY, enterprise_id__in=list(takers), valid_from__lt=end, valid_to__gt=first
    )
    if overlapping.exists():
        raise Refusal("leave_overlaps", gettext_noop("这段时间已经安排了代理，请先结束原来的代理或改日期。"))
    rows = [_fresh(row, posts[takers[row.enterprise_id]], first, now, Part.DEPUTY, end) for row in leads]
    made = _begin(rows)
    _tell(by, now, "assign.deputise", leads, made, reason)
    return [Passed(row.enterprise_id, row.id, new) for row, new in zip(leads, made, strict=True)]


@transaction.atomic
def end_deputies(*, by: Actor, now: datetime, ids: Sequence[int], on: date, reason: str) -> int:
    """Deputies end on a day instead of later; one whose days have not begun never stood in. Returns how many."""
    rows = list(Assignment.objects.select_for_update().filter(id__in=list(ids), part=Part.DEPUTY, valid_to__gt=on))
    for row in rows:
        stop = max(on, row.valid_from)
        Assignment.objects.filter(id=row.id).update(valid_to=stop, end_reason=reason[:200], ended_at=now)
    if rows:
        audit.record(by=by, now=now, action="assign.deputy_end", deputies=len(rows), on=on, reason=reason)
    return len(rows)


@transaction.atomic
def take_back(*, by: Actor, now: datetime, begun: Sequence[int], ended_at: datetime, post_id: int) -> int:
    """Undo `pass_on` of one moment: what it began never was in force, what it ended goes on with its papers.

    Refuses `handover_moved` when one of those that it began has ended or was signed or posted since.
    """
    rows = list(Assignment.objects.select_for_update().filter(id__in=list(begun)))
    settled = Q(commitments__signed_at__isnull=False) | Q(postings__confirmed_at__isnull=False)
    if any(row.valid_to for row in rows) or Assignment.objects.filter(settled, id__in=list(begun)).exists():
        raise Refusal("handover_moved", gettext_noop("交接之后已签署承诺书、确认公示或又有变动，不能撤销。"))
    for row in rows:
        Assignment.objects.filter(id=row.id).update(
            valid_to=row.valid_from, end_reason=gettext_noop("交接撤销"), ended_at=now
        )
    void_papers(by, now, [row.id for row in rows])
    firms = [row.enterprise_id for row in rows]
    old = Assignment.objects.filter(Q(post_id=post_id) | Q(enterprise_id__in=firms), ended_at=ended_at)
    ids = list(old.exclude(part=Part.DEPUTY).exclude(id__in=list(begun)).values_list("id", flat=True))
    Assignment.objects.filter(id__in=ids).update(valid_to=None, end_reason="", ended_at=None)
    restore_papers(by, now, ids, ended_at)
    audit.record(by=by, now=now, action="assign.hand_back", target=f"post:{post_id}", enterprises=len(rows))
    return len(ids)


def _standing(post_id: int) -> Any:
    return Assignment.objects.filter(post_id=post_id, valid_to__isnull=True).order_by("id")


def _checked(by: Actor, now: datetime, leads: Sequence[Assignment], takers: Mapping[int, int]) -> dict[int, Any]:
    """The posts that take over, by key; every one of them may lead the enterprise that it gets."""
    if {row.enterprise_id for row in leads} != set(takers):
        raise Refusal("handover_taken", TAKEN)
    places = {row.enterprise.place for row in leads}
    eligible = eligible_for(places, on=local_day(now))
    apart = conflicts_among(takers)
    found: dict[int, Any] = {}
    for row in leads:
        decision = may_plan(by, row.enterprise.place)
        if not decision:
            raise Refusal.of(decision)
        wanted = takers[row.enterprise_id]
        post = next((each for each in eligible[row.enterprise.place] if each.id == wanted), None)
        if post is None or post.person_id == row.person_id:
            text = gettext_noop("“%(firm)s”不能交给所选的人：没有管辖它的包保任职，请另选。")
            raise Refusal("person_outside", text, firm=row.enterprise.name)
        if (row.enterprise_id, post.person_id) in apart:
            text = gettext_noop("“%(firm)s”与所选的人须回避，请另选。")
            raise Refusal("conflict", text, firm=row.enterprise.name)
        found[post.id] = post
    return found


def _end(row: Assignment, day: date, reason: str, now: datetime) -> None:
    """Compare-and-set: whoever comes second ends nothing and is told."""
    running = Assignment.objects.filter(id=row.id, valid_to__isnull=True)
    if not running.update(valid_to=max(day, row.valid_from), end_reason=reason[:200], ended_at=now):
        raise Refusal("handover_taken", TAKEN)


def _end_deputies(which: Q, day: date, reason: str, now: datetime) -> None:
    """A new lead needs nobody who stands in for the old one; who has gone stands in for nobody."""
    for row in Assignment.objects.filter(which, part=Part.DEPUTY, valid_to__gt=day):
        Assignment.objects.filter(id=row.id).update(
            valid_to=max(day, row.valid_from), end_reason=reason[:200], ended_at=now
        )


def _end_other_parts(
    leads: Sequence[Assignment], takers: Mapping[int, int], posts: Mapping[int, Any], day: date, reason: str,
    now: datetime, by: Actor,
) -> None:  # fmt: skip
    """Who was joint and leads now is bound once."""
    pairs = Q(pk__in=[])
    for row in leads:
        pairs |= Q(enterprise_id=row.enterprise_id, person_id=posts[takers[row.enterprise_id]].person_id)
    ids = []
    for row in Assignment.objects.filter(pairs, valid_to__isnull=True):
        _end(row, day, reason, now)
        ids.append(row.id)
    void_papers(by, now, ids)


def _fresh(
    row: Assignment, post: Any, day: date, now: datetime, part: str = Part.LEAD, end: date | None = None
) -> Assignment:
    return Assignment(
        enterprise_id=row.enterprise_id, person_id=post.person_id, post_id=post.id, part=part, level=post.level,
        county=row.enterprise.county, township=row.enterprise.township, valid_from=day, valid_to=end, recorded_at=now,
        ended_at=now if end else None,
    )  # fmt: skip


def _begin(rows: list[Assignment]) -> list[Assignment]:
    try:
        with transaction.atomic():
            return Assignment.objects.bulk_create(rows, batch_size=500)
    except IntegrityError:
        raise Refusal("handover_taken", TAKEN) from None


def _tell(
    by: Actor, now: datetime, action: str, leads: Sequence[Assignment], made: Sequence[Assignment], reason: str
) -> None:
    """An event for each enterprise on the chain of its county."""
    chains: dict[int, list[tuple[str, str, dict[str, Any]]]] = {}
    for old, new in zip(leads, made, strict=True):
        facts = {
            "ended" if action == "assign.hand_over" else "lead": old.id, "assignment": new.id, "person": new.person_id,
            "since": new.valid_from, "until": new.valid_to, "reason": reason[:200],
        }  # fmt: skip
        chains.setdefault(new.county, []).append((action, f"enterprise:{old.enterprise_id}", facts))
    for chain, events in sorted(chains.items()):
        audit.record_many(by=by, now=now, events=events, chain=chain)
