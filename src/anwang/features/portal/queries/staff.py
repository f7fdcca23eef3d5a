"""Staff of an enterprise: who has which access until when, who is invited, whose access ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from anwang.domain.base import Actor, Right
from anwang.domain.calendar import local_day
from anwang.domain.portal.invitations import Invited, usable
from anwang.domain.portal.staff import RIGHT_LABELS
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from ..models import Invitation
from .declarations import own_firm

PAST = 10


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an access, or who had one. `last` is its last day; `review`: the enterprise moved since."""

    post: Any
    rights: list[str]
    last: date | None
    review: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation that was not used yet."""

    row: Invitation
    rights: list[str]
    usable: bool


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The principal's page of who else may do what for the enterprise."""

    firm: Any
    members: list[Member]
    sent: list[Sent]
    past: list[Member]

    @property
    def review(self) -> bool:
        """Whether somebody's access waits for the principal's word."""
        return any(each.review for each in self.members)


def in_words(rights: list[str]) -> list[str]:
    """Rights in the order of the domain, in the reader's language."""
    return [gettext(RIGHT_LABELS[right]) for right in Right if right in rights]


def staff_posts(enterprise_id: int, *, day: date) -> QuerySet[Any]:
    """Posts of staff on a day, each with its person and `user`, whether or not their giver still stands."""
    rows = grid.posts(on=day).filter(kind="staff", enterprise_id=enterprise_id)
    return rows.select_related("person__user").order_by("id")


def how_many(enterprise_id: int, *, now: datetime) -> int:
    """People with an access or an open invitation. Two queries."""
    held = grid.standing_posts(local_day(now)).filter(kind="staff", enterprise_id=enterprise_id)
    sent = Invitation.objects.filter(enterprise_id=enterprise_id, state=Invited.OPEN, until__isnull=False)
    return held.count() + sent.filter(expires_at__gt=now).count()


def staff_page(by: Actor, *, now: datetime) -> StaffPage | None:
    """None for whoever has no enterprise. Four queries."""
    firm, day = own_firm(by), local_day(now)
    if firm is None:
        return None
    held = grid.standing_posts(day).filter(kind="staff", enterprise_id=firm.id).select_related("person").order_by("id")
    members = [_member(post, firm.place) for post in held]
    rows = Invitation.objects.filter(enterprise_id=firm.id, state=Invited.OPEN, until__isnull=False).order_by("id")
    sent = [Sent(row, in_words(row.rights), usable(Invited.OPEN, row.expires_at, row.tries, now)) for row in rows]
    return StaffPage(firm, members, sent, _past(by, firm.id, {each.post.person_id for each in members}))


def _member(post: Any, place: int) -> Member:
    last = post.valid_to - timedelta(days=1) if post.valid_to else None
    return Member(post, in_words(post.rights), last, post.unit != place)


def _past(by: Actor, enterprise_id: int, present: set[int]) -> list[Member]:
    """Who had an access and has none now, each with the last one; it may be given again without a new link."""
    rows = grid.posts_kept(by).filter(kind="staff", enterprise_id=enterprise_id).select_related("person")
    found: dict[int, Member] = {}
    for post in rows.order_by("-id")[:50]:
        if post.person_id not in present:
            found.setdefault(post.person_id, _member(post, post.unit))
    return list(found.values())[:PAST]


def member(by: Actor, post_id: int) -> Member | None:
    """One access of the own enterprise, present or past. Two queries."""
    firm = own_firm(by)
    rows = grid.posts_kept(by).filter(id=post_id, kind="staff").select_related("person")
    post = rows.filter(enterprise_id=firm.id).first() if firm else None
    return _member(post, firm.place) if firm and post else None


@dataclass(frozen=True, slots=True)
class Moved:
    """An access whose enterprise moved to another place, on `since`."""

    post: Any
    since: date


def moved_since(day: date) -> list[Moved]:
    """Accesses given for another place than that of the enterprise today. Two queries."""
    posts = list(grid.standing_posts(day).filter(kind="staff").order_by("id"))
    places = enterprises.places_now(post.enterprise_id or 0 for post in posts)
    known = [(post, places[post.enterprise_id or 0]) for post in posts if post.enterprise_id in places]
    return [Moved(post, since) for post, (place, since) in known if place != post.unit]


def fallen(day: date) -> list[Any]:
    """Posts of staff whose giver is principal no more: they open nothing already."""
    standing = grid.standing_posts(day).filter(kind="staff").values("id")
    return list(grid.posts(on=day).filter(kind="staff").exclude(id__in=standing).order_by("id"))
