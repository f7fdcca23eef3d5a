"""Telling at once whoever is next: the leaders of a unit, a department, the tracker, the reporter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from anwang.domain.base import Actor, Reason, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.ladder.rules import ProblemKind
from anwang.features.grid import queries as grid
from anwang.features.notices import actions as notices

from ..models import Problem

TITLES = {
    "problem_new": gettext_noop("新问题待受理：%(title)s"),
    "problem_up": gettext_noop("下级上报的问题待受理：%(title)s"),
    "problem_back": gettext_noop("问题被退回：%(title)s"),
    "problem_turn": gettext_noop("问题等您办理：%(title)s"),
    "problem_late": gettext_noop("问题超过办理期限：%(title)s"),
    "problem_over": gettext_noop("问题已销号：%(title)s"),
    "problem_follow": gettext_noop("问题由您接着跟踪：%(title)s"),
    "problem_more": gettext_noop("问题的延期申请：%(title)s"),
}
URGENT = frozenset({"problem_up", "problem_back", "problem_late"})


def desk(unit: int, on: date) -> set[int]:
    """The persons who lead a unit; where nobody does, those of its office."""
    led = {row.post.person_id for row in grid.leaders([unit], on=on).get(unit, [])}
    office = grid.posts(on=on).filter(unit=unit, is_office=True)
    return led or set(office.values_list("person_id", flat=True))


def inform(row: Problem, kind: str, people: Iterable[int | None], *, by: Actor, now: datetime, text: str = "") -> None:
    """A message to each, never to the one who acts. Urgent: escalated, returned, overdue, and every major hazard."""
    who = {person for person in people if person} - {by.person_id}
    title = Reason(kind, TITLES[kind], {"title": f"{row.enterprise.name} {row.title}"})
    body = Reason(kind, gettext_noop("%(text)s 请在 %(due)s 前办理。"), {"text": text, "due": row.due})
    urgent = kind in URGENT or row.kind == ProblemKind.MAJOR_HAZARD
    drafts = [
        notices.Draft(
            to=person, kind=kind, key=f"{kind}:{row.id}:{row.version}:{person}", title=title,
            body=(body if row.due else text), link=reverse("problem_detail", args=[row.id]), urgent=urgent,
        )
        for person in sorted(who)
    ]  # fmt: skip
    if drafts:
        notices.enqueue_many(by=by, now=now, drafts=drafts)


def inform_next(row: Problem, *, by: Actor, now: datetime, kind: str = "problem_turn", text: str = "") -> None:
    """To whoever is next; an enterprise sees it on its page."""
    people = {row.actor_person_id} if row.actor_person_id else set()
    if row.actor_unit:
        people = set(desk(row.actor_unit, local_day(now)))
    inform(row, kind, people, by=by, now=now, text=text)
