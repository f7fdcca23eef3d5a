"""Proposing a division of work: solve, prove, store (二.2, B8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from time import perf_counter
from typing import Any

from django.db import transaction

from anwang.adapters.bulk import insert_many
from anwang.domain.allocation.city import Enterprises, Instance, Posts
from anwang.domain.allocation.proposal import Left, Proposal
from anwang.domain.allocation.propose import propose as solve
from anwang.domain.allocation.rules import LevelRule, Weights
from anwang.domain.allocation.runners_up import RunnersUp, runners_up
from anwang.domain.base import Actor, Grade, Level, Refusal, Report, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import level_of
from anwang.features.audit import actions as audit
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Part, Plan, PlanItem, PlanState
from ..permissions import may_plan
from ..queries.histogram import histogram
from ..queries.reasons import ABOVE
from ..queries.scope import Scope, read_scope

STEPS = 4
_COLUMNS = (
    *("plan_id", "enterprise_id", "post_id", "person_id", "part", "level", "township", "county"),
    *("cost", "moved", "near_tie", "why"),
)


def silent(done: int, total: int, phase: str = "") -> None:
    """A report that nobody reads."""


def propose(
    *,
    by: Actor,
    now: datetime,
    unit: int | None = None,
    on: date | None = None,
    keep: bool = False,
    seed: int = 0,
    replaces: int | None = None,
    report: Report = silent,
) -> Plan:
    """The best division of the work of a unit (the actor's own, or the whole city for the system) from a day on.

    Exact and proven; what could not be covered is named in `plan.faults`. `keep` leaves everybody who may stay;
    `replaces` is a proposed plan that the new one takes the place of. Writes a plan and its items, nothing else.
    Refuses `not_your_unit`, `unit_unknown`, `nothing_to_plan`, and what the engine refuses.
    """
    day = on or local_day(now)
    unit = unit if unit is not None else _own_unit(by, day)
    decision = may_plan(by, unit)
    if not decision:
        raise Refusal.of(decision)
    if grid.unit(unit, on=day) is None:
        raise Refusal("unit_unknown", gettext_noop("%(day)s 没有代码为 %(unit)s 的网格。"), day=day, unit=unit)
    report(0, STEPS, gettext_noop("读取名册和任职"))
    scope = read_scope(unit, day)
    if not scope.firms and not scope.posts:
        raise Refusal("nothing_to_plan", gettext_noop("这个网格还没有企业和包保人员，请先导入名册和人员表。"))
    report(1, STEPS, gettext_noop("计算最优分配"))
    rules, weights = list(policies.current().level_rules(day)), policies.current().weights(day)
    proposal, seconds = _timed(scope, rules, weights, keep, seed)
    report(2, STEPS, gettext_noop("整理理由"))
    others = runners_up(proposal, rules, weights, forbids=scope.forbids)
    report(3, STEPS, gettext_noop("保存方案"))
    plan = _store(by, now, scope, proposal, rules, others, seconds, {"keep": keep, "seed": seed}, replaces)
    report(STEPS, STEPS, gettext_noop("完成"))
    return plan


def _own_unit(by: Actor, day: date) -> int:
    root = grid.root_unit(on=day)
    unit = by.unit if by.unit is not None else root.code if root else None
    if unit is None:
        raise Refusal("grid_missing", gettext_noop("还没有区划，请先导入区划表（anwang grid load）。"))
    return unit


def _timed(scope: Scope, rules: list[LevelRule], weights: Weights, keep: bool, seed: int) -> tuple[Proposal, float]:
    """The proposal and the seconds of solving it; compiled code is loaded before the clock starts."""
    tiny = Instance.of(Enterprises.of([371302101201], [2], [2]), Posts.of([0], [2], [371302101000]), 1)
    solve(tiny, rules, weights)
    began = perf_counter()
    proposal = solve(scope.instance, rules, weights, pins=scope.pins, forbids=scope.forbids, keep=keep, seed=seed)
    return proposal, perf_counter() - began


@transaction.atomic
def _store(
    by: Actor, now: datetime, scope: Scope, proposal: Proposal, rules: list[LevelRule], others: RunnersUp,
    seconds: float, asked: dict[str, Any], replaces: int | None,
) -> Plan:  # fmt: skip
    items = list(_items(scope, proposal, rules, others))
    plan = Plan.objects.create(
        unit=scope.unit, on=scope.on, policy_version=policies.current().version, created_at=now, created_by=by.name,
        summary=_summary(scope, proposal, seconds, items), faults=_faults(scope, proposal, rules), seen=scope.seen,
        prices={str(person): int(proposal.price[at]) for at, person in enumerate(scope.people)}
        | {"": proposal.uncovered_price}, **asked,
    )  # fmt: skip
    insert_many(PlanItem, _COLUMNS, ((plan.id, *item) for item in items))
    if replaces is not None:
        waiting = Plan.objects.filter(id=replaces, unit=plan.unit, state=PlanState.PROPOSED)
        waiting.update(state=PlanState.SUPERSEDED, superseded_by=plan)
    audit.record(
        by=by, now=now, action="assign.propose", target=f"plan:{plan.id}", unit=scope.unit, on=scope.on, **asked,
        objective=proposal.objective, lower_bound=proposal.lower_bound, policy=plan.policy_version,
    )  # fmt: skip
    return plan


def _summary(scope: Scope, proposal: Proposal, seconds: float, items: list[tuple[Any, ...]]) -> dict[str, Any]:
    figures = proposal.summary(seconds=seconds)
    moved = sum(item[8] for item in items)
    return {
        **figures, "enterprises": figures["enterprises"] + len(scope.above), "moved": moved,
        "above": len(scope.above), "led": int((proposal.lead >= 0).sum()), "uncovered": proposal.uncovered,
        "moved_forced": proposal.moved_forced, "pins": len(scope.pins), "forbids": len(scope.forbids),
        "near_ties": sum(item[9] for item in items), "histogram": histogram(proposal),
    }  # fmt: skip


def _faults(scope: Scope, proposal: Proposal, rules: list[LevelRule]) -> list[dict[str, Any]]:
    """Everything that the plan leaves without a lead or without an enterprise, by key, with the reason's code."""
    firms = [
        {"kind": "enterprise", "id": scope.firms[left.number].id, "reason": _reason(scope, rules, left)}
        for left in proposal.without_lead
    ]
    people = [
        {"kind": "person", "id": scope.people[left.number], "reason": left.reason}
        for left in proposal.officials_without
    ]
    return firms + people + scope.faults


def _reason(scope: Scope, rules: list[LevelRule], left: Left) -> str:
    """What a county or township cannot cover because the notice gives it to a level above is no gap of theirs."""
    firm, own = scope.firms[left.number], level_of(scope.unit) or Level.CITY
    fit = [rule.level.rank for rule in rules if firm.managing in rule.managing and Grade(firm.grade) in rule.grades]
    return ABOVE if left.reason == "no_official" and fit and max(fit) < own.rank else left.reason


def _items(scope: Scope, proposal: Proposal, rules: list[LevelRule], others: RunnersUp) -> Iterator[tuple[Any, ...]]:
    """Rows of a plan without its key, leads first. A person who stays keeps the post worn now if its level fits."""
    posts = {post.id: post for post in scope.posts}
    for e, firm in enumerate(scope.firms):
        if proposal.lead[e] < 0:
            continue
        post, person = scope.posts[proposal.post[e]], scope.people[proposal.lead[e]]
        now = scope.leads.get(firm.id)
        if now is not None and now.person == person:
            worn = posts.get(now.post)
            post = worn if worn is not None and worn.level == post.level else post
        yield (
            firm.id, post.id, person, Part.LEAD.value, post.level, firm.place // 10**3, firm.place // 10**6,
            int(proposal.cost[e]), now is not None and now.person != person, bool(others.near_tie[e]),
            _why(scope, proposal, rules, others, e),
        )  # fmt: skip
    for who, which, at in zip(proposal.joint_official, proposal.joint_enterprise, proposal.joint_post, strict=True):
        firm, post = scope.firms[which], scope.posts[at]
        standing = scope.joints.get((firm.id, post.person))
        post = posts.get(standing.post, post) if standing else post
        yield (
            firm.id, post.id, scope.people[who], Part.JOINT.value, post.level, firm.place // 10**3,
            firm.place // 10**6, 0, False, False, {},
        )  # fmt: skip


def _why(scope: Scope, proposal: Proposal, rules: list[LevelRule], others: RunnersUp, e: int) -> dict[str, Any]:
    lead, rule, other = int(proposal.lead[e]), int(proposal.rule[e]), int(others.official[e])
    why: dict[str, Any] = {
        "rule": rules[rule].code if rule >= 0 else "", "parts": _nonzero(others.lead_parts, e),
        "load": int(proposal.load[lead]), "candidates": int(proposal.candidates[e]),
    }  # fmt: skip
    if other >= 0:
        post = scope.posts[others.post[e]]
        why["next"] = {
            "person": scope.people[other], "level": post.level, "at_least": int(others.at_least[e]),
            "parts": _nonzero(others.parts, e), "load": int(proposal.load[other]),
        }  # fmt: skip
    return why


def _nonzero(parts: dict[str, Any], e: int) -> dict[str, int]:
    return {name: int(values[e]) for name, values in parts.items() if values[e]}
