"""A plan as its page shows it: by unit, line by line with the reasons, what it changes, what it leaves over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from anwang.domain.base import Level
from anwang.domain.grid.codes import level_of, unit_range
from anwang.features.accounts import queries as accounts
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from ..models import Assignment, PairRule, Part, Plan, PlanItem, PlanState
from .reasons import ADVICE, PARTS, WORDS

_GROUP = {Level.CITY: ("county", 10**6), Level.COUNTY: ("township", 10**3)}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the tree: leads by level of the official, joint ones, how many change, how many near-ties."""

    code: int
    name: str
    leads: int
    by_level: dict[str, int]
    joint: int
    moved: int


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line of a plan in words."""

    item: PlanItem
    enterprise: str
    grade: str
    person: str
    title: str
    before: str
    parts: list[tuple[str, int]]
    other: str = ""
    at_least: int | None = None
    other_parts: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Left:
    """What a plan leaves over: an enterprise or a person by name, where, why, what to do."""

    kind: str
    key: int
    name: str
    where: str
    reason: str
    advice: str


def unit_lines(plan: Plan, code: int) -> list[UnitLine]:
    """The units below `code` with what the plan does in them; [] below townships."""
    level = level_of(code) or Level.CITY
    if level not in _GROUP:
        return []
    column, factor = _GROUP[level]
    low, high = unit_range(code)
    lead = Q(part=Part.LEAD)
    levels = [name.value for name in list(Level)[:4]]
    counts = {f"n_{name}": Count("id", filter=lead & Q(level=name)) for name in levels}
    rows = PlanItem.objects.filter(
        plan=plan, **{f"{column}__gte": low // factor, f"{column}__lt": max(high // factor, low // factor + 1)}
    )
    rows = rows.values(column).annotate(
        n=Count("id", filter=lead), joint=Count("id", filter=Q(part=Part.JOINT)),
        change=Count("id", filter=Q(moved=True)),
        **counts,
    )  # fmt: skip
    found = {row[column] * factor: row for row in rows.order_by(column)}
    called = grid.names(found, on=plan.on)
    return [
        UnitLine(
            key, called.get(key, f"{key:012d}"), row["n"], {name: row[f"n_{name}"] for name in levels}, row["joint"],
            row["change"],
        )
        for key, row in found.items()
    ]  # fmt: skip


def item_rows(
    plan: Plan, *, words: str = "", unit: int | None = None, level: str = "", which: str = ""
) -> QuerySet[PlanItem]:
    """Lines of a plan: `which` is "" for all leads, moved, near, or joint; narrowed by a unit, a level, words."""
    rows = PlanItem.objects.filter(plan=plan, part=Part.JOINT if which == "joint" else Part.LEAD)
    if which in ("moved", "near"):
        rows = rows.filter(**{"moved" if which == "moved" else "near_tie": True})
    if unit is not None:
        low, high = unit_range(unit)
        rows = rows.filter(township__gte=low // 10**3, township__lt=max(high // 10**3, low // 10**3 + 1))
    if level:
        rows = rows.filter(level=level)
    if words:
        rows = rows.filter(
            Q(enterprise_id__in=enterprises.named_like(words)) | Q(person_id__in=accounts.named_like(words))
        )
    return rows.order_by("township", "enterprise_id", "id")


def item_lines(plan: Plan, items: Sequence[PlanItem]) -> list[ItemLine]:
    """Lines with names; a fixed number of queries."""
    firms = enterprises.cards([item.enterprise_id for item in items])
    before = _before(plan, [item.enterprise_id for item in items if item.moved])
    others = {item.why["next"]["person"] for item in items if "next" in item.why}
    people = accounts.names_of({item.person_id for item in items} | others | set(before.values()))
    posts = grid.post_titles(item.post_id for item in items)
    return [_line(item, firms, people, posts, before) for item in items]


def _line(
    item: PlanItem, firms: dict[int, Any], people: dict[int, str], posts: dict[int, str], before: dict[int, int]
) -> ItemLine:
    firm, other = firms[item.enterprise_id], item.why.get("next")
    return ItemLine(
        item, firm.name, firm.grade, people.get(item.person_id, ""), posts.get(item.post_id, ""),
        people.get(before.get(item.enterprise_id, 0), ""), _parts(item.why.get("parts", {})),
        people.get(other["person"], "") if other else "", other["at_least"] if other else None,
        _parts(other["parts"]) if other else [],
    )  # fmt: skip


def _parts(parts: dict[str, int]) -> list[tuple[str, int]]:
    return [(PARTS[name], value) for name, value in parts.items()]


def _before(plan: Plan, firms: list[int]) -> dict[int, int]:
    """Who led these enterprises before the plan, by enterprise."""
    rows = Assignment.objects.filter(enterprise_id__in=firms, part=Part.LEAD)
    ended = plan.state in (PlanState.ADOPTED, PlanState.SUPERSEDED) and plan.adopted_at is not None
    rows = rows.filter(ended_by=plan) if ended else rows.filter(valid_to__isnull=True)
    return dict(rows.values_list("enterprise_id", "person_id"))


def left_lines(plan: Plan, faults: Iterable[dict[str, Any]]) -> list[Left]:
    """Faults in words, with the place."""
    faults = list(faults)
    firms = enterprises.cards([fault["id"] for fault in faults if fault["kind"] == "enterprise"])
    persons = [fault["id"] for fault in faults if fault["kind"] == "person"]
    people, units = accounts.names_of(persons), grid.units_of_people(persons, on=plan.on)
    called = grid.names({card.place for card in firms.values()} | set(units.values()))
    found = []
    for fault in faults:
        key, card = fault["id"], firms.get(fault["id"])
        here = fault["kind"] == "enterprise"
        name = (card.name if card else "") if here else people.get(key, "")
        place = (card.place if card else 0) if here else units.get(key, 0)
        reason = fault["reason"]
        found.append(
            Left(fault["kind"], key, name, called.get(place, ""), WORDS.get(reason, reason), ADVICE.get(reason, ""))
        )
    return found


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pin or conflict in words."""

    rule: PairRule
    enterprise: str
    person: str


def pair_lines(plan: Plan, most: int = 500) -> list[PairLine]:
    """Pins and conflicts in force in the plan's unit."""
    low, high = unit_range(plan.unit)
    rules = list(PairRule.objects.filter(ended_at=None).order_by("-created_at"))
    firms = enterprises.cards({rule.enterprise_id for rule in rules})
    here = [rule for rule in rules if low <= firms[rule.enterprise_id].place < high][:most]
    people = accounts.names_of({rule.person_id for rule in here})
    return [PairLine(rule, firms[rule.enterprise_id].name, people.get(rule.person_id, "")) for rule in here]


def signed_since(plan: Plan) -> int:
    """Letters of this plan that have been signed: one is enough to keep it."""
    return Assignment.objects.filter(plan=plan, commitments__signed_at__isnull=False).count()
