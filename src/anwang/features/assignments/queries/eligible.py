"""Who may take an enterprise, and who would cost least without moving anyone else (B8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Count

from anwang.domain.allocation.city import Enterprises, Instance, Posts
from anwang.domain.allocation.insert import insert
from anwang.domain.allocation.propose import convexity_of
from anwang.domain.allocation.rules import GRADES, MANAGING, OFFICIAL_LEVELS
from anwang.domain.grid.codes import ancestors, digits_of
from anwang.features.grid import queries as grid
from anwang.features.grid.queries import on_day
from anwang.features.policies import queries as policies

from ..models import Assignment, PairRule, Part, Plan, PlanState
from .scope import KINDS

_DIGITS = {"city": 4, "county": 6, "township": 9, "village": 12}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate by the level rules: what taking the enterprise costs now, and what they lead already."""

    post: Any
    load: int
    cost: int
    best: bool
    saving_at_most: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post that may lead an enterprise, and how many its person leads already."""

    post: Any
    load: int


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who may take an enterprise, the nearest level first, and the post that the ranking names."""

    candidates: list[Candidate]
    best: int | None


def eligible_posts(place: int, *, on: date) -> list[Any]:
    """The supervisors' posts whose territory holds the place, from the nearest level up."""
    chain = [code for code in (place, *ancestors(place)) if code]
    rows = grid.posts(on=on).filter(unit__in=chain, kind__in=KINDS, is_supervisor=True)
    fit = [post for post in rows if _DIGITS.get(post.level) == digits_of(post.unit)]
    return sorted(fit, key=lambda post: (-digits_of(post.unit), post.id))


def eligible_for(places: Iterable[int], *, on: date) -> dict[int, list[Any]]:
    """As `eligible_posts` for many places, in one query."""
    wanted = set(places)
    codes = {code for place in wanted for code in (place, *ancestors(place)) if code}
    rows = grid.posts(on=on).filter(unit__in=codes, kind__in=KINDS, is_supervisor=True).order_by("id")
    fit: dict[int, list[Any]] = {}
    for post in rows:
        if _DIGITS.get(post.level) == digits_of(post.unit):
            fit.setdefault(post.unit, []).append(post)
    return {
        place: [post for code in (place, *ancestors(place)) if code for post in fit.get(code, [])] for place in wanted
    }


def conflicts_among(enterprises: Iterable[int]) -> set[tuple[int, int]]:
    """(enterprise, person) pairs that must not be."""
    rules = PairRule.objects.filter(enterprise_id__in=list(enterprises), kind="forbid", ended_at=None)
    return set(rules.values_list("enterprise_id", "person_id"))


def shared_out(firms: Sequence[Any], *, on: date, besides: int | None = None) -> dict[int, Sharing]:
    """Who would take each of several enterprises when nobody else moves: the cheapest one after another, each upon
    the load that the others gave (B8). `besides` is who leads them now. Five queries whatever their number."""
    eligible = eligible_for({firm.place for firm in firms}, on=on)
    posts = sorted({post.id: post for found in eligible.values() for post in found}.values(), key=lambda post: post.id)
    people = sorted({post.person_id for post in posts} - {besides})
    posts = [post for post in posts if post.person_id != besides]
    apart, load = conflicts_among([firm.id for firm in firms]), loads_of(people, on=on)
    best: dict[int, int] = {}
    if people and firms:
        instance, rules = _instance(firms, posts, people), list(policies.current().level_rules(on))
        weights, number = policies.current().weights(on), {person: at for at, person in enumerate(people)}
        loads = np.array([load.get(person, 0) for person in people], np.int64)
        banned = [(at, number[who]) for at, firm in enumerate(firms) for key, who in apart
                  if key == firm.id and who in number]  # fmt: skip
        answer = insert(
            instance, rules, weights, load=loads, price=np.zeros(len(people), np.int64),
            uncovered_price=weights.uncovered, forbids=banned,
        )  # fmt: skip
        best = {firm.id: posts[int(answer.post[at])].id for at, firm in enumerate(firms) if int(answer.lead[at]) >= 0}
    return {
        firm.id: Sharing(
            [Candidate(post, load.get(post.person_id, 0)) for post in eligible[firm.place]
             if post.person_id != besides and (firm.id, post.person_id) not in apart],
            best.get(firm.id),
        )
        for firm in firms
    }  # fmt: skip


def loads_of(people: Sequence[int], *, on: date) -> dict[int, int]:
    """Enterprises led on a day, by person."""
    rows = Assignment.objects.filter(on_day(on), part=Part.LEAD, person_id__in=list(people))
    return dict(rows.values_list("person_id").annotate(n=Count("id")).order_by())


def conflicts_of(enterprise_id: int) -> set[int]:
    """People who must not have this enterprise."""
    rules = PairRule.objects.filter(enterprise_id=enterprise_id, kind="forbid", ended_at=None)
    return set(rules.values_list("person_id", flat=True))


def suggestions(firm: Any, *, on: date, most: int = 5, besides: int | None = None) -> list[Suggestion]:
    """The cheapest candidates for an enterprise when nobody else moves, the best first; [] when no rule opens it.
    `besides` is a person who is no candidate: the one who leads it now.

    `saving_at_most` of the best: what planning everything anew could save at most; None when no plan is in force.
    """
    posts = eligible_posts(firm.place, on=on)
    people = sorted({post.person_id for post in posts})
    if not people:
        return []
    instance, load = _single(firm, posts, people), loads_of(people, on=on)
    rules, weights = list(policies.current().level_rules(on)), policies.current().weights(on)
    loads = np.array([load.get(person, 0) for person in people], np.int64)
    convexity = convexity_of(instance, weights)
    worth = np.where(loads > 0, -convexity * np.maximum(loads - 1, 0), weights.uncovered)
    known = _prices(firm.place)
    price = np.array([known.get(str(p), worth[at]) for at, p in enumerate(people)], np.int64)
    banned = {people.index(person) for person in conflicts_of(firm.id) | {besides} if person in people}
    found: list[Suggestion] = []
    while len(found) < most:
        answer = insert(
            instance, rules, weights, load=loads, price=price, uncovered_price=known.get("", weights.uncovered),
            forbids=[(0, official) for official in sorted(banned)],
        )  # fmt: skip
        who = int(answer.lead[0])
        if who < 0:
            break
        cost = int(answer.cost[0]) + int(convexity[who] * loads[who] if loads[who] else -weights.uncovered)
        saving = int(answer.saving_at_most[0]) if known and not found else None
        found.append(Suggestion(posts[int(answer.post[0])], int(loads[who]), cost, not found, saving))
        banned.add(who)
    return found


def _single(firm: Any, posts: Sequence[Any], people: Sequence[int]) -> Instance:
    return _instance([firm], posts, people)


def _instance(firms: Sequence[Any], posts: Sequence[Any], people: Sequence[int]) -> Instance:
    codes = [each.code for each in policies.current().industries]
    levels = [level.value for level in OFFICIAL_LEVELS]
    table = Enterprises.of(
        [firm.place for firm in firms], [[g.value for g in GRADES].index(firm.grade) for firm in firms],
        [MANAGING.index(firm.managing) for firm in firms],
        industry=[codes.index(firm.industry) if firm.industry in codes else -1 for firm in firms],
    )  # fmt: skip
    held = Posts.of(
        [people.index(post.person_id) for post in posts],
        [levels.index(post.level) for post in posts],
        [post.unit for post in posts],
        expertise=[sum(1 << codes.index(c) for c in set(post.expertise or ()) if c in codes) for post in posts],
    )
    return Instance.of(table, held, len(people))


def _prices(place: int) -> dict[str, int]:
    """The prices of the plan in force that covers the place; {} without one."""
    units = [code for code in (place, *ancestors(place)) if code]
    plan = Plan.objects.filter(state=PlanState.ADOPTED, unit__in=units).order_by("-adopted_at").first()
    return dict(plan.prices) if plan else {}
