"""Posts: begun, corrected, ended. Who serves where decides what a person sees (二.2, 三.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import level_of
from anwang.domain.grid.offices import ADMINISTRATOR_KINDS, may_date, may_end, may_hold, powers_apart
from anwang.features.audit import actions as audit

from ..models import Leadership, Post, Sponsorship
from ..permissions import may_keep_post
from ..queries import facts_of
from ..queries.territory import FIRM


@dataclass(frozen=True, slots=True)
class PostData:
    """A post to begin. `unit` is a 12-digit code, `expertise` industry codes, `kind` a PostKind.

    `rights` (base.Right) and `given_by` (a person's key) are those of an enterprise's staff.
    """

    person_id: int
    kind: str
    unit: int
    valid_from: date
    organisation: str = ""
    title: str = ""
    is_office: bool = False
    is_supervisor: bool = True
    expertise: tuple[str, ...] = ()
    enterprise_id: int | None = None
    valid_to: date | None = None
    rights: tuple[str, ...] = ()
    given_by: int | None = None


def _check(by: Actor, now: datetime, data: PostData) -> None:
    insist(may_keep_post(by, data.kind, data.unit))
    insist(may_hold(data.kind, data.unit))
    insist(may_date(data.valid_from, local_day(now)))
    if (data.kind in FIRM) != (data.enterprise_id is not None) or (data.kind == "staff") != (data.given_by is not None):
        raise Refusal("post_enterprise", gettext_noop("企业主要负责人的任职必须对应一家企业，其他任职不对应企业。"))
    if data.kind in ADMINISTRATOR_KINDS:
        held = Post.objects.filter(person_id=data.person_id, valid_to=None).values_list("kind", flat=True)
        insist(powers_apart(data.kind, held))


def _row(data: PostData, now: datetime) -> Post:
    county, township = facts_of(data.unit)
    level = "enterprise" if data.kind in FIRM else str(level_of(data.unit))
    supervises = data.is_supervisor and data.kind not in ADMINISTRATOR_KINDS.union(FIRM)
    return Post(
        person_id=data.person_id, kind=data.kind, level=level, unit=data.unit, county=county, township=township,
        organisation=data.organisation, title=data.title, is_office=data.is_office, is_supervisor=supervises,
        expertise=list(data.expertise), enterprise_id=data.enterprise_id, valid_from=data.valid_from,
        valid_to=data.valid_to, rights=list(data.rights), given_by_id=data.given_by, recorded_at=now,
    )  # fmt: skip


@transaction.atomic
def create_posts(*, by: Actor, now: datetime, rows: Sequence[PostData]) -> list[Post]:
    """Begin posts in bulk, in the order given.

    Refuses `not_your_unit`, `administrator_posts`, `post_level`, `date_range`, `post_enterprise`,
    `administrators_separate`.
    """
    for data in rows:
        _check(by, now, data)
    made = Post.objects.bulk_create([_row(data, now) for data in rows], batch_size=1000)
    target = f"post:{made[0].id}" if len(made) == 1 else ""
    facts: dict[str, Any] = {}
    if len(made) == 1:
        facts = {"kind": made[0].kind, "unit": made[0].unit, "person": made[0].person_id}
    audit.record(by=by, now=now, action="post.create", target=target, posts=len(made), **facts)
    return made


@transaction.atomic
def change_post(
    *, by: Actor, now: datetime, post_id: int, organisation: str, title: str, is_office: bool, is_supervisor: bool,
    expertise: tuple[str, ...] = (),
) -> Post:  # fmt: skip
    """Correct what a post is called and covers. Unit, kind and dates are history: end it and begin another."""
    post = Post.objects.select_for_update().get(id=post_id)
    insist(may_keep_post(by, post.kind, post.unit))
    new = {
        "organisation": organisation,
        "title": title,
        "is_office": is_office,
        "is_supervisor": is_supervisor and post.kind not in ADMINISTRATOR_KINDS.union(FIRM),
        "expertise": list(expertise),
    }
    changed: dict[str, Any] = {name: value for name, value in new.items() if getattr(post, name) != value}
    for name, value in changed.items():
        setattr(post, name, value)
    post.save(update_fields=list(new))
    audit.record(by=by, now=now, action="post.change", target=f"post:{post.id}", **changed)
    return post


@transaction.atomic
def end_post(*, by: Actor, now: datetime, post_id: int, on: date, reason: str) -> Post:
    """End a post on a day: from that day on it gives no access; its leaderships and sponsorships end with it.

    Refuses `reason_missing`, `already_ended`, `end_before_start`, `date_range`, `own_last_post`.
    """
    post = Post.objects.select_for_update().get(id=post_id)
    insist(may_keep_post(by, post.kind, post.unit))
    insist(may_end(post.valid_from, on, local_day(now)))
    if not reason.strip():
        raise Refusal("reason_missing", gettext_noop("请写明终止任职的原因，例如：调离、退休。"))
    if post.valid_to is not None and (post.kind != "staff" or post.valid_to <= on):
        raise Refusal("already_ended", gettext_noop("这项任职已于 %(day)s 终止。"), day=post.valid_to)
    if post.id == by.post_id:
        raise Refusal("own_post", gettext_noop("不能终止自己正在使用的任职，请由他人办理。"))
    post.valid_to, post.end_reason = on, reason.strip()[:120]
    post.save(update_fields=["valid_to", "end_reason"])
    for model in (Leadership, Sponsorship):
        model.objects.filter(post=post, valid_to=None, valid_from__gt=on).delete()
        model.objects.filter(post=post, valid_to=None).update(valid_to=on)
    audit.record(by=by, now=now, action="post.end", target=f"post:{post.id}", on=on, reason=post.end_reason)
    return post


@transaction.atomic
def reopen_post(*, by: Actor, now: datetime, post_id: int, ended_on: date) -> Post:
    """Take the end of a post back, with the leaderships and sponsorships that ended with it. Refuses `post_changed`
    when it does not end on that day (any more), and what `end_post` refuses."""
    post = Post.objects.select_for_update().get(id=post_id)
    insist(may_keep_post(by, post.kind, post.unit))
    if not Post.objects.filter(id=post_id, valid_to=ended_on).update(valid_to=None, end_reason=""):
        raise Refusal("post_changed", gettext_noop("这项任职已有新的变动，不能恢复；请增加一项任职。"))
    for model in (Leadership, Sponsorship):
        model.objects.filter(post_id=post_id, valid_to=ended_on).update(valid_to=None)
    audit.record(by=by, now=now, action="post.reopen", target=f"post:{post_id}", ended_on=ended_on)
    post.refresh_from_db()
    return post
