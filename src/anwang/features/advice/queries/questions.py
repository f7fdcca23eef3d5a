"""Questions as pages and lists show them; outside the territory there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.utils.translation import gettext

from anwang.domain.advice import question as rules
from anwang.domain.advice.question import OPEN, State
from anwang.domain.base import Actor, Role, gettext_noop
from anwang.domain.grid.codes import ancestors
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid

from ..models import Question, QuestionStep
from .who import is_enterprise

#: Tabs of the list: what waits for me, what I was first asked, everything of the territory.
SCOPES = {"mine": gettext_noop("等我答复"), "first": gettext_noop("我首问的"), "all": gettext_noop("辖区全部")}
STATES = {
    "open": gettext_noop("未答复"),
    "overdue": gettext_noop("已逾期"),
    "untold": gettext_noop("待告知"),
    "done": gettext_noop("已办结"),
}


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with the words for where it is: `holder` a person or an office, `late` its last day is over."""

    row: Question
    holder: str
    late: bool
    left: int

    @property
    def light(self) -> str:
        """Red overdue, yellow open, green told, grey otherwise."""
        if self.late:
            return "red"
        if self.row.state in OPEN:
            return "yellow"
        return "green" if self.row.state == State.TOLD else "grey"

    @property
    def label(self) -> str:
        return gettext_noop("已逾期") if self.late else State(self.row.state).label


def _own(actor: Actor) -> Q:
    """Questions that a person has or was first asked, and those passed to the office of the unit."""
    mine = Q(holder_person_id=actor.person_id) | Q(first_person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    return mine | _of_office(actor)


def _of_office(actor: Actor) -> Q:
    offices = actor.has(Role.OFFICE) and actor.unit
    return Q(holder_unit=actor.unit) if offices else Q(pk__in=[])


def visible(actor: Actor) -> QuerySet[Question]:
    """Questions of the territory and one's own; an enterprise sees its own."""
    theirs = grid.within_facts(Question.objects.all(), actor)
    if is_enterprise(actor):
        return theirs
    return theirs | Question.objects.filter(_own(actor))


def question(question_id: int, *, by: Actor) -> Question | None:
    """One question that the actor may see."""
    rows = visible(by).filter(id=question_id)
    return rows.select_related("enterprise", "first_person", "first_post", "holder_person", "answered_by").first()


def people_of(row: Question | None) -> frozenset[int | None] | None:
    """First asked and holder, for the rules; None for no question."""
    return None if row is None else frozenset({row.first_person_id, row.holder_person_id})


def listing(
    by: Actor, day: date, *, scope: str, state: str = "", words: str = "", enterprise: int | None = None
) -> QuerySet[Question]:
    """The rows of a tab, those with the nearest last day first, the closed ones newest first."""
    rows = _scoped(by, scope)
    if state:
        rows = rows.filter(in_state(state, day))
    if enterprise:
        rows = rows.filter(enterprise_id=enterprise)
    for word in rules_words(words):
        rows = rows.filter(Q(text__icontains=word) | Q(answer__icontains=word) | Q(enterprise__name__icontains=word))
    rows = rows.select_related("enterprise", "first_person", "holder_person")
    return rows.order_by("due", "id") if state in ("open", "overdue") else rows.order_by("-asked_at", "-id")


def _scoped(by: Actor, scope: str) -> QuerySet[Question]:
    if is_enterprise(by) or scope == "all":
        return visible(by)
    if scope == "first":
        return Question.objects.filter(first_person_id=by.person_id)
    return Question.objects.filter(Q(holder_person_id=by.person_id) | _of_office(by))


def rules_words(text: str) -> list[str]:
    """The words asked for, at most eight."""
    return text.split()[:8]


def in_state(state: str, day: date) -> Q:
    """The condition of a filter of STATES."""
    return {
        "open": Q(state__in=OPEN),
        "overdue": Q(state__in=OPEN, due__lt=day),
        "untold": Q(state=State.ANSWERED),
        "done": Q(state__in=[State.TOLD, State.WITHDRAWN]),
    }.get(state, Q())


def standing(rows: QuerySet[Question], day: date) -> dict[str, int]:
    """How many are in each state of a tab, in one query."""
    counts = {name: Count("id", filter=in_state(name, day)) for name in STATES}
    return rows.order_by().aggregate(**counts, total=Count("id"))


def shown(rows: Iterable[Question], day: date) -> list[QuestionRow]:
    """Rows in words; one query for the names of offices, none when there are none."""
    found = list(rows)
    units = {row.holder_unit for row in found if row.holder_unit and row.holder_person_id is None}
    called = grid.names({unit for unit in units if unit}) if units else {}
    return [
        QuestionRow(
            row,
            row.holder_person.name if row.holder_person else _office_words(called.get(row.holder_unit or 0, "")),
            rules.overdue(State(row.state), row.due, day),
            rules.days_left(row.due, day),
        )
        for row in found
    ]


def _office_words(name: str) -> str:
    return gettext("%(unit)s办公室") % {"unit": name}


def steps(row: Question) -> list[QuestionStep]:
    """The trace, oldest first."""
    return list(row.steps.order_by("id"))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a question may be passed: `value` is p and a person's key, or u and a unit's code."""

    value: str
    name: str
    note: str


def targets(row: Question, *, on: date) -> list[Target]:
    """The enterprise's supervisors, then leaders, offices and departments of the units above it, nearest first, then
    the offices as such; not who has it now."""
    bound = {a.person_id: Target(f"p{a.person_id}", a.person.name, a.post.label)
             for a in assignments.of_enterprise(row.enterprise_id, on=on)}  # fmt: skip
    place = row.enterprise.place
    chain = [code for code in (place, *ancestors(place)) if code]
    called = grid.names(set(chain))
    held = [p for p in grid.posts(on=on).filter(unit__in=chain) if _receives(p)]
    held.sort(key=lambda post: (chain.index(post.unit), post.id))
    posts = {p.person_id: Target(f"p{p.person_id}", p.person.name, f"{called.get(p.unit, '')} {p.label}") for p in held}
    offices = [Target(f"u{code}", _office_words(called[code]), "") for code in chain if code in called]
    with_office = {f"u{p.unit}" for p in held if p.is_office}
    found = [*bound.values(), *(t for key, t in posts.items() if key not in bound)]
    found += [office for office in offices if office.value in with_office]
    here = f"p{row.holder_person_id}" if row.holder_person_id else f"u{row.holder_unit}"
    return [target for target in found if target.value != here][:200]


def _receives(post: Any) -> bool:
    return post.is_office or post.kind == "department" or post.level in ("city", "county", "township")


def supervisors(enterprise: int, *, on: date) -> list[tuple[int, str]]:
    """(person, words) of whom an enterprise may ask, the lead first."""
    rows = assignments.of_enterprise(enterprise, on=on)
    return [
        (row.person_id, f"{row.person.name}（{row.post.label}，{gettext(row.get_part_display())}）") for row in rows
    ]


def enterprises_to_ask_for(by: Actor, words: str, *, on: date) -> list[tuple[int, str]]:
    """(enterprise, name) that a question may come from: the actor's own, or those of the territory called so."""
    if words.strip():
        rows = grid.within(enterprises.operating().filter(id__in=enterprises.named_like(words)), by)
        return list(rows.order_by("name").values_list("id", "name")[:20])
    if not by.person_id:
        return []
    return [(row.enterprise_id, row.enterprise.name) for row in assignments.of_person(by.person_id, on=on)[:60]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: how many, and the first of them."""

    count: int
    first: list[QuestionRow]


def waiting_rows(by: Actor) -> QuerySet[Question]:
    """Open questions that the actor has to answer, for counting."""
    return Question.objects.filter(Q(holder_person_id=by.person_id) | _of_office(by), state__in=OPEN)


def left_behind(day: date) -> QuerySet[Question]:
    """Open questions of people who hold no post on a day."""
    serving = grid.posts(on=day).order_by().values("person_id")
    held = Question.objects.filter(state__in=OPEN, holder_person__isnull=False)
    return held.exclude(holder_person_id__in=serving).order_by("id")


def waiting_questions(by: Actor, day: date, *, most: int = 3) -> Waiting:
    """Open questions that the actor has to answer, the nearest last day first; one query, two with offices."""
    rows = waiting_rows(by).select_related("enterprise", "first_person", "holder_person").order_by("due", "id")
    found = list(rows.annotate(total=Window(Count("id")))[:most])
    return Waiting(found[0].total if found else 0, shown(found, day))


def overdue_facts(by: Actor, day: date, *, most: int = 1000) -> list[dict[str, Any]]:
    """Overdue questions of the territory for programs, the oldest first."""
    rows = visible(by).filter(in_state("overdue", day)).select_related("enterprise", "first_person", "holder_person")
    return [
        {"id": each.row.id, "enterprise": each.row.enterprise.name, "first": each.row.first_person.name,
         "holder": each.holder, "asked": each.row.asked_at, "due": each.row.due, "days": -each.left}
        for each in shown(rows.order_by("due", "id")[:most], day)
    ]  # fmt: skip


def person_words(person: int) -> str:
    """How the trace calls a person."""
    return accounts.names_of([person]).get(person, "")


def unit_words(unit: int) -> str:
    """How the trace calls the office of a unit."""
    return _office_words(grid.names({unit}).get(unit, ""))
