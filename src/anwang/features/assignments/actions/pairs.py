"""Who must, and who must not: pins and conflicts of interest (二.2). They hold for every later plan until ended."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.enterprises import queries as enterprises

from ..models import PairRule
from ..permissions import may_plan
from ..queries.eligible import eligible_posts

NOT_FOUND = gettext_noop("没有找到这家企业，或它不在您的网格内。")


@transaction.atomic
def add_pair(*, by: Actor, now: datetime, enterprise_id: int, person_id: int, kind: str, reason: str) -> PairRule:
    """Pin an enterprise to a person (`pin`), or keep them apart (`forbid`). The reason is required and kept.

    Refuses `not_found`, `not_your_unit`, `reason_missing`, `person_outside` (no post of theirs covers the enterprise)
    and `pair_exists`.
    """
    firm = enterprises.find(enterprise_id, by=by)
    if firm is None:
        raise Refusal("not_found", NOT_FOUND)
    decision = may_plan(by, firm.place)
    if not decision:
        raise Refusal.of(decision)
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明理由，今后的方案都会引用它。"))
    posts = eligible_posts(firm.place, on=local_day(now))
    if kind not in ("pin", "forbid") or not any(post.person_id == person_id for post in posts):
        raise Refusal("person_outside", gettext_noop("此人没有管辖该企业的包保任职，请另选一人。"))
    try:
        with transaction.atomic():
            rule = PairRule.objects.create(
                enterprise_id=enterprise_id, person_id=person_id, kind=kind, reason=reason.strip()[:200],
                created_at=now, created_by=by.name,
            )  # fmt: skip
    except IntegrityError:
        text = gettext_noop("这家企业已有指定，或与此人已有一条规则；请先取消原来的一条。")
        raise Refusal("pair_exists", text) from None
    audit.record(
        by=by, now=now, action=f"assign.{kind}", target=f"enterprise:{enterprise_id}", chain=firm.county,
        person=person_id, reason=rule.reason,
    )  # fmt: skip
    return rule


@transaction.atomic
def end_pair(*, by: Actor, now: datetime, rule_id: int) -> PairRule:
    """A pin or conflict holds no longer. Refuses `not_found` and `pair_ended` when somebody was first."""
    rule = PairRule.objects.filter(id=rule_id).first()
    firm = enterprises.find(rule.enterprise_id, by=by) if rule else None
    if rule is None or firm is None:
        raise Refusal("not_found", NOT_FOUND)
    decision = may_plan(by, firm.place)
    if not decision:
        raise Refusal.of(decision)
    if not PairRule.objects.filter(id=rule_id, ended_at=None).update(ended_at=now):
        raise Refusal("pair_ended", gettext_noop("这条规则已经取消。"))
    audit.record(
        by=by, now=now, action=f"assign.{rule.kind}_end", target=f"enterprise:{firm.id}", chain=firm.county,
        person=rule.person_id,
    )  # fmt: skip
    return rule
