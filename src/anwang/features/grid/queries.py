"""Reading the grid, and the one choke point of territory: `actor_for`, then `within`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from anwang.domain.base import Actor, Level, Role, Territory
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import ancestors, digits_of, unit_range

from .models import GridUnit, Leadership, Post, PostKind, Sponsorship

M = TypeVar("M", bound=Model)

ADMINISTRATORS = {
    PostKind.SYSTEM_ADMIN: Role.SYSTEM_ADMIN,
    PostKind.SECURITY_ADMIN: Role.SECURITY_ADMIN,
    PostKind.AUDIT_ADMIN: Role.AUDIT_ADMIN,
}


def on_day(day: date) -> Q:
    """Dated rows that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def facts_of(code: int) -> tuple[int, int]:
    """(county, township): the first 6 and 9 digits as plain integers.

    A code that names no township gives the county's own number (371302000), so a fact is never without a group.
    """
    return code // 10**6, code // 10**3


def posts_worn_by(user: Any, *, now: datetime) -> list[Post]:
    """The posts that this user's person holds today, the highest first."""
    if not user.is_authenticated or user.person_id is None:
        return []
    rows = Post.objects.filter(on_day(local_day(now)), person_id=user.person_id).select_related("person")
    return sorted(rows, key=lambda post: (Level(post.level).rank, post.id))


def actor_for(user: Any, *, now: datetime) -> Actor | None:
    """The user in the post worn now; None when the person holds no post today (a revoked post ends at once)."""
    if user.person_id is None:
        return None
    day = local_day(now)
    rows = list(Post.objects.filter(on_day(day), person_id=user.person_id).select_related("person"))
    if not rows:
        return None
    rows.sort(key=lambda post: (post.id != user.current_post, Level(post.level).rank, post.id))
    return actor_of(rows[0], user_id=user.id, leads=_leads(rows[0], day))


def _leads(post: Post, day: date) -> bool:
    return Leadership.objects.filter(on_day(day), post_id=post.id).exists()


def actor_of(post: Post, *, user_id: int | None, leads: bool) -> Actor:
    """The actor that a post makes: its roles and its territory."""
    kind = PostKind(post.kind)
    roles: set[Role] = set()
    ranges: tuple[tuple[int, int], ...] = (unit_range(post.unit),)
    enterprises: frozenset[int] = frozenset()
    if kind in ADMINISTRATORS:
        # Administrators keep the system; they see no enterprise and no record (three separate powers).
        roles, ranges = {ADMINISTRATORS[kind]}, ()
    elif kind == PostKind.PRINCIPAL:
        roles, ranges, enterprises = {Role.PRINCIPAL}, (), frozenset({post.enterprise_id or 0})
    elif kind == PostKind.DEPARTMENT:
        roles = {Role.DEPARTMENT}
    if kind not in ADMINISTRATORS and kind != PostKind.PRINCIPAL:
        roles |= {Role.SUPERVISOR} if post.is_supervisor else set()
        roles |= {Role.LEADER} if leads else set()
        roles |= {Role.OFFICE} if post.is_office else set()
    return Actor(
        name=post.person.name, roles=frozenset(roles), territory=Territory(ranges, enterprises), level=Level(post.level),
        unit=post.unit, user_id=user_id, person_id=post.person_id, post_id=post.id, title=post.title,
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
    for low, _high in actor.territory.ranges:
        digits = digits_of(low)
        if digits <= 4:
            start = low // 10**6
            condition |= Q(county__gte=start, county__lt=start + 10 ** (6 - digits))
        elif digits == 6:
            condition |= Q(county=low // 10**6)
        elif digits == 9:
            condition |= Q(township=low // 10**3)
        else:
            condition |= Q(**{f"{enterprise.removesuffix('_id')}__place": low})
    return rows.filter(condition)


def units(*, on: date) -> QuerySet[GridUnit]:
    """All units of a day, in the order of their codes."""
    return GridUnit.objects.filter(on_day(on)).order_by("code")


def unit(code: int, *, on: date) -> GridUnit | None:
    """One unit on a day."""
    return GridUnit.objects.filter(on_day(on), code=code).first()


def children(code: int, *, on: date) -> QuerySet[GridUnit]:
    """The units directly below."""
    return units(on=on).filter(parent=code)


def names(codes: Iterable[int], *, on: date | None = None) -> dict[int, str]:
    """Names by code: those of the day, or the latest known."""
    rows = GridUnit.objects.filter(code__in=set(codes)).order_by("valid_from")
    rows = rows.filter(on_day(on)) if on else rows
    return {row.code: row.name for row in rows}


def path_names(code: int, *, on: date | None = None) -> dict[str, str]:
    """{level: name} from the county down to the unit itself."""
    chain = [c for c in (code, *ancestors(code)) if c]
    found = {row.code: row for row in GridUnit.objects.filter(code__in=chain).order_by("valid_from")}
    return {row.level: row.name for row in found.values()}


def leaders(codes: Iterable[int], *, on: date) -> dict[int, list[Leadership]]:
    """网格长 of units by code, first rank first."""
    result: dict[int, list[Leadership]] = {}
    rows = (
        Leadership.objects.filter(on_day(on), unit__in=set(codes)).select_related("post__person").order_by("rank", "id")
    )
    for row in rows:
        result.setdefault(row.unit, []).append(row)
    return result


def sponsors(codes: Iterable[int], *, on: date) -> dict[int, list[Sponsorship]]:
    """Sponsors of units by code (市包县区、县区包乡镇、乡镇包村居)."""
    result: dict[int, list[Sponsorship]] = {}
    rows = Sponsorship.objects.filter(on_day(on), unit__in=set(codes)).select_related("post__person").order_by("id")
    for row in rows:
        result.setdefault(row.unit, []).append(row)
    return result


def posts(*, on: date) -> QuerySet[Post]:
    """All posts held on a day."""
    return Post.objects.filter(on_day(on)).select_related("person")


def posts_for(actor: Actor, *, on: date) -> QuerySet[Post]:
    """Posts inside the actor's territory."""
    return within(posts(on=on), actor, place="unit", enterprise="enterprise_id")


def root_unit(*, on: date) -> GridUnit | None:
    """The city."""
    return units(on=on).filter(level=Level.CITY).first()
