"""Posts, leaders and sponsors of units that got another code: the old rows end, dated successors begin."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from anwang.domain.base import gettext_noop
from anwang.domain.grid.offices import may_lead, may_sponsor
from anwang.domain.grid.regrid import Change

from ..models import Leadership, Post, Sponsorship
from ..queries import facts_of
from ..queries.regrid import Regrid

REASON = gettext_noop("网格调整")


def follow_posts(plan: Regrid, *, on: date, now: datetime) -> tuple[dict[int, int], tuple[int, ...]]:
    """({old post: new post}, posts left in villages without a successor).

    A post of a dissolved unit keeps its work in the unit that follows, but not the office's powers there.
    """
    dissolved = {m.old.code for m in plan.plan.of(Change.DISSOLVED) if m.old}
    held = [p for p in Post.objects.filter(_open_on(on)) if p.unit in plan.mapping]
    stranded = tuple(post.id for post in held if post.unit in plan.unsettled)
    moving = [post for post in held if post.unit not in plan.unsettled or post.enterprise_id]
    made = Post.objects.bulk_create([_successor(p, plan, on, now, p.unit in dissolved) for p in moving], batch_size=500)
    pairs = {old.id: new for old, new in zip(moving, made, strict=True)}
    _close(Post, [p.id for p in moving], on, end_reason=REASON)
    stranded = tuple(i for i in stranded if i not in pairs)
    _follow_lines(plan, pairs, on, now)
    return {old: new.id for old, new in pairs.items()}, stranded


def _open_on(on: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=on)


def _successor(post: Post, plan: Regrid, on: date, now: datetime, dissolved: bool) -> Post:
    unit = plan.mapping[post.unit]
    county, township = facts_of(unit)
    return Post(
        person_id=post.person_id, kind=post.kind, level=post.level, unit=unit, county=county, township=township,
        organisation=post.organisation, title=post.title, is_office=post.is_office and not dissolved,
        is_supervisor=post.is_supervisor, expertise=post.expertise, enterprise_id=post.enterprise_id,
        rights=post.rights, given_by_id=post.given_by_id,
        valid_from=max(on, post.valid_from), valid_to=post.valid_to, succeeds=post, recorded_at=now,
    )  # fmt: skip


def _close(model: type[Post] | type[Leadership] | type[Sponsorship], ids: list[int], on: date, **also: str) -> None:
    for start in range(0, len(ids), 500):
        rows = model.objects.filter(id__in=ids[start : start + 500])
        rows.filter(valid_from__lt=on).update(valid_to=on, **also)
        for row in rows.filter(valid_from__gte=on).only("id", "valid_from"):
            model.objects.filter(id=row.id).update(valid_to=row.valid_from, **also)


def _follow_lines(plan: Regrid, pairs: dict[int, Post], on: date, now: datetime) -> None:
    """Leaders and sponsors of a recoded unit, or by a post that moved, get successors where the rule still holds.

    A dissolved unit has no leader and no sponsor any more: the one that follows it has its own.
    """
    gone = {m.old.code for m in plan.plan.of(Change.DISSOLVED) if m.old} | set(plan.unsettled)
    for model, allowed in ((Leadership, may_lead), (Sponsorship, may_sponsor)):
        rows = [
            row
            for row in model.objects.filter(_open_on(on)).select_related("post")
            if row.unit in plan.mapping or row.post_id in pairs
        ]
        made = []
        for row in rows:
            post = pairs.get(row.post_id, row.post)
            unit = plan.mapping.get(row.unit, row.unit)
            if row.unit not in gone and allowed(post.unit, unit):
                made.append(_line(model, row, post, unit, on, now))
        _close(model, [row.id for row in rows], on)
        model.objects.bulk_create(made, batch_size=500)


def _line(model: Any, row: Leadership | Sponsorship, post: Post, unit: int, on: date, now: datetime) -> Any:
    rank = {"rank": row.rank} if isinstance(row, Leadership) else {}
    return model(
        unit=unit, level=row.level, post=post, valid_from=max(on, row.valid_from), valid_to=row.valid_to,
        recorded_at=now, **rank,
    )  # fmt: skip
