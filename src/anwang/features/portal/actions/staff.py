"""What staff of an enterprise may do is changed, confirmed, given again or ended by its principal (N10)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from anwang.domain.base import SYSTEM, Actor, Reason, Refusal, Right, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.portal.staff import REVIEW, may_give
from anwang.features.audit import actions as audit
from anwang.features.grid import actions as grid
from anwang.features.grid.actions import PostData
from anwang.features.notices import actions as notices

from .. import queries
from ..permissions import may_keep_staff
from ..queries.staff import fallen, moved_since

CHANGED = gettext_noop("主要负责人更改权限")
STOPPED = gettext_noop("主要负责人停止权限")
FALLEN = gettext_noop("企业主要负责人变更")
UNCONFIRMED = gettext_noop("企业所在网格变更后未确认")


def _post(by: Actor, post_id: int) -> tuple[Any, Any]:
    """(the enterprise, a post of its staff)."""
    firm = queries.own_firm(by)
    insist(may_keep_staff(by, firm.id if firm else 0))
    found = queries.member(by, post_id)
    if firm is None or found is None:
        raise Refusal("not_found", gettext_noop("没有找到这个人，或他不在本企业。"))
    return firm, found.post


@transaction.atomic
def change_staff(*, by: Actor, now: datetime, post_id: int, rights: Collection[Right], until: date) -> Any:
    """Other rights or another last day; the same ones confirm an access after the enterprise moved, or give an ended
    one again. The access begins anew, its history stays. Returns the new post.

    Refuses `not_found`, `not_given`, `rights_missing`, `until_past`, `until_far`, `nothing_changed`, `staff_changed`.
    """
    (firm, post), day = _post(by, post_id), local_day(now)
    insist(may_give(rights, until, day))
    end, present = until + timedelta(days=1), post.valid_to is None or post.valid_to > day
    same = set(rights) == set(post.rights) and post.valid_to == end and post.unit == firm.place
    if present and same and post.given_by_id == by.person_id:
        raise Refusal("nothing_changed", gettext_noop("权限和截止日期没有变化。"))
    owner = replace(SYSTEM, name=by.name)
    if present:
        grid.end_post(by=owner, now=now, post_id=post.id, on=max(day, post.valid_from), reason=CHANGED)
    elif any(each.post.person_id == post.person_id for each in _present(by, now)):
        raise Refusal("staff_changed", gettext_noop("此人的权限刚刚有过变化，请刷新后查看。"))
    data = PostData(
        post.person_id, "staff", firm.place, day, post.organisation, post.title, enterprise_id=firm.id, valid_to=end,
        rights=tuple(sorted(rights)), given_by=by.person_id,
    )  # fmt: skip
    new = grid.create_posts(by=owner, now=now, rows=[data])[0]
    _note(by, now, "portal.staff", new, rights=sorted(rights), until=until)
    return new


def _present(by: Actor, now: datetime) -> list[Any]:
    page = queries.staff_page(by, now=now)
    return page.members if page else []


@transaction.atomic
def end_staff(*, by: Actor, now: datetime, post_id: int) -> None:
    """Take an access back: it opens nothing from the next click on. Refuses `not_found`, `not_given`,
    `already_ended`."""
    _firm, post = _post(by, post_id)
    on = max(local_day(now), post.valid_from)
    grid.end_post(by=replace(SYSTEM, name=by.name), now=now, post_id=post.id, on=on, reason=STOPPED)
    _note(by, now, "portal.staff_end", post)


def _note(by: Actor, now: datetime, action: str, post: Any, **data: Any) -> None:
    audit.record(
        by=by, now=now, action=action, target=f"post:{post.id}", chain=post.county, enterprise=post.enterprise_id,
        **data,
    )  # fmt: skip


@transaction.atomic
def review_staff(*, by: Actor, now: datetime) -> dict[str, int]:
    """Periodic. Ends what its principal's leaving made void. After an enterprise moved, asks its principal to confirm
    each access, and ends it when thirty days passed without an answer. Idempotent.

    Returns {"ended", "asked"}: posts ended, messages that are new.
    """
    day = local_day(now)
    moved, gone = moved_since(day), fallen(day)
    late = [each.post for each in moved if day >= each.since + REVIEW]
    for post, reason in [*((post, FALLEN) for post in gone), *((post, UNCONFIRMED) for post in late)]:
        grid.end_post(by=by, now=now, post_id=post.id, on=max(day, post.valid_from), reason=reason)
        _note(by, now, "portal.staff_end", post)
    text = Reason("staff.review", gettext_noop("企业所在网格已变更，请确认哪些人员继续有权限"))
    drafts = {
        each.post.enterprise_id: notices.Draft(
            each.post.given_by_id, "staff", f"staff:{each.post.enterprise_id}:{each.since}", text, "", "/our/staff/"
        )
        for each in moved
        if each.post not in late
    }
    return {"ended": len(gone) + len(late), "asked": notices.enqueue_many(by=by, now=now, drafts=list(drafts.values()))}
