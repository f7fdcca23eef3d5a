"""Commitment letters and notice sheets as lists and pages show them (三.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from anwang.domain.base import Actor, Role
from anwang.domain.grid.codes import unit_range
from anwang.features.grid.queries import within_facts

from ..models import Assignment, Commitment, Posting

STATES = ("open", "done", "all")
#: Roles that keep the papers of a territory.
LINE = (Role.LEADER, Role.OFFICE)
_DONE = {Commitment: "signed_at", Posting: "confirmed_at"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to: `state` open, done or all; a unit's code; words of an enterprise or a person."""

    state: str = "open"
    unit: int | None = None
    words: str = ""
    person: int | None = None


def _visible(actor: Actor) -> QuerySet[Assignment]:
    """Assignments whose papers the actor may see: the territory for offices and leaders, one's own otherwise."""
    own = Q(person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])
    if actor.has(Role.PRINCIPAL):
        own |= Q(enterprise_id__in=actor.territory.enterprises)
    if not actor.has(*LINE):
        return Assignment.objects.filter(own)
    theirs = within_facts(Assignment.objects.all(), actor)
    return Assignment.objects.filter(Q(id__in=theirs.values("id")) | own)


def _papers(model: Any, actor: Actor) -> Any:
    """Papers in force, and those of assignments that have ended only where they were signed or posted."""
    rows = model.objects.filter(void_at__isnull=True)
    if actor.has(*LINE) and any(low % 10**8 == 0 for low, _ in actor.territory.ranges):
        return rows  # the whole city: no need to narrow
    return rows.filter(assignment__in=_visible(actor))


def listing(model: Any, actor: Actor, asked: Asked) -> Any:
    """Letters (Commitment) or sheets (Posting) of the territory, narrowed, the enterprises of one place together."""
    rows = narrowed(model, actor, asked)
    done = _DONE[model]
    if asked.state != "all":
        rows = rows.filter(**{f"{done}__isnull": asked.state == "open"})
    related = ("assignment__enterprise", "assignment__person", "assignment__post", "document")
    return rows.select_related(*related).order_by("assignment__township", "assignment_id")


def narrowed(model: Any, actor: Actor, asked: Asked) -> Any:
    """All but the state."""
    rows = _papers(model, actor)
    if asked.person is not None:
        rows = rows.filter(assignment__person_id=asked.person)
    if asked.unit is not None:
        low, high = unit_range(asked.unit)
        rows = rows.filter(assignment__enterprise__place__gte=low, assignment__enterprise__place__lt=high)
    for word in asked.words.split()[:3]:
        rows = rows.filter(
            Q(assignment__enterprise__name__icontains=word)
            | Q(assignment__person__name__icontains=word)
            | Q(document__number__icontains=word)
        )
    return rows


def counts(model: Any, actor: Actor, asked: Asked) -> dict[str, int]:
    """How many are open, done, in all."""
    rows = narrowed(model, actor, asked)
    found = rows.aggregate(all=Count("id"), done=Count(_DONE[model]))
    return {"all": found["all"], "done": found["done"], "open": found["all"] - found["done"]}


def paper_for(model: Any, actor: Actor, paper_id: int) -> Any | None:
    """One letter or sheet that the actor may see, void ones too."""
    return next(iter(papers_for(model, actor, [paper_id])), None)


def papers_for(model: Any, actor: Actor, ids: Sequence[int]) -> list[Any]:
    """The letters or sheets of some keys that the actor may see, void ones too, in the order of the keys."""
    related = ("assignment__enterprise", "assignment__person", "assignment__post", "document")
    found: dict[int, Any] = {}
    for start in range(0, len(ids), 800):
        rows = list(model.objects.filter(id__in=ids[start : start + 800]).select_related(*related))
        seen = _visible(actor).filter(id__in=[row.assignment_id for row in rows])
        keys = set(seen.values_list("id", flat=True))
        found |= {row.id: row for row in rows if row.assignment_id in keys}
    return [found[key] for key in ids if key in found]


def chosen(model: Any, actor: Actor, ids: list[int]) -> list[int]:
    """Those of the ids that are in force and visible, in the order of the list."""
    rows = _papers(model, actor)
    found: list[int] = []
    for start in range(0, len(ids), 800):
        found += rows.filter(id__in=ids[start : start + 800]).values_list("id", flat=True)
    return found


def history_of(enterprise_id: int) -> list[Assignment]:
    """Everyone who was ever bound to an enterprise, the latest first, with their papers."""
    rows = Assignment.objects.filter(enterprise_id=enterprise_id).select_related("person", "post", "plan")
    return list(rows.prefetch_related("commitments", "postings").order_by("-valid_from", "-id"))
