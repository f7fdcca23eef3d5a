"""网格长 and 分管包联 of units: set and ended with dates; the supervision phone (三.1, 三.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import level_of
from anwang.domain.grid.offices import may_date, may_end, may_lead, may_sponsor
from anwang.features.audit import actions as audit

from ..models import GridUnit, Leadership, Post, Sponsorship
from ..permissions import may_keep_unit


@dataclass(frozen=True, slots=True)
class Line:
    """`post_id` leads or sponsors `unit` from a day. `rank` 1 to 3 is for the city's leading group (附件1)."""

    unit: int
    post_id: int
    valid_from: date
    rank: int = 1


def _posts(rows: Sequence[Line]) -> dict[int, Post]:
    found: dict[int, Post] = {}
    ids = sorted({row.post_id for row in rows})
    for start in range(0, len(ids), 500):
        found |= Post.objects.in_bulk(ids[start : start + 500])
    return found


def _serving(post: Post | None, day: date) -> Post:
    if post is None or (post.valid_to is not None and post.valid_to <= day) or post.valid_from > day:
        raise Refusal("post_not_held", gettext_noop("所选人员在 %(day)s 不在任，请核对任职日期。"), day=day)
    return post


@transaction.atomic
def appoint_leaders(*, by: Actor, now: datetime, rows: Sequence[Line]) -> list[Leadership]:
    """Make posts 网格长 of their units. Naming one again changes nothing but the rank.

    Refuses `not_your_unit`, `leader_elsewhere`, `post_not_held`, `date_range`, `rank_range`.
    """
    posts = _posts(rows)
    known = {(r.unit, r.post_id): r for r in Leadership.objects.filter(valid_to=None, post_id__in=list(posts))}
    made = []
    for row in rows:
        insist(may_keep_unit(by, row.unit))
        insist(may_date(row.valid_from, local_day(now)))
        post = _serving(posts.get(row.post_id), row.valid_from)
        insist(may_lead(post.unit, row.unit))
        if row.rank not in (1, 2, 3):
            raise Refusal("rank_range", gettext_noop("网格长级次只有一级、二级、三级。"))
        if old := known.get((row.unit, row.post_id)):
            Leadership.objects.filter(id=old.id).exclude(rank=row.rank).update(rank=row.rank)
            continue
        made.append(
            Leadership(
                unit=row.unit,
                level=str(level_of(row.unit)),
                post_id=row.post_id,
                rank=row.rank,
                valid_from=row.valid_from,
                recorded_at=now,
            )
        )
    Leadership.objects.bulk_create(made, batch_size=1000)
    _note(by, now, "leader.appoint", made)
    return made


@transaction.atomic
def sponsor_units(*, by: Actor, now: datetime, rows: Sequence[Line]) -> list[Sponsorship]:
    """市包县区、县区包乡镇、乡镇包村居: posts of the level above answer for units. Naming one again changes nothing.

    Refuses `not_your_unit`, `sponsor_level`, `post_not_held`, `date_range`.
    """
    posts = _posts(rows)
    known = set(Sponsorship.objects.filter(valid_to=None, post_id__in=list(posts)).values_list("unit", "post_id"))
    made = []
    for row in rows:
        insist(may_keep_unit(by, row.unit))
        insist(may_date(row.valid_from, local_day(now)))
        post = _serving(posts.get(row.post_id), row.valid_from)
        insist(may_sponsor(post.unit, row.unit))
        if (row.unit, row.post_id) not in known:
            level = str(level_of(row.unit))
            made.append(
                Sponsorship(unit=row.unit, level=level, post_id=row.post_id, valid_from=row.valid_from, recorded_at=now)
            )
            known.add((row.unit, row.post_id))
    Sponsorship.objects.bulk_create(made, batch_size=1000)
    _note(by, now, "sponsor.set", made)
    return made


def _note(by: Actor, now: datetime, action: str, made: Sequence[Leadership] | Sequence[Sponsorship]) -> None:
    if len(made) == 1:
        audit.record(by=by, now=now, action=action, target=f"unit:{made[0].unit}", post=made[0].post_id)
    elif made:
        audit.record(by=by, now=now, action=action, rows=len(made))


def end_leader(*, by: Actor, now: datetime, leadership_id: int, on: date) -> None:
    """End a 网格长 on a day. Refuses `not_your_unit`, `already_ended`, `end_before_start`, `date_range`."""
    _end(Leadership, "leader.end", by, now, leadership_id, on)


def end_sponsor(*, by: Actor, now: datetime, sponsorship_id: int, on: date) -> None:
    """End a sponsorship on a day. Refuses `not_your_unit`, `already_ended`, `end_before_start`, `date_range`."""
    _end(Sponsorship, "sponsor.end", by, now, sponsorship_id, on)


@transaction.atomic
def _end(
    model: type[Leadership] | type[Sponsorship], action: str, by: Actor, now: datetime, row_id: int, on: date
) -> None:
    row = model.objects.select_for_update().get(id=row_id)
    insist(may_keep_unit(by, row.unit))
    insist(may_end(row.valid_from, on, local_day(now)))
    if row.valid_to is not None:
        raise Refusal("already_ended", gettext_noop("已于 %(day)s 终止。"), day=row.valid_to)
    model.objects.filter(id=row_id).update(valid_to=on)
    audit.record(by=by, now=now, action=action, target=f"unit:{row.unit}", post=row.post_id, on=on)


@transaction.atomic
def set_supervision_phone(*, by: Actor, now: datetime, unit: int, phone: str) -> None:
    """The 监督电话 that notice sheets print for a unit (三.2). Refuses `not_your_unit`, `phone_form`."""
    insist(may_keep_unit(by, unit))
    phone = phone.strip()
    if phone and not re.fullmatch(r"[0-9()（）+\- ,，、转]{3,40}", phone):
        raise Refusal("phone_form", gettext_noop("监督电话应为号码，例如 0539-8012345 或 12350。"))
    GridUnit.objects.filter(code=unit, valid_to=None).update(phone=phone)
    audit.record(by=by, now=now, action="unit.phone", target=f"unit:{unit}", phone=phone)
