"""People as lists and pages show them: who serves where, with which sign-in, inside a territory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from anwang.domain.base import Actor, Role
from anwang.domain.grid.codes import unit_range
from anwang.features.accounts import queries as accounts

from ..models import Leadership, Post, Sponsorship
from .territory import on_day, within
from .units import names


@dataclass(slots=True)
class PersonLine:
    """One person of a list with the posts held on the day, each with its unit's name."""

    person: Any
    posts: list[tuple[Post, str]] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    sponsors: list[str] = field(default_factory=list)


def keeps_all(actor: Actor) -> bool:
    """System and security administrators keep the people and sign-ins of the whole city, and see no enterprise."""
    return actor.has(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


def posts_kept(actor: Actor) -> QuerySet[Post]:
    """Posts, past ones too, that the actor may look at as a keeper or leader of people."""
    rows = Post.objects.all()
    return rows if keeps_all(actor) else within(rows, actor, place="unit", enterprise="enterprise_id")


def people_for(actor: Actor) -> QuerySet[Any]:
    """The people with a post, now or once, inside the actor's territory."""
    return accounts.people().filter(Exists(posts_kept(actor).filter(person=OuterRef("pk"))))


def person_for(actor: Actor, person_id: int) -> Any | None:
    """One person inside the territory."""
    return people_for(actor).filter(id=person_id).first()


def serving(actor: Actor, *, on: date, unit: int | None = None, kind: str = "") -> Q:
    """People with a post on a day inside the territory, narrowed to a unit's subtree and a kind."""
    rows = posts_kept(actor).filter(on_day(on), person=OuterRef("pk"))
    if unit is not None:
        low, high = unit_range(unit)
        rows = rows.filter(unit__gte=low, unit__lt=high)
    if kind:
        rows = rows.filter(kind=kind)
    return Q(Exists(rows))


def served(actor: Actor, *, unit: int, kind: str = "") -> Q:
    """People who ever had a post in a unit's subtree inside the territory."""
    low, high = unit_range(unit)
    rows = posts_kept(actor).filter(person=OuterRef("pk"), unit__gte=low, unit__lt=high)
    return Q(Exists(rows.filter(kind=kind) if kind else rows))


def leading(*, on: date) -> Q:
    """People who are 网格长 on a day."""
    return Q(Exists(Leadership.objects.filter(on_day(on), post__person=OuterRef("pk"))))


def sponsoring(*, on: date) -> Q:
    """People who sponsor a unit on a day."""
    return Q(Exists(Sponsorship.objects.filter(on_day(on), post__person=OuterRef("pk"))))


def person_lines(people: list[Any], actor: Actor, *, on: date) -> list[PersonLine]:
    """People with their posts of the day, in the order given; a fixed number of queries."""
    found = {person.id: PersonLine(person) for person in people}
    held = list(posts_kept(actor).filter(on_day(on), person_id__in=list(found)).order_by("unit", "id"))
    led = list(
        Leadership.objects.filter(on_day(on), post__person_id__in=list(found)).values_list("post__person_id", "unit")
    )
    backed = list(
        Sponsorship.objects.filter(on_day(on), post__person_id__in=list(found)).values_list("post__person_id", "unit")
    )
    called = names([post.unit for post in held] + [unit for _, unit in led + backed])
    for post in held:
        found[post.person_id].posts.append((post, called.get(post.unit, "")))
    for person_id, unit in led:
        found[person_id].leads.append(called.get(unit, ""))
    for person_id, unit in backed:
        found[person_id].sponsors.append(called.get(unit, ""))
    return list(found.values())


def post_history(person_id: int, actor: Actor) -> list[tuple[Post, str]]:
    """All posts of a person that the actor may see, the running ones first, with the unit's name."""
    rows = list(posts_kept(actor).filter(person_id=person_id))
    rows.sort(key=lambda post: (post.valid_to is not None, -(post.valid_to or post.valid_from).toordinal(), post.id))
    called = names([post.unit for post in rows])
    return [(post, called.get(post.unit, "")) for post in rows]


def posts_of(person_id: int) -> list[tuple[Post, str]]:
    """All posts that a person ever held, the latest first, each with its unit's name; the caller has checked who
    may see the person. Two queries."""
    rows = list(Post.objects.filter(person_id=person_id).order_by("-valid_from", "-id"))
    called = names([post.unit for post in rows])
    return [(post, called.get(post.unit, "")) for post in rows]


def post_for(actor: Actor, post_id: int) -> Post | None:
    """One post inside the territory, with its person."""
    return posts_kept(actor).filter(id=post_id).select_related("person").first()


def duties_of_posts(post_ids: list[int]) -> dict[str, list[Any]]:
    """What hangs on posts: leaderships and sponsorships still running."""
    return {
        "leaders": list(Leadership.objects.filter(post_id__in=post_ids, valid_to=None)),
        "sponsors": list(Sponsorship.objects.filter(post_id__in=post_ids, valid_to=None)),
    }


def sign_in_rows(users: list[Any], *, on: date) -> list[tuple[Any, list[str]]]:
    """Sign-ins with the names of the posts held on the day."""
    people = [user.person_id for user in users]
    held: dict[int, list[str]] = {}
    for post in Post.objects.filter(on_day(on), person_id__in=people).order_by("id"):
        held.setdefault(post.person_id, []).append(post.label)
    return [(user, held.get(user.person_id, [])) for user in users]


def demo_posts(*, on: date, kinds: tuple[str, ...]) -> list[Post]:
    """For each kind of post some marked demo people with a sign-in, leaders and offices first."""
    found: list[Post] = []
    rows = Post.objects.filter(on_day(on), person__is_demo=True, person__user__isnull=False)
    for kind in kinds:
        mine = rows.filter(kind=kind).select_related("person__user")
        led = Exists(Leadership.objects.filter(on_day(on), post=OuterRef("pk")))
        found += list(mine.annotate(led=led).order_by("-led", "-is_office", "id")[:2])
    return found


def demo_post(post_id: int, *, on: date) -> Post | None:
    """A post of a marked demo person with a sign-in, held on the day."""
    rows = Post.objects.filter(on_day(on), id=post_id, person__is_demo=True, person__user__isnull=False)
    return rows.select_related("person__user").first()


def without_sign_in(*, on: date, unit: int | None = None, kind: str = "") -> list[Post]:
    """One running post, the highest, of every official without a sign-in, in the order of units."""
    rows = Post.objects.filter(on_day(on), person__user=None, enterprise_id=None).exclude(kind__endswith="_admin")
    if unit is not None:
        low, high = unit_range(unit)
        rows = rows.filter(unit__gte=low, unit__lt=high)
    rows = rows.filter(kind=kind) if kind else rows
    found: dict[int, Post] = {}
    for post in rows.select_related("person").order_by("unit", "id"):
        found.setdefault(post.person_id, post)
    return list(found.values())
