"""Reading the grid, and the one choke point of territory: `actor_for`, then `within`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from anwang.domain.base import Actor, Level, Refusal, Right, Role, Territory, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import digits_of, unit_range
from anwang.features.notices import queries as notices

from ..models import GridUnit, Leadership, Post, PostKind

M = TypeVar("M", bound=Model)

ADMINISTRATORS = {
    PostKind.SYSTEM_ADMIN: Role.SYSTEM_ADMIN,
    PostKind.SECURITY_ADMIN: Role.SECURITY_ADMIN,
    PostKind.AUDIT_ADMIN: Role.AUDIT_ADMIN,
}
#: Posts of an enterprise: they see it alone.
FIRM = (PostKind.PRINCIPAL, PostKind.STAFF)


def on_day(day: date) -> Q:
    """Dated rows that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def facts_of(code: int) -> tuple[int, int]:
    """(county, township): the first 6 and 9 digits as plain integers.

    A code that names no township gives the county's own number (371302000), so a fact is never without a group.
    """
    return code // 10**6, code // 10**3


@dataclass(frozen=True, slots=True)
class WornPost:
    """A post as the switch in the top bar shows it."""

    id: int
    label: str
    unit_name: str


def held_by(user: Any, *, now: datetime) -> list[Post]:
    """The posts that this user's person holds today, the highest first, each with `leads` and `unread` messages."""
    if not user.is_authenticated or user.person_id is None:
        return []
    rows = _held(local_day(now)).filter(person_id=user.person_id)
    rows = rows.annotate(unread=notices.unread_by(OuterRef("person_id"), now=now))
    return sorted(rows, key=lambda post: (Level(post.level).rank, post.id))


def worn(held: Sequence[Post], *, now: datetime) -> list[WornPost]:
    """Posts as the switch shows them; the units are named where there is something to switch."""
    called = names_of({post.unit for post in held}, local_day(now)) if len(held) > 1 else {}
    return [WornPost(post.id, post.label, called.get(post.unit, "")) for post in held]


def names_of(codes: set[int], day: date) -> dict[int, str]:
    """Names of units in force on a day."""
    return dict(GridUnit.objects.filter(on_day(day), code__in=codes).values_list("code", "name"))


def actor_for(user: Any, *, now: datetime) -> Actor | None:
    """The user in the post worn now; None when the person holds no post today (a revoked post ends at once)."""
    return actor_among(held_by(user, now=now), user, now=now)


def actor_among(held: Sequence[Post], user: Any, *, now: datetime) -> Actor | None:
    """As `actor_for`, of posts that were read already."""
    if not held:
        return None
    post = next((each for each in held if each.id == user.current_post), held[0])
    return actor_of(post, user_id=user.id, leads=post.leads)  # type: ignore[attr-defined]


def actor_in(user_id: int | None, post_id: int | None, *, now: datetime) -> Actor | None:
    """The actor of work that was started in a post; None when the post has ended since."""
    post = _held(local_day(now)).filter(id=post_id or 0).first()
    return actor_of(post, user_id=user_id, leads=post.leads) if post else None


def starter(work: Any, *, now: datetime) -> Actor:
    """Whoever started long work, in the post worn then. Refuses `post_ended` when that has ended since."""
    found = actor_in(work.user_id, work.post_id, now=now)
    if found is None:
        raise Refusal("post_ended", gettext_noop("发起人已不在原岗位，请由现任人员重新发起。"))
    return found


def _held(day: date) -> Any:
    """Posts held on a day, each with `leads`: whether it leads a unit then."""
    led = Exists(Leadership.objects.filter(on_day(day), post=OuterRef("pk")))
    return standing_posts(day).select_related("person").annotate(leads=led)


def standing_posts(day: date) -> QuerySet[Post]:
    """Posts of a day. Staff of an enterprise stands only as long as the principal who gave the post holds his own."""
    giver = Post.objects.filter(
        on_day(day), kind=PostKind.PRINCIPAL, enterprise_id=OuterRef("enterprise_id"), person=OuterRef("given_by")
    )
    return Post.objects.filter(~Q(kind=PostKind.STAFF) | Exists(giver), on_day(day))


def actor_of(post: Post, *, user_id: int | None, leads: bool) -> Actor:
    """The actor that a post makes: its roles and its territory."""
    kind = PostKind(post.kind)
    roles: set[Role] = set()
    ranges: tuple[tuple[int, int], ...] = (unit_range(post.unit),)
    enterprises: frozenset[int] = frozenset()
    rights = frozenset(map(Right, post.rights)) if kind == PostKind.STAFF else None
    if kind in ADMINISTRATORS:
        # Administrators keep the system; they see no enterprise and no record (three separate powers).
        roles, ranges = {ADMINISTRATORS[kind]}, ()
    elif kind in FIRM:
        roles, ranges, enterprises = {Role.PRINCIPAL}, (), frozenset({post.enterprise_id or 0})
    elif kind == PostKind.DEPARTMENT:
        roles = {Role.DEPARTMENT}
    if kind not in ADMINISTRATORS and kind not in FIRM:
        roles |= {Role.SUPERVISOR} if post.is_supervisor else set()
        roles |= {Role.LEADER} if leads else set()
        roles |= {Role.OFFICE} if post.is_office else set()
    return Actor(
        name=post.person.name, roles=frozenset(roles), territory=Territory(ranges, enterprises),
        level=Level(post.level), unit=post.unit, user_id=user_id, person_id=post.person_id, post_id=post.id,
        title=post.label, rights=rights,
    )  # fmt: skip


def within(rows: QuerySet[M], actor: Actor, *, place: str = "place", enterprise: str = "id") -> QuerySet[M]:
    """The rows inside the actor's territory. Every list, page, export and count goes through here.

    `place` names the column with a unit code, `enterprise` the one with the enterprise's key.
    """
    if not actor.territory.ranges and not actor.territory.enterprises:
        return rows.none()
    condition = Q()
    for low, high in actor.territory.ranges:
        condition |= Q(**{f"{place}__gte": low, f"{place}__lt": high})
    if actor.territory.enterprises:
        condition |= Q(**{f"{enterprise}__in": actor.territory.enterprises})
    return rows.filter(condition)


def within_facts(rows: QuerySet[M], actor: Actor, *, enterprise: str = "enterprise_id") -> QuerySet[M]:
    """As `within`, for rows that carry the plain columns county and township; a village sees its own enterprises."""
    if not actor.territory.ranges:
        return (
            rows.filter(**{f"{enterprise}__in": actor.territory.enterprises})
            if actor.territory.enterprises
            else rows.none()
        )
    condition = Q()
    for low, high in actor.territory.ranges:
        digits = digits_of(low)
        if digits <= 4:
            condition |= Q(county__gte=low // 10**6, county__lt=high // 10**6)
        elif digits == 6:
            condition |= Q(county=low // 10**6)
        elif digits == 9:
            condition |= Q(township=low // 10**3)
        else:
            condition |= Q(**{f"{enterprise.removesuffix('_id')}__place": low})
    return rows.filter(condition)


def post_levels(ids: set[int]) -> dict[int, str]:
    """Levels of posts by key."""
    rows = Post.objects.all() if len(ids) > 900 else Post.objects.filter(id__in=ids)
    return dict(rows.values_list("id", "level").iterator(chunk_size=10000))
