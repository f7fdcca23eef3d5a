"""What an enterprise declared, what stands about it now, and who sees it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from anwang.adapters.crypto.fields import masked
from anwang.domain.base import Actor, Level, Role
from anwang.domain.portal.declarations import FIELD_LABELS, State, Topic
from anwang.domain.risk import HazardKind, RiskFacts
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.features.enterprises.queries import page as pages
from anwang.features.grid import queries as grid

from ..models import Affirmation, Declaration

FACTS = ("headcount", "principal", "principal_phone", "safety_officer", "safety_phone", "address")
PHONES = ("principal_phone", "safety_phone")
STATUS_LABELS = {"operating": "正常经营", "suspended": "停产停业", "closed": "关闭注销"}


def own_firm(by: Actor) -> Any | None:
    """The enterprise of a principal; None for everybody else."""
    return next((row for key in by.territory.enterprises if (row := enterprises.find(key, by=by))), None)


def point_values(name: str, location: str, facts: RiskFacts) -> dict[str, Any]:
    """A risk point as a declaration speaks of it. What an evaluation found is not the enterprise's to say."""
    return {
        "name": name, "location": location, "major_hazard": facts.major_hazard_source,
        "hazards": sorted(kind.value for kind in facts.hazard_kinds), "persons": facts.persons,
        "serious": facts.fatal_or_major_ever, "minor": facts.minor_accidents, "persists": facts.condition_persists,
    }  # fmt: skip


def present(firm: Any, topic: Topic, subject: int, *, day: date) -> dict[str, Any] | None:
    """What stands now about a topic; None when the risk point is there no more."""
    if topic is Topic.FACTS:
        return {name: getattr(firm, name) for name in FACTS}
    if topic is Topic.STATUS:
        return {"status": firm.status}
    if topic is Topic.POINT_NEW:
        return {}
    line = pages.point_line(firm.id, subject, day)
    return point_values(line.point.name, line.point.location, line.facts) if line else None


def said(row: Declaration) -> dict[str, tuple[Any, Any]]:
    """(before, after) of every field that was declared."""
    return {name: (pair[0], pair[1]) for name, pair in json.loads(row.said).items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a declaration in words: before, after."""

    label: str
    before: str
    after: str


def lines(row: Declaration) -> list[Line]:
    """The fields in words, telephones masked."""
    found = said(row)
    return [
        Line(gettext(FIELD_LABELS[name]), in_words(name, found[name][0]), in_words(name, found[name][1]))
        for name in FIELD_LABELS
        if name in found
    ]


def in_words(name: str, value: Any) -> str:
    """A value for a page."""
    if value is None or value == "" or value == []:
        return "–"
    if name in PHONES:
        return "、".join(masked(each) for each in str(value).split("、"))
    if name == "status":
        return gettext(STATUS_LABELS[value])
    if name == "hazards":
        return gettext("、").join(gettext(HazardKind(kind).label) for kind in value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return str(value)


def declarations(by: Actor) -> QuerySet[Declaration]:
    """Those of the own enterprise, or of the territory."""
    return grid.within_facts(Declaration.objects.all(), by).select_related("enterprise")


def declaration(by: Actor, declaration_id: int) -> Declaration | None:
    """One declaration that the actor may see."""
    return declarations(by).filter(id=declaration_id).first()


def narrowed(by: Actor, state: str) -> QuerySet[Declaration]:
    """Those in a state: the waiting ones oldest first, the others latest first; "all" for every one."""
    rows = declarations(by)
    if state == State.WAITING:
        return rows.filter(state=state).order_by("made_at", "id")
    return (rows if state == "all" else rows.filter(state=state)).order_by("-made_at", "-id")


def to_judge(by: Actor, *, day: date) -> QuerySet[Declaration]:
    """What waits for the actor in person: of the enterprises led, and at a township's or village's office of its place.

    For a first page: `.count()` is one query.
    """
    rows = declarations(by).filter(state=State.WAITING)
    if by.has(Role.OFFICE, Role.LEADER) and by.level in (Level.TOWNSHIP, Level.VILLAGE):
        return rows
    led = assignments.leads_on(day).filter(person_id=by.person_id or 0, enterprise_id=OuterRef("enterprise_id"))
    return rows.filter(Exists(led))


def leads_it(by: Actor, enterprise_id: int, *, day: date) -> bool:
    """Whether the actor is the lead supervisor of an enterprise, or stands in for the lead."""
    rows = [
        assignments.leads(on=day, enterprises=[enterprise_id]),
        assignments.deputies(on=day, enterprises=[enterprise_id]),
    ]
    return any(each and each.person_id == by.person_id for each in (found.get(enterprise_id) for found in rows))


def judges(firm: Any, *, day: date) -> list[int]:
    """People who are told of a declaration: the lead supervisor, else the office of the township."""
    if lead := assignments.leads(on=day, enterprises=[firm.id]).get(firm.id):
        return [lead.person_id]
    posts = grid.posts(on=day).filter(unit=firm.township * 10**3, is_office=True)
    return list(posts.order_by("id").values_list("person_id", flat=True)[:5])


@dataclass(frozen=True, slots=True)
class Profile:
    """The enterprise's own page: what stands, what waits, what was decided, when it last said that all is so."""

    firm: Any
    place: str
    facts: list[tuple[str, str]]
    points: list[Any]
    waiting: list[Declaration]
    decided: list[Declaration]
    affirmed: Affirmation | None


def profile(by: Actor, *, day: date) -> Profile | None:
    """None for whoever has no enterprise. Seven queries."""
    firm = own_firm(by)
    if firm is None:
        return None
    rows = list(declarations(by).filter(enterprise_id=firm.id).order_by("-made_at", "-id")[:30])
    facts = [(gettext(FIELD_LABELS[name]), in_words(name, getattr(firm, name))) for name in FACTS]
    return Profile(
        firm, pages.place_of(firm), facts, pages.point_lines(firm.id, day),
        [row for row in rows if row.state == State.WAITING], [row for row in rows if row.state != State.WAITING][:20],
        affirmed_last(firm.id),
    )  # fmt: skip


def affirmed_last(enterprise_id: int) -> Affirmation | None:
    """When the enterprise last found right what stands about it."""
    return Affirmation.objects.filter(enterprise_id=enterprise_id).order_by("-on").first()


def undone(row: Declaration) -> Any | None:
    """The change by which it was taken over, when that was taken back since."""
    if row.change_id is None:
        return None
    return next((act for act in pages.changes_of(row.enterprise) if act.id == row.change_id and act.undone_at), None)
