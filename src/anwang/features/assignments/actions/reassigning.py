"""Giving one enterprise to one person by hand, with a reason (二.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises
from anwang.features.work import actions as work

from ..models import Assignment, Part
from ..permissions import may_plan
from ..queries.eligible import conflicts_of, eligible_posts
from .adopting import RECONCILE
from .pairs import NOT_FOUND
from .papers import issue_papers, void_papers

_CHANGED = gettext_noop("这家企业的包保人刚刚被别人改动，请刷新后再定。")


@transaction.atomic
def reassign(
    *, by: Actor, now: datetime, enterprise_id: int, post_id: int, reason: str, replaces: int | None
) -> Assignment:
    """Make a post the lead of an enterprise from today; the lead before ends with its papers.

    `replaces` is the lead assignment that the person saw (None: there was none). Refuses `not_found`, `not_operating`,
    `not_your_unit`, `reason_missing`, `person_outside`, `conflict`, `same_person` and `assignment_changed`.
    """
    firm, post = _checked(by, now, enterprise_id, post_id, reason)
    day = local_day(now)
    standing = Assignment.objects.filter(enterprise_id=enterprise_id, valid_to__isnull=True)
    lead = standing.filter(part=Part.LEAD).first()
    if (lead.id if lead else None) != replaces:
        raise Refusal("assignment_changed", _CHANGED)
    if lead is not None and lead.person_id == post.person_id:
        raise Refusal("same_person", gettext_noop("这家企业现在就由此人包保。"))
    ended = [row.id for row in standing if row.part == Part.LEAD or row.person_id == post.person_id]
    for row in standing.filter(id__in=ended):
        stop = max(day, row.valid_from)
        changed = Assignment.objects.filter(id=row.id, valid_to__isnull=True)
        if not changed.update(valid_to=stop, end_reason=reason.strip()[:200], ended_at=now):
            raise Refusal("assignment_changed", _CHANGED)
    void_papers(by, now, ended)
    made = _begin(firm, post, now)
    issue_papers(by, now, [made])
    audit.record(
        by=by, now=now, action="assign.change", target=f"enterprise:{firm.id}", chain=firm.county,
        assignment=made.id, ended=ended, person=post.person_id, reason=reason.strip()[:200],
    )  # fmt: skip
    work.start(by=by, now=now, handler=RECONCILE, label=gettext_noop("移交未完成的职责"), params={})
    return made


def _checked(by: Actor, now: datetime, enterprise_id: int, post_id: int, reason: str) -> tuple[Any, Any]:
    firm = enterprises.find(enterprise_id, by=by)
    if firm is None:
        raise Refusal("not_found", NOT_FOUND)
    decision = may_plan(by, firm.place)
    if not decision:
        raise Refusal.of(decision)
    if firm.status != "operating":
        raise Refusal("not_operating", gettext_noop("这家企业不在正常经营状态，不需要包保人。"))
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明调整的理由。"))
    posts = eligible_posts(firm.place, on=local_day(now))
    post = next((post for post in posts if post.id == post_id), None)
    if post is None:
        raise Refusal("person_outside", gettext_noop("此人没有管辖该企业的包保任职，请另选一人。"))
    if post.person_id in conflicts_of(firm.id):
        raise Refusal("conflict", gettext_noop("此人与这家企业须回避，请另选一人，或先取消回避。"))
    return firm, post


def _begin(firm: Any, post: Any, now: datetime) -> Assignment:
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                enterprise_id=firm.id, person_id=post.person_id, post=post, level=post.level, county=firm.county,
                township=firm.township, valid_from=local_day(now), recorded_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise Refusal("assignment_changed", _CHANGED) from None
